/* Reading tables whole and putting rows back. */
#include "model/table.h"

#include "base/id.h"

#define TABLE(name, COLUMNS, values, order)                                              \
    DB_QUERY(all_##name,                                                                 \
             "SELECT " COLUMNS " FROM " #name " WHERE account_id = $1 ORDER BY " order); \
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

#define KEPT(name, digested) {&noun_##name, &all_##name, &put_##name, digested, true}

const struct table tables[] = {
    {&noun_account, &all_account, NULL, true, false},
    {&noun_token, &all_token, NULL, true, false},
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
};
const int n_tables = G_N_ELEMENTS(tables);

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
