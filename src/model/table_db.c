/* Reading tables whole and putting rows back. */
#include "model/table.h"

#include "base/id.h"

#define TABLE(name, COLUMNS, values, order)                                                        \
    DB_QUERY(all_##name,                                                                           \
             "SELECT " COLUMNS " FROM " #name " WHERE account_id = $1 ORDER BY " order);           \
    DB_QUERY(put_##name, "INSERT INTO " #name " (" COLUMNS ") " values)

DB_QUERY(all_account, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE account_id = $1");
DB_QUERY(all_token, "SELECT " TOKEN_COLUMNS " FROM token WHERE account_id = $1 ORDER BY token_id");
TABLE(source, SOURCE_COLUMNS, VALUES_7, "source_id");
TABLE(import, IMPORT_COLUMNS, VALUES_16, "import_id");
TABLE(fact_set, FACT_SET_COLUMNS, VALUES_8, "person_id, fact_set_id");
TABLE(person, PERSON_COLUMNS, VALUES_33, "person_id");
TABLE(ident, IDENT_COLUMNS, VALUES_4, "kind, value, person_id");
TABLE(trait, TRAIT_COLUMNS, VALUES_5, "kind, value, person_id");
TABLE(blob, BLOB_COLUMNS, VALUES_4, "digest");
TABLE(touch, TOUCH_COLUMNS, VALUES_14, "person_id, touch_id");
TABLE(step, STEP_COLUMNS, VALUES_15, "step_id");
TABLE(cadence, CADENCE_COLUMNS, VALUES_9, "scope, target");
TABLE(merge, MERGE_COLUMNS, VALUES_7, "merge_id");
TABLE(pair, PAIR_COLUMNS, VALUES_9, "a_id, b_id");
TABLE(relation, RELATION_COLUMNS, VALUES_9, "relation_id");
TABLE(change, CHANGE_COLUMNS, VALUES_7, "change_id");
TABLE(setting, SETTING_COLUMNS, VALUES_4, "name");

/* Small lists, written by model/noun_row.h. */
#define ROWS(name, COLUMNS, values, order, key)                                                    \
    TABLE(name, COLUMNS, values, order);                                                           \
    DB_QUERY(one_##name, "SELECT " COLUMNS " FROM " #name " WHERE account_id = $1 AND " key);      \
    DB_QUERY(remove_##name, "DELETE FROM " #name " WHERE account_id = $1 AND " key);               \
    DB_QUERY(clear_##name, "DELETE FROM " #name " WHERE account_id = $1")

ROWS(goal, GOAL_COLUMNS, VALUES_5, "question", "question = $2");
ROWS(own_date, OWN_DATE_COLUMNS, VALUES_13, "date_id", "date_id = $2");
ROWS(pursuit, PURSUIT_COLUMNS, VALUES_21, "pursuit_id", "pursuit_id = $2");
ROWS(pursuit_person, PURSUIT_PERSON_COLUMNS, VALUES_6, "pursuit_id, person_id",
     "pursuit_id = $2 AND person_id = $3");
ROWS(favour, FAVOUR_COLUMNS, VALUES_17, "favour_id", "favour_id = $2");
ROWS(practice, PRACTICE_COLUMNS, VALUES_15, "practice_id", "practice_id = $2");
ROWS(story, STORY_COLUMNS, VALUES_5, "kind", "kind = $2");
ROWS(saved, SAVED_COLUMNS, VALUES_13, "saved_id", "saved_id = $2");
ROWS(refusal, REFUSAL_COLUMNS, VALUES_7, "scope, target", "scope = $2 AND target = $3");
ROWS(week, WEEK_COLUMNS, VALUES_9, "monday", "monday = $2");
ROWS(planned, PLANNED_COLUMNS, VALUES_12, "step_id", "step_id = $2");

#define KEPT(name, digested)                                                                       \
    {                                                                                              \
        &noun_##name, &all_##name, &put_##name, digested, true, NULL, NULL, NULL, 0, false         \
    }
#define ROWS_KEPT(name, deleted)                                                                   \
    {                                                                                              \
        &noun_##name, &all_##name, &put_##name, true, true, &one_##name, &remove_##name,           \
            &clear_##name, deleted, 0, 0, true                                                     \
    }

const struct table tables[] = {
    {&noun_account, &all_account, NULL, true, false, NULL, NULL, NULL, 0, 0, 0, false},
    {&noun_token, &all_token, NULL, true, false, NULL, NULL, NULL, 0, 0, 0, false},
    KEPT(source, true),
    KEPT(import, true),
    KEPT(blob, false),
    KEPT(fact_set, true),
    KEPT(person, false),
    KEPT(ident, false),
    KEPT(trait, false),
    KEPT(touch, true),
    KEPT(step, true),
    KEPT(cadence, true),
    KEPT(merge, true),
    KEPT(pair, true),
    KEPT(relation, true),
    KEPT(change, true),
    KEPT(setting, true),
    ROWS_KEPT(goal, 0),
    ROWS_KEPT(own_date, 11),
    ROWS_KEPT(pursuit, 19),
    ROWS_KEPT(pursuit_person, 0),
    ROWS_KEPT(favour, 15),
    {&noun_practice, &all_practice, &put_practice, true, true, &one_practice, &remove_practice,
     &clear_practice, 13, 8, 10, true}, /* what a peer said, and their link */
    ROWS_KEPT(story, 0),
    ROWS_KEPT(saved, 11),
    ROWS_KEPT(refusal, 0),
    ROWS_KEPT(week, 0),
    ROWS_KEPT(planned, 0),
};
const int n_tables = G_N_ELEMENTS(tables);

const struct table *table_of(const struct noun *noun)
{
    int i = 0;
    while (tables[i].noun != noun) {
        i++;
        g_assert(i < n_tables);
    }
    return &tables[i];
}

char *table_key(const struct noun *noun, const struct db_value *values)
{
    g_autoptr(GString) key = g_string_new(NULL);
    for (int i = 1; i <= noun->n_key; i++) {
        char name[32];
        char id[ID_TEXT];
        g_string_append_printf(key, "%s%s ", key->len > 0 ? ", " : "", noun_column(noun, i, name));
        if (values[i].type == DB_TYPE_INT) {
            g_string_append(key, id_format(values[i].u.i, id));
        } else {
            g_string_append(key, values[i].type == DB_TYPE_TEXT ? values[i].u.s : "?");
        }
    }
    return g_string_free(g_steal_pointer(&key), FALSE);
}
