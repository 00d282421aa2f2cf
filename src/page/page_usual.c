#include "page/usual.h"

#include "base/id.h"
#include "data_touch_kinds.h"

struct part_name page_name(struct page *page, const struct person_row *row)
{
    if (row->person_id == 0) {
        return (struct part_name){0};
    }
    char id[ID_TEXT];
    return (struct part_name){.latin = page_keep(page, g_strdup(row->name)),
                              .own = page_keep(page, g_strdup(row->own_name)),
                              .lang = row->own_lang,
                              .is_rtl = row->own_is_rtl,
                              .href =
                                  page_printf(page, "/people/%s", id_format(row->person_id, id))};
}

struct part_tie page_tie(const struct person_row *row, bool is_small)
{
    if (row->person_id == 0) {
        return (struct part_tie){0};
    }
    return (struct part_tie){.warmth = part_warmth_of(row->tie, row->n_touches > 0),
                             .is_slack = row->is_slack,
                             .is_small = is_small};
}

struct part_name page_contact_name(struct page *page, const struct contact *contact)
{
    char id[ID_TEXT];
    const char *shown = contact->own_name != NULL ? contact->own_name : contact->name;
    return part_name_of(page_printf(page, "%s", shown), page_printf(page, "%s", contact->name),
                        page_printf(page, "/people/%s", id_format(contact->person_id, id)));
}

struct part_tie page_contact_tie(const struct contact *contact)
{
    return (struct part_tie){.warmth = part_warmth_of(contact->tie, contact->n_touches > 0),
                             .is_slack = (contact->flags & CONTACT_SLACK) != 0};
}

const char *page_typed(const struct page *page, const char *name, const char *otherwise)
{
    const json_t *value = json_object_get(page->typed, name);
    value = json_is_array(value) ? json_array_get(value, 0) : value;
    return json_is_string(value) ? json_string_value(value) : otherwise;
}

const char *page_refused(const struct page *page, const char *name)
{
    return json_string_value(json_object_get(page->refusals, name));
}

struct part_field page_touch_kind(struct page *page, const char *chosen)
{
    struct part_option *options = page_room(page, struct part_option, n_data_touch_kinds);
    for (size_t i = 0; i < n_data_touch_kinds; i++) {
        options[i] =
            (struct part_option){.value = data_touch_kinds[i].id,
                                 .label = data_touch_kinds[i].name,
                                 .is_chosen = g_strcmp0(data_touch_kinds[i].id, chosen) == 0};
    }
    return (struct part_field){.name = "kind",
                               .label = "Kind",
                               .type = "select",
                               .options = options,
                               .n_options = n_data_touch_kinds};
}

void *page_room_of(struct page *page, size_t n, size_t size)
{
    return page_keep(page, g_malloc0_n(MAX(n, 1), size));
}
