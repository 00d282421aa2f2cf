/* Descriptions of the tables, and the digest of a row made from them. The test compares each
 * description with the schema. */
#include "model/noun.h"

#include <string.h>

const struct noun noun_account = {"account", ACCOUNT_COLUMNS, "itttiiiiit", " revision ", 0};
const struct noun noun_token = {"token", TOKEN_COLUMNS, "iitttiiiit", " used_at ", 1};
const struct noun noun_source = {"source", SOURCE_COLUMNS, "iittiit", NULL, 1};
const struct noun noun_fact_set = {"fact_set", FACT_SET_COLUMNS, "iiiiittt", NULL, 2};
const struct noun noun_touch = {"touch", TOUCH_COLUMNS, "iiittiiititiit", NULL, 2};
const struct noun noun_step = {"step", STEP_COLUMNS, "iiittiiitttiiit", NULL, 1};
const struct noun noun_cadence = {"cadence", CADENCE_COLUMNS, "ittittiit", NULL, 2};
const struct noun noun_merge = {"merge", MERGE_COLUMNS, "iiiitit", NULL, 1};
const struct noun noun_pair = {"pair", PAIR_COLUMNS, "iiittiiit", NULL, 2};
const struct noun noun_relation = {"relation", RELATION_COLUMNS, "iiiittiit", NULL, 1};
const struct noun noun_import = {"import", IMPORT_COLUMNS, "iittttiiiiitiiit", NULL, 1};
const struct noun noun_change = {"change", CHANGE_COLUMNS, "iittiit", NULL, 1};
const struct noun noun_setting = {"setting", SETTING_COLUMNS, "ittt", NULL, 1};
const struct noun noun_person = {"person", PERSON_COLUMNS, "iiiiiiittttttttttttttiiiriitiiiit", NULL,
                                 1};
const struct noun noun_ident = {"ident", IDENT_COLUMNS, "itti", NULL, 3};
const struct noun noun_trait = {"trait", TRAIT_COLUMNS, "ittit", NULL, 3};
const struct noun noun_blob = {"blob", BLOB_COLUMNS, "ittb", NULL, 1};

const struct noun noun_goal = {"goal", GOAL_COLUMNS, "ittit", NULL, 1};
const struct noun noun_own_date = {"own_date", OWN_DATE_COLUMNS, "iitttiiittiit", NULL, 1};
const struct noun noun_pursuit = {"pursuit", PURSUIT_COLUMNS, "iitttttiiiiititttiiit", NULL, 1};
const struct noun noun_pursuit_person = {"pursuit_person", PURSUIT_PERSON_COLUMNS, "iiitit", NULL,
                                         2};
const struct noun noun_favour = {"favour", FAVOUR_COLUMNS, "iiittitttiiiitiit", NULL, 1};
const struct noun noun_practice = {"practice", PRACTICE_COLUMNS, "iitttiiiitttiit", NULL, 1};
const struct noun noun_story = {"story", STORY_COLUMNS, "ittit", NULL, 1};
const struct noun noun_saved = {"saved", SAVED_COLUMNS, "iittttiiiiiit", NULL, 1};
const struct noun noun_refusal = {"refusal", REFUSAL_COLUMNS, "ittitit", NULL, 2};
const struct noun noun_week = {"week", WEEK_COLUMNS, "iiiiiiitt", NULL, 1};
const struct noun noun_planned = {"planned", PLANNED_COLUMNS, "iiiiitttiitt", NULL, 1};

int noun_n_columns(const struct noun *noun)
{
    return (int)strlen(noun->types);
}

const char *noun_column(const struct noun *noun, int column, char buffer[static 32])
{
    const char *at = noun->columns;
    for (int i = 0; i < column; i++) {
        at = strchr(at, ',');
        g_assert(at != NULL);
        at += 2;
    }
    size_t len = strcspn(at, ",");
    g_assert(len < 32);
    memcpy(buffer, at, len);
    buffer[len] = '\0';
    return buffer;
}

/* Is the column one the digest leaves out? Asked only for the two tables that have such. */
static bool is_left_out(const struct noun *noun, int column)
{
    char name[32];
    char framed[36];
    g_snprintf(framed, sizeof framed, " %s ", noun_column(noun, column, name));
    return strstr(noun->left_out, framed) != NULL;
}

