/* The outlook without the store: made by hand in tests and benches, looked up by strategies. How it
 * is read from the store: outlook_db.c; how it is kept: survey_kept.c. */
#include "model/outlook.h"

struct outlook *outlook_new(int32_t today)
{
    struct outlook *outlook = g_new0(struct outlook, 1);
    *outlook = (struct outlook){
        .today = today,
        .monday = today - (day_weekday(today) - 1),
        .goal = {.hours_week = -1, .money_month = -1, .answered_day = DAY_NONE},
        .contacts = g_array_new(FALSE, TRUE, sizeof(struct contact)),
        .pursuits = g_array_new(FALSE, TRUE, sizeof(struct pursuit)),
        .pursuit_people = g_array_new(FALSE, TRUE, sizeof(struct pursuit_person)),
        .favours = g_array_new(FALSE, TRUE, sizeof(struct favour)),
        .practices = g_array_new(FALSE, TRUE, sizeof(struct practice)),
        .stories = g_array_new(FALSE, TRUE, sizeof(struct story)),
        .saved = g_array_new(FALSE, TRUE, sizeof(struct saved)),
        .steps = g_array_new(FALSE, TRUE, sizeof(struct step)),
        .refused = g_hash_table_new(g_str_hash, g_str_equal),
        .origins = g_hash_table_new(g_str_hash, g_str_equal),
        .text = g_string_chunk_new(4096),
    };
    return outlook;
}

void outlook_free(struct outlook *outlook)
{
    if (outlook == NULL) {
        return;
    }
    GArray *const lists[] = {outlook->contacts,       outlook->pursuits,
                             outlook->pursuit_people, outlook->favours,
                             outlook->practices,      outlook->stories,
                             outlook->saved,          outlook->steps};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_array_unref(lists[i]);
    }
    g_hash_table_unref(outlook->refused);
    g_hash_table_unref(outlook->origins);
    g_string_chunk_free(outlook->text);
    g_free(outlook);
}

struct contact *outlook_add(struct outlook *outlook, int64_t person_id, const char *name)
{
    struct contact contact = {
        .person_id = person_id,
        .name = name,
        .cadence_days = -1,
        .due_day = DAY_NONE,
        .last_day = DAY_NONE,
        .last_out_day = DAY_NONE,
        .last_in_day = DAY_NONE,
        .last_talk_day = DAY_NONE,
        .last_rotation_day = DAY_NONE,
        .last_event_day = DAY_NONE,
        .last_intro_day = DAY_NONE,
        .last_thanks_day = DAY_NONE,
        .connected_day = DAY_NONE,
        .invited_day = DAY_NONE,
    };
    g_array_append_val(outlook->contacts, contact);
    return &g_array_index(outlook->contacts, struct contact, outlook->contacts->len - 1);
}

static int by_id(gconstpointer a, gconstpointer b)
{
    const struct contact *one = a;
    const struct contact *other = b;
    return (one->person_id > other->person_id) - (one->person_id < other->person_id);
}

void outlook_finish(struct outlook *outlook)
{
    g_array_sort(outlook->contacts, by_id);
}

const struct contact *outlook_contact(const struct outlook *outlook, int64_t person_id)
{
    guint low = 0;
    guint high = outlook->contacts->len;
    while (low < high) {
        guint middle = low + (high - low) / 2;
        const struct contact *contact = &g_array_index(outlook->contacts, struct contact, middle);
        if (contact->person_id == person_id) {
            return contact;
        }
        if (contact->person_id < person_id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

void outlook_refuse(struct outlook *outlook, const char *scope, const char *target)
{
    g_autofree char *key = g_strdup_printf("%s:%s", scope, target);
    g_hash_table_add(outlook->refused, g_string_chunk_insert(outlook->text, key));
}

void outlook_origin(struct outlook *outlook, const char *key, int32_t done_day)
{
    g_hash_table_insert(outlook->origins, g_string_chunk_insert(outlook->text, key),
                        GINT_TO_POINTER(done_day));
}
