/* What strategies suggest: rows of data/suggestions.tsv filled in, with reasons of
 * data/value_terms.tsv. What holds for every suggestion is added in survey.c. */
#include "model/strategy.h"

#include "model/outlook.h"

#include "data_suggestions.h"
#include "data_value_terms.h"

#include <math.h>
#include <string.h>

static bool is_refused(const struct outlook *outlook, const char *scope, const char *target)
{
    char key[160];
    g_snprintf(key, sizeof key, "%s:%s", scope, target);
    return g_hash_table_contains(outlook->refused, key);
}

/* Whether nothing of this kind may be suggested to, or about, the contact (NULL: nobody). */
static bool is_out(const struct outlook *outlook, const struct data_suggestions *kind,
                   const struct contact *contact)
{
    if (contact != NULL && (contact->flags & CONTACT_DO_NOT) != 0) {
        return true;
    }
    if (outlook->refused == NULL || g_hash_table_size(outlook->refused) == 0) {
        return false;
    }
    char id[ID_TEXT];
    return is_refused(outlook, "kind", kind->id) ||
           is_refused(outlook, "strategy", kind->strategy) ||
           (contact != NULL && is_refused(outlook, "person", id_format(contact->person_id, id)));
}

struct suggestion *suggest(struct suggestions *out, const struct outlook *outlook, const char *kind,
                           const struct contact *contact)
{
    const struct data_suggestions *row = data_suggestions_by_id(kind);
    if (row == NULL) {
        g_error("no row \"%s\" in suggestions.tsv", kind);
    }
    if (is_out(outlook, row, contact)) {
        return NULL;
    }
    guint at = out->items->len;
    g_array_set_size(out->items, at + 1);
    struct suggestion *suggestion = &g_array_index(out->items, struct suggestion, at);
    *suggestion = (struct suggestion){
        .kind = row,
        .person_id = contact == NULL ? 0 : contact->person_id,
        .from_day = DAY_NONE,
        .until_day = DAY_NONE,
        .minutes = MAX(row->minutes, 0),
        .cents = MAX(row->cents, 0),
        .department = contact == NULL || !row->is_message ? NULL : contact->department,
    };
    return suggestion;
}

/* How much a reason says, for better or worse. */
static double weight_of(const struct term *term)
{
    return fabs((double)term->row->points * (double)term->amount);
}

void suggestion_term(struct suggestion *suggestion, const char *term, double amount, int32_t n,
                     const char *word)
{
    const struct data_value_terms *row = data_value_terms_by_id(term);
    if (row == NULL) {
        g_error("no row \"%s\" in value_terms.tsv", term);
    }
    struct term added = {row, (float)CLAMP(amount, 0.0, 1.0), n, word};
    if (suggestion->n_terms < TERMS_MAX) {
        suggestion->terms[suggestion->n_terms++] = added;
        return;
    }
    struct term *least = &suggestion->terms[0];
    for (int i = 1; i < TERMS_MAX; i++) {
        if (weight_of(&suggestion->terms[i]) < weight_of(least)) {
            least = &suggestion->terms[i];
        }
    }
    if (weight_of(&added) > weight_of(least)) {
        *least = added;
    }
}

const struct strategy *strategy_find(const struct strategy_table *table, const char *id)
{
    for (int i = 0; id != NULL && i < table->n; i++) {
        if (strcmp(table->rows[i]->id, id) == 0) {
            return table->rows[i];
        }
    }
    return NULL;
}

bool suggestion_is_thanks(const struct data_suggestions *kind)
{
    const char *point = kind == NULL ? NULL : strchr(kind->id, '.');
    return point != NULL && g_str_has_prefix(point + 1, "thank");
}

const char *suggestion_whom(const struct outlook *outlook, const struct suggestion *suggestion)
{
    const unsigned office = CONTACT_PROGRAMME;
    const unsigned ward = CONTACT_PROGRAMME | CONTACT_ATTENDING | CONTACT_RESIDENT;
    const unsigned circle =
        CONTACT_MENTOR | CONTACT_FAMILY | CONTACT_TEACHER | CONTACT_COLLEAGUE;
    const char *whom = suggestion->kind->whom;
    const struct contact *to =
        suggestion->person_id == 0 ? NULL : outlook_contact(outlook, suggestion->person_id);
    const struct contact *about =
        suggestion->about_id == 0 ? NULL : outlook_contact(outlook, suggestion->about_id);
    bool is_open = whom[0] == '\0' || strcmp(whom, "any") == 0;
    if (to == NULL || !(is_open || (suggestion->kind->is_ask && strcmp(whom, "faculty") == 0))) {
        return whom;
    }
    unsigned flags = to->flags;
    bool is_doctor = (flags & CONTACT_SPECIALTY) != 0 && (flags & CONTACT_US_LINK) != 0;
    flags |= is_doctor ? CONTACT_ATTENDING : 0; /* whatever the title says */
    if (suggestion->kind->is_ask && about != NULL) { /* somebody else asks for you */
        flags |= about->flags & ward;
    }
    if ((flags & office) != 0) {
        return "programme";
    }
    bool is_asked_there = (flags & ward) != 0 && ((to->flags & circle) == 0 || about != NULL);
    return suggestion->kind->is_ask && is_asked_there ? "hospital" : whom;
}

char *suggestion_key(const struct suggestion *suggestion)
{
    char id[ID_TEXT];
    GString *key = g_string_new(suggestion->kind->id);
    bool has_ref = suggestion->ref != NULL && suggestion->ref[0] != '\0';
    if (suggestion->person_id != 0) {
        g_string_append_printf(key, "/%s", id_format(suggestion->person_id, id));
    } else if (has_ref || suggestion->about_id != 0) {
        g_string_append(key, "/-");
    }
    if (has_ref) {
        g_string_append_printf(key, "/%s", suggestion->ref);
    }
    if (suggestion->about_id != 0) {
        g_string_append_printf(key, "/%s", id_format(suggestion->about_id, id));
    }
    return g_string_free(key, FALSE);
}