char *noun_digest(const struct noun *noun, const struct db_value *values,
                  char out[static DIGEST_TEXT])
{
    struct row_digest row;
    row_digest_start(&row, noun->table);
    int n = noun_n_columns(noun) - 1;
    for (int i = 0; i < n; i++) {
        if (noun->left_out != NULL && is_left_out(noun, i)) {
            continue;
        }
        switch (values[i].type) {
        case DB_TYPE_INT:
            row_digest_int(&row, values[i].u.i);
            break;
        case DB_TYPE_TEXT:
            row_digest_text(&row, values[i].u.s);
            break;
        case DB_TYPE_BLOB:
            row_digest_blob(&row, values[i].u.b, values[i].len);
            break;
        case DB_TYPE_NULL:
            row_digest_null(&row);
            break;
        case DB_TYPE_REAL:
            g_assert_not_reached(); /* no digested table has one: its bits may differ between
                                       engines */
        }
    }
    return row_digest_finish(&row, out);
}

bool noun_write(struct db_tx *tx, const struct noun *noun, const struct db_query *query,
                struct db_value *values, GError **error)
{
    char digest[DIGEST_TEXT];
    int n = noun_n_columns(noun);
    values[n - 1] = DB_TEXT(noun_digest(noun, values, digest));
    return db_exec(tx, query, error, NULL, values, n);
}

void noun_read(const struct noun *noun, db_rows *rows, struct db_value *values_out)
{
    int n = noun_n_columns(noun);
    char name[32];
    for (int i = 0; i < n; i++) {
        int column = db_column(rows, noun_column(noun, i, name));
        if (db_col_is_null(rows, column)) {
            values_out[i] = DB_NULL;
            continue;
        }
        size_t len = 0;
        const void *bytes = NULL;
        switch (noun->types[i]) {
        case 'i':
            values_out[i] = DB_INT(db_col_int(rows, column));
            break;
        case 'r':
            values_out[i] = DB_REAL(db_col_real(rows, column));
            break;
        case 'b':
            bytes = db_col_blob(rows, column, &len);
            values_out[i] = DB_BLOB(bytes, len);
            break;
        default:
            values_out[i] = DB_TEXT(db_col_text(rows, column));
        }
    }
}

json_t *noun_json(const struct noun *noun, const struct db_value *values)
{
    int n = noun_n_columns(noun);
    json_t *json = json_array();
    for (int i = 0; i < n; i++) {
        g_autofree char *base64 = NULL;
        switch (values[i].type) {
        case DB_TYPE_INT:
            json_array_append_new(json, json_integer(values[i].u.i));
            break;
        case DB_TYPE_REAL:
            json_array_append_new(json, json_real(values[i].u.d));
            break;
        case DB_TYPE_TEXT:
            json_array_append_new(json, json_stringn_nocheck(values[i].u.s, values[i].len));
            break;
        case DB_TYPE_BLOB:
            base64 = g_base64_encode(values[i].u.b, values[i].len);
            json_array_append_new(json, json_string_nocheck(base64));
            break;
        case DB_TYPE_NULL:
            json_array_append_new(json, json_null());
        }
    }
    return json;
}

/* One value of the type a column has. */
static bool value_from_json(char type, const json_t *json, GPtrArray *keep,
                            struct db_value *value_out)
{
    gsize len = 0;
    if (json_is_null(json)) {
        *value_out = DB_NULL;
    } else if (type == 'i' && json_is_integer(json)) {
        *value_out = DB_INT(json_integer_value(json));
    } else if (type == 'r' && json_is_number(json)) {
        *value_out = DB_REAL(json_number_value(json));
    } else if (type == 't' && json_is_string(json)) {
        *value_out = (struct db_value){
            .type = DB_TYPE_TEXT, .len = json_string_length(json), .u.s = json_string_value(json)};
    } else if (type == 'b' && json_is_string(json)) {
        guchar *bytes = g_base64_decode(json_string_value(json), &len);
        g_ptr_array_add(keep, bytes);
        *value_out = DB_BLOB(bytes, len);
    } else {
        return false;
    }
    return true;
}

bool noun_from_json(const struct noun *noun, const json_t *json, GPtrArray *keep,
                    struct db_value *values_out)
{
    int n = noun_n_columns(noun);
    if (!json_is_array(json) || (int)json_array_size(json) != n) {
        return false;
    }
    for (int i = 0; i < n; i++) {
        if (!value_from_json(noun->types[i], json_array_get(json, (size_t)i), keep,
                             &values_out[i])) {
            return false;
        }
    }
    return true;
}
