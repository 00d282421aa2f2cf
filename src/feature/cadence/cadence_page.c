/* The page of all cadences, and the section on a person's page. */
#include "feature/cadence/cadence_parts.h"

#include "base/words.h"
#include "cadence_list.tpl.h"
#include "cadence_person.tpl.h"
#include "model/person.h"
#include "page/usual.h"

#include <string.h>

static const char *const tiers[] = {"A", "B", "C"};

/* The tiers with their lengths, as followup data has them. */
static struct part_field tier_field(struct page *page, const char *chosen)
{
    struct part_option *options = page_room(page, struct part_option, G_N_ELEMENTS(tiers));
    for (size_t i = 0; i < G_N_ELEMENTS(tiers); i++) {
        g_autofree char *every = words_every(cadence_tier_days(tiers[i]));
        options[i] =
            (struct part_option){.value = tiers[i],
                                 .label = page_printf(page, "Tier %s: %s", tiers[i], every),
                                 .is_chosen = g_strcmp0(chosen, tiers[i]) == 0};
    }
    return (struct part_field){.name = "tier",
                               .label = "How often",
                               .type = "select",
                               .options = options,
                               .n_options = G_N_ELEMENTS(tiers)};
}

static const char *length_words(struct page *page, const struct cadence *cadence)
{
    if (cadence->state == CADENCE_NEVER || cadence->every_days <= 0) {
        return "never";
    }
    g_autofree char *every = words_every(cadence->every_days);
    return cadence->tier != NULL ? page_printf(page, "%s, tier %s", every, cadence->tier)
                                 : page_printf(page, "%s", every);
}

static const char *state_words(struct page *page, const struct cadence *cadence, int32_t today)
{
    if (cadence->state != CADENCE_PAUSED) {
        return NULL;
    }
    if (cadence->until_day == DAY_NONE) {
        return "Left in peace until you resume.";
    }
    g_autofree char *day = day_words(cadence->until_day, today);
    return page_printf(page, "Left in peace until %s.", day);
}

static bool fill_row(struct page *page, struct book *book, const struct cadence *cadence,
                     struct cadence_row *row, GError **error)
{
    *row = (struct cadence_row){.words = length_words(page, cadence),
                                .state = state_words(page, cadence, book_today(book)),
                                .is_paused = cadence->state == CADENCE_PAUSED};
    if (cadence->scope == CADENCE_TAG) {
        row->tag = row->target = page_keep(page, g_strdup(cadence->tag));
        row->target_name = "tag";
        return true;
    }
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct person_row person;
    char id[ID_TEXT];
    if (!person_row_load(book, cadence->person_id, text, &person, error)) {
        return false;
    }
    row->target_name = "person";
    row->target = page_printf(page, "%s", id_format(cadence->person_id, id));
    row->name = page_name(page, &person);
    return true;
}

static bool show_list(struct db_tx *tx, void *data, GError **error)
{
    struct page *page = data;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) cadences = g_array_new(false, true, sizeof(struct cadence));
    if (!cadence_list(&book, text, cadences, error)) {
        return false;
    }
    struct cadence_row *rows = page_room(page, struct cadence_row, 2 * MAX(1u, cadences->len));
    struct cadence_row *people = rows + MAX(1u, cadences->len);
    struct cadence_list_view view = {.tags = rows, .people = people, .refusal = page->refusal};
    for (guint i = 0; i < cadences->len; i++) {
        const struct cadence *one = &g_array_index(cadences, struct cadence, i);
        bool is_tag = one->scope == CADENCE_TAG;
        if (!fill_row(page, &book, one, is_tag ? &rows[view.n_tags++] : &people[view.n_people++],
                      error)) {
            return false;
        }
    }
    page_frame(page, NAV_TODAY, "How often to be in touch", &view.frame);
    view.tag = (struct part_field){.name = "tag",
                                   .label = "Tag",
                                   .is_required = true,
                                   .value = page_typed(page, "tag", NULL),
                                   .error = page_refused(page, "tag")};
    view.tier = tier_field(page, "B");
    cadence_list_render(page->out, &view);
    return true;
}

bool cadence_page(struct page *page, GError **error)
{
    return db_read(page->db, "page cadence", show_list, page, error);
}

struct showing {
    struct page *page;
    int64_t person_id;
    struct html_out *out;
};

static bool show_person(struct db_tx *tx, void *data, GError **error)
{
    struct showing *showing = data;
    struct page *page = showing->page;
    struct book book = BOOK(tx, page->env, page->account_id);
    g_autoptr(GStringChunk) text = g_string_chunk_new(512);
    struct cadence cadence;
    bool is_found = false;
    char id[ID_TEXT];
    if (!cadence_of_person(&book, showing->person_id, text, &cadence, &is_found, error)) {
        return false;
    }
    const char *person = page_printf(page, "%s", id_format(showing->person_id, id));
    struct cadence_person_view view = {.csrf = page->csrf,
                                       .person = person,
                                       .back = page_printf(page, "/people/%s#cadence", person),
                                       .has_own = is_found && cadence.scope == CADENCE_PERSON,
                                       .is_paused = is_found && cadence.state == CADENCE_PAUSED,
                                       .tier = tier_field(page, is_found ? cadence.tier : "B")};
    if (!is_found) {
        view.words = "none yet";
    } else {
        const char *state = state_words(page, &cadence, book_today(&book));
        view.words = page_printf(page, "%s%s%s%s", length_words(page, &cadence),
                                 cadence.scope == CADENCE_TAG ? ", by the tag " : "",
                                 cadence.scope == CADENCE_TAG ? cadence.tag : "",
                                 state != NULL ? ". Resting" : "");
    }
    view.every = (struct part_field){.name = "every",
                                     .label = "Every",
                                     .hint = "Such as 90d, 6w or 4m.",
                                     .error = page_refused(page, "every")};
    cadence_person_render(showing->out, &view);
    return true;
}

bool cadence_on_person(struct page *page, int64_t person_id, struct html_out *out, GError **error)
{
    struct showing showing = {.page = page, .person_id = person_id, .out = out};
    return db_read(page->db, "cadence of person", show_person, &showing, error);
}
