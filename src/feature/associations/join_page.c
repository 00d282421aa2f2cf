/* The page of associations: what one belongs to, what fits the goal, and all others. */
#include "feature/associations/join.h"

#include "associations.tpl.h"
#include "feature/associations/join_view.h"
#include "page/usual.h"

static bool has_active(const struct body_part *bodies)
{
    for (size_t i = 0; i < bodies->n_memberships; i++) {
        if (bodies->memberships[i].met != NULL) {
            return true;
        }
    }
    return false;
}

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    struct join_view view = {0};
    if (!survey_take(&book, &page->actions->strategies, &survey, error) ||
        !page_strategy(page, &book, survey, "associations", &view.about, error)) {
        return false;
    }
    const struct outlook *outlook = survey->outlook;
    view.about.lead = "One national body and one of your specialty. They pay when you take part: a "
                      "section, a committee, a meeting where people learn your name.";
    page_bodies(page, outlook, SHELF_PROFESSIONAL, &view.bodies);
    view.form.n_fields = page_membership_fields(page, NULL, &view.form.fields);
    view.form.refusal = page->refusal;
    view.is_form_open = page->typed != NULL;
    int32_t looked = join_review_day(outlook->pursuits);
    g_autofree char *day = looked != DAY_NONE ? day_words(looked, outlook->today) : NULL;
    view.review = day != NULL ? page_printf(page, "last looked at %s", day) : "not looked at yet";
    view.may_review = has_active(&view.bodies);
    view.fits_meta =
        outlook->goal.specialties == NULL ? "your goal names no specialty yet" : "best first";
    page_frame(page, NAV_STRATEGIES, view.about.name, &view.frame);
    associations_render(page->out, &view);
    return true;
}

bool join_page(struct page *page, GError **error)
{
    return db_read(page->db, "page associations", show, page, error);
}
