/* Descriptions of the tables, and the digest of a row made from them. The test compares each description with the schema. */
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
const struct noun noun_person = {"person", PERSON_COLUMNS, "iiiiiiittttttttttttttiiiriitiiii", NULL, 1};
const struct noun noun_ident = {"ident", IDENT_COLUMNS, "itti", NULL, 3};
const struct noun noun_trait = {"trait", TRAIT_COLUMNS, "ittit", NULL, 3};
const struct noun noun_blob = {"blob", BLOB_COLUMNS, "ittb", NULL, 1};

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

char *noun_digest(const struct noun *noun, const struct db_value *values, char out[static DIGEST_TEXT])
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
            g_assert_not_reached();     /* no digested table has one: its bits may differ between engines */
        }
    }
    return row_digest_finish(&row, out);
}

bool noun_write(struct db_tx *tx, const struct noun *noun, const struct db_query *query, struct db_value *values, GError **error)
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
