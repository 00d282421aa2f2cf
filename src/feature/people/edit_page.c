/* /people/new and /people/:id/edit: one-valued facts in one form, every other fact with its own
 * Change and Remove, and a form to add any kind. A refused form comes back with what was typed. */
#include "feature/people/edit_view.h"
#include "feature/people/person_parts.h"

#include "page/html.h"
#include "page/usual.h"
#include "people_edit.tpl.h"
#include "people_new.tpl.h"

#include <string.h>

#define FACTS_SHOWN 200

/* What belongs to no field, or to one that is not shown. */
static const char *refusal(const struct page *page)
{
    const char *name;
    const json_t *value;
    if (page->refusal != NULL) {
        return page->refusal;
    }
    json_object_foreach((json_t *)page->refusals, name, value)
    {
        return page_printf((struct page *)page, "%s: %s", name, json_string_value(value));
    }
    return NULL;
}

static void fill(const struct page *page, struct part_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fields[i].value = page_typed(page, fields[i].name, fields[i].value);
        fields[i].error = page_refused(page, fields[i].name);
    }
}

bool people_page_new(struct page *page, GError **error)
{
    struct part_field fields[] = {
        {.name = "name",
         .label = "Name",
         .hint = "Whole, with title and degrees, in any script: Dr. Amina Hassan, MD",
         .autocomplete = "off",
         .value = page_query(page, "name")},
        {.name = "email", .label = "E-mail", .inputmode = "email", .autocomplete = "off"},
        {.name = "phone", .label = "Phone", .type = "tel", .autocomplete = "off"},
        {.name = "title",
         .label = "Role",
         .hint = "Chief resident, internal medicine",
         .autocomplete = "off"},
        {.name = "org", .label = "Hospital, school or programme", .autocomplete = "off"},
        {.name = "place", .label = "Place", .hint = "Toledo, Ohio", .autocomplete = "off"},
    };
    struct part_field more[] = {
        {.name = "url",
         .label = "Profile or page",
         .hint = "linkedin.com/in/…",
         .autocomplete = "off"},
        {.name = "school", .label = "Medical school", .autocomplete = "off"},
        {.name = "class", .label = "Class of", .inputmode = "numeric", .autocomplete = "off"},
        {.name = "specialty", .label = "Specialty", .autocomplete = "off"},
        {.name = "language", .label = "Language", .autocomplete = "off"},
        {.name = "met", .label = "How you met", .autocomplete = "off"},
        {.name = "tag", .label = "Tag", .autocomplete = "off"},
        {.name = "note",
         .label = "Note",
         .type = "textarea",
         .hint = "Your own words. No patient details."},
    };
    struct people_new_view view = {.fields = fields,
                                   .n_fields = G_N_ELEMENTS(fields),
                                   .more = more,
                                   .n_more = G_N_ELEMENTS(more),
                                   .refusal = refusal(page)};
    fill(page, fields, G_N_ELEMENTS(fields));
    fill(page, more, G_N_ELEMENTS(more));
    page_frame(page, NAV_PEOPLE, "Add a person", &view.frame);
    people_new_render(page->out, &view);
    return true;
}

/* ---- editing ---- */

static const char *first_of(const struct person *person, enum fact_kind kind)
{
    const struct fact *fact = fact_fold_first(person->fold, kind);
    return fact != NULL ? fact->value : NULL;
}

static bool is_in_form(enum fact_kind kind)
{
    return kind == FACT_NAME || kind == FACT_HEADLINE || kind == FACT_PLACE ||
           kind == FACT_BIRTHDAY || kind == FACT_TAG;
}

static struct edit_fact row_of(const struct person_read *read, const struct folded_fact *one,
                               guint i)
{
    enum fact_kind kind = one->fact.kind;
    struct page *page = read->page;
    return (struct edit_fact){
        .id = page_printf(page, "f%u", i),
        .kind = fact_kind_words(kind),
        .key = fact_kind_text(kind),
        .value = one->fact.value,
        .words = person_fact_words(page, &one->fact),
        .source = person_source(page, read->person->fold, one),
        .label = one->fact.label,
        .begins = one->fact.begins,
        .ends = one->fact.ends,
        .is_long = kind == FACT_NOTE,
        .has_label = kind == FACT_EMAIL || kind == FACT_PHONE || kind == FACT_ADDRESS ||
                     kind == FACT_URL || kind == FACT_CUSTOM || kind == FACT_IM ||
                     kind == FACT_OTHER_NAME,
        .has_dates = kind == FACT_WORK || kind == FACT_SCHOOL || kind == FACT_CERTIFICATE,
    };
}

