/* The page of groups: yours, those chosen, those for graduates from abroad, and all others
 * neutrally. */
#include "feature/ethnic_specialty_groups/group.h"

#include "ethnic_specialty_groups.tpl.h"
#include "feature/ethnic_specialty_groups/group_view.h"

static bool show(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(survey_ptr) survey = NULL;
    struct group_view view = {0};
    if (!survey_take(&book, &page->actions->strategies, &survey, error) ||
        !page_strategy(page, &book, survey, "ethnic_specialty_groups", &view.about, error)) {
        return false;
    }
    const struct goal *goal = &survey->outlook->goal;
    view.about.lead =
        "People who went your road before you: those of your origin, if you choose, and "
        "graduates from abroad inside the societies of a specialty.";
    page_bodies(page, survey->outlook, SHELF_OWN, &view.bodies);
    view.n_fields = page_membership_fields(page, NULL, &view.fields);
    view.refusal = page->refusal;
    view.is_form_open = page->typed != NULL;
    view.has_chosen = view.bodies.n_fits > 0;
    view.is_answered = goal->heritage != NULL;
    page_frame(page, NAV_STRATEGIES, view.about.name, &view.frame);
    ethnic_specialty_groups_render(page->out, &view);
    return true;
}

bool group_page(struct page *page, GError **error)
{
    return db_read(page->db, "page groups", show, page, error);
}