static void show_facts(const struct person_read *read, GArray *rows)
{
    const GArray *all = read->person->fold->facts;
    for (guint i = 0; i < all->len && rows->len < FACTS_SHOWN; i++) {
        const struct folded_fact *one = &g_array_index(all, struct folded_fact, i);
        enum fact_kind kind = one->fact.kind;
        if (!is_in_form(kind) && kind != FACT_PHOTO && kind != FACT_CARD_LINE && kind != FACT_UID) {
            struct edit_fact row = row_of(read, one, i);
            g_array_append_val(rows, row);
        }
    }
}

/* Kinds to choose from when adding, the usual ones first. */
static size_t show_kinds(const struct page *page, struct part_option *options)
{
    static const enum fact_kind kinds[] = {
        FACT_EMAIL,       FACT_PHONE,          FACT_URL,      FACT_WORK,
        FACT_SCHOOL,      FACT_SPECIALTY,      FACT_LANGUAGE, FACT_MET,
        FACT_NOTE,        FACT_OTHER_NAME,     FACT_ADDRESS,  FACT_IM,
        FACT_CREDENTIAL,  FACT_CERTIFICATE,    FACT_HONOR,    FACT_SKILL,
        FACT_PAPER,       FACT_VISA,           FACT_NPI,      FACT_ORCID,
        FACT_ANNIVERSARY, FACT_DO_NOT_CONTACT, FACT_CUSTOM};
    const char *chosen = page_typed(page, "kind", page_query(page, "kind"));
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        options[i] = (struct part_option){.value = fact_kind_text(kinds[i]),
                                          .label = fact_kind_words(kinds[i])};
        options[i].is_chosen = chosen != NULL && strcmp(chosen, options[i].value) == 0;
    }
    return G_N_ELEMENTS(kinds);
}

static void render(struct person_read *read)
{
    struct page *page = read->page;
    const struct person_row *person = &read->person->row;
    char id[ID_TEXT];
    id_format(person->person_id, id);
    struct part_field fields[] = {
        {.name = "name",
         .label = "Name",
         .value = first_of(read->person, FACT_NAME),
         .hint = "Title and degrees too: Dr. Amina Hassan, MD"},
        {.name = "headline",
         .label = "Role in one line",
         .value = first_of(read->person, FACT_HEADLINE)},
        {.name = "place",
         .label = "Place",
         .value = first_of(read->person, FACT_PLACE),
         .hint = "Toledo, Ohio"},
        {.name = "birthday",
         .label = "Birthday",
         .value = first_of(read->person, FACT_BIRTHDAY),
         .hint = "1988-06-15, or --06-15 without the year"},
        {.name = "tags",
         .label = "Tags",
         .value = person->tags,
         .hint = "Parted by blanks: mentor ohio"},
    };
    struct part_option kinds[32];
    size_t n_kinds = show_kinds(page, kinds);
    bool is_add = page->typed != NULL && json_object_get(page->typed, "kind") != NULL &&
                  json_object_get(page->typed, "old") == NULL;
    struct part_field add[] = {
        {.name = "kind", .label = "Kind", .type = "select", .options = kinds, .n_options = n_kinds},
        {.name = "value",
         .label = "What is so",
         .is_required = true,
         .hint =
             "Work: Chief resident, Northquay General. School: Indus Delta Medical College, MBBS."},
        {.name = "label",
         .label = "Which",
         .hint = "home, work, mobile, or a name of yours; may stay empty"},
        {.name = "begins", .label = "From", .hint = "2020, 2020-07 or 2020-07-01; may stay empty"},
        {.name = "ends", .label = "Until", .hint = "for a school, the year of graduation"},
    };
    fill(page, fields, G_N_ELEMENTS(fields));
    if (is_add) {
        fill(page, add, G_N_ELEMENTS(add));
    }
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(struct edit_fact));
    show_facts(read, rows);
    struct people_edit_view view = {
        .id = person->person_id,
        .name = page_name(page, person),
        .back = page_printf(page, "/people/%s", id),
        .here = page_printf(page, "/people/%s/edit", id),
        .refusal = refusal(page),
        .fields = fields,
        .n_fields = G_N_ELEMENTS(fields),
        .facts = (const struct edit_fact *)(void *)rows->data,
        .n_facts = rows->len,
        .add = add,
        .n_add = G_N_ELEMENTS(add),
        .photo_href = person->photo != NULL
                          ? page_printf(page, "/people/%s/photo?v=%.12s", id, person->photo)
                          : NULL,
    };
    page_frame(page, NAV_PEOPLE, page_printf(page, "Edit %s", person->name), &view.frame);
    people_edit_render(page->out, &view);
}

bool people_page_edit(struct page *page, GError **error)
{
    struct person_read read;
    person_read_init(&read, page, page_var_id(page, "id"));
    bool is_read = person_read_facts(&read, error);
    if (is_read) {
        render(&read);
    }
    person_read_clear(&read);
    return is_read;
}
