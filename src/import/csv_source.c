/* Any other CSV, and Outlook's with a translated header: columns are mapped to fields, as proposed
 * by codec/columns or as the person has confirmed. A column that is not mapped is kept under its
 * own name. */
#include "import/table.h"

#include "base/error.h"
#include "codec/columns.h"

#include <string.h>

#define SAMPLE_ROWS 200

struct mapped {
    enum column_field *fields; /* by column */
    int n;
};

/* Looks at the first rows, so that a proposal stands on cells as well as on names. */
struct looked {
    struct column_sample *samples;
    int n_rows;
};

static bool look_at_row(struct table *table, GError **error)
{
    struct looked *looked = table->state;
    if (looked->samples == NULL) {
        looked->samples = g_new0(struct column_sample, MAX(1, table->header->n));
    }
    if (looked->n_rows++ < SAMPLE_ROWS) {
        for (int i = 0; i < table->header->n; i++) {
            column_sample_add(&looked->samples[i], csv_cell(table->row, i));
        }
    }
    return true;
}

static bool pass_over(void *data, const char *file, long line, const char *reason, GError **error)
{
    return true;
}

/* The field of each column: what the person chose, else what is proposed. */
static void settle_fields(struct table *table, struct mapped *mapped,
                          const struct column_sample *samples)
{
    int n = table->header->n;
    g_autofree struct column_proposal *proposals = g_new0(struct column_proposal, MAX(1, n));
    columns_propose(n, table->header->names, samples, proposals);
    mapped->fields = g_new0(enum column_field, MAX(1, n));
    mapped->n = n;
    for (int i = 0; i < n; i++) {
        const json_t *chosen =
            json_object_get(table->member->options->mapping, table->header->names[i]);
        enum column_field field =
            json_is_string(chosen) ? column_field_parse(json_string_value(chosen)) : COLUMN_NONE;
        mapped->fields[i] = field != COLUMN_NONE ? field : proposals[i].field;
    }
}

/* Cell of the first column with that field; "" when none. */
static const char *field_cell(const struct table *table, const struct mapped *mapped,
                              enum column_field field)
{
    for (int i = 0; i < mapped->n; i++) {
        if (mapped->fields[i] == field && *csv_cell(table->row, i) != '\0') {
            return csv_cell(table->row, i);
        }
    }
    return "";
}

/* Fields that stand for one fact each, wherever they occur. */
static void read_plain_fields(struct table *table, const struct mapped *mapped)
{
    static const enum fact_kind kinds[N_COLUMN] = {
        [COLUMN_EMAIL] = FACT_EMAIL, [COLUMN_PHONE] = FACT_PHONE,
        [COLUMN_URL] = FACT_URL,     [COLUMN_NOTE] = FACT_NOTE,
        [COLUMN_MET] = FACT_MET,     [COLUMN_NICKNAME] = FACT_OTHER_NAME,
        [COLUMN_PLACE] = FACT_PLACE, [COLUMN_SPECIALTY] = FACT_SPECIALTY,
        [COLUMN_NPI] = FACT_NPI,     [COLUMN_CUSTOM] = FACT_CUSTOM};
    for (int i = 0; i < mapped->n; i++) {
        const char *cell = csv_cell(table->row, i);
        enum column_field field = mapped->fields[i];
        if (*cell == '\0') {
            continue;
        }
        if (field == COLUMN_TAG || field == COLUMN_LANGUAGE) {
            g_auto(GStrv) each = g_strsplit_set(cell, ",;|", 64);
            for (char **value = each; *value != NULL; value++) {
                draft_fact(&table->draft, field == COLUMN_TAG ? FACT_TAG : FACT_LANGUAGE,
                           g_strstrip(*value), NULL);
            }
        } else if (field == COLUMN_BIRTHDAY) {
            draft_date(&table->draft, FACT_BIRTHDAY, cell, table->order);
        } else if (kinds[field] != FACT_NONE) {
            const char *label = field == COLUMN_CUSTOM || field == COLUMN_URL
                                    ? table->header->names[i]
                                : field == COLUMN_NICKNAME ? "nickname"
                                                           : NULL;
            draft_fact(&table->draft, kinds[field], cell, label);
        }
    }
}

/* A day on which you last were in touch, as a touch. */
static void read_last_touch(struct table *table, const struct mapped *mapped)
{
    struct when when;
    const char *cell = field_cell(table, mapped, COLUMN_LAST_TOUCH);
    if (*cell == '\0' || !when_parse(cell, table->order, &when, NULL) ||
        when_day(&when) == DAY_NONE) {
        draft_fact(&table->draft, FACT_CUSTOM, cell, "Last touch");
        return;
    }
    g_autofree char *key = g_strdup_printf("last:%d", (int)when_day(&when));
    draft_touch(&table->draft, &(struct record_touch){.kind = "other",
                                                      .direction = "both",
                                                      .at = AT_NONE,
                                                      .on_day = when_day(&when),
                                                      .key = key});
}

static void read_groups(struct table *table, const struct mapped *mapped)
{
    const char *const address[FACT_PARTS] = {NULL,
                                             NULL,
                                             field_cell(table, mapped, COLUMN_STREET),
                                             field_cell(table, mapped, COLUMN_CITY),
                                             field_cell(table, mapped, COLUMN_REGION),
                                             field_cell(table, mapped, COLUMN_POSTCODE),
                                             field_cell(table, mapped, COLUMN_COUNTRY)};
    draft_parts(&table->draft, FACT_ADDRESS, NULL, NULL, address);
    draft_work(&table->draft, field_cell(table, mapped, COLUMN_ORG),
               field_cell(table, mapped, COLUMN_DEPARTMENT),
               field_cell(table, mapped, COLUMN_TITLE), NULL);
    const char *const school[FACT_PARTS] = {field_cell(table, mapped, COLUMN_SCHOOL),
                                            field_cell(table, mapped, COLUMN_DEGREE)};
    struct fact *fact = draft_parts(&table->draft, FACT_SCHOOL, NULL, NULL, school);
    const char *year = field_cell(table, mapped, COLUMN_SCHOOL_YEAR);
    if (fact != NULL && *year != '\0') {
        fact->ends = draft_text(&table->draft, year);
    }
}

static bool read_row(struct table *table, GError **error)
{
    const struct mapped *mapped = table->state;
    table_start(table, ABOUT_PERSON);
    const char *const part[5] = {
        field_cell(table, mapped, COLUMN_PREFIX), field_cell(table, mapped, COLUMN_GIVEN),
        field_cell(table, mapped, COLUMN_MIDDLE), field_cell(table, mapped, COLUMN_FAMILY),
        field_cell(table, mapped, COLUMN_SUFFIX)};
    if (!draft_name(&table->draft, field_cell(table, mapped, COLUMN_NAME))) {
        draft_name_parts(&table->draft, part);
    }
    read_plain_fields(table, mapped);
    read_groups(table, mapped);
    read_last_touch(table, mapped);
    if (!draft_has_person(&table->draft)) {
        return table_refuse(
            table, error,
            "No name, no address, no number in the columns that were chosen for them.");
    }
    return draft_send(&table->draft, table->sink, NULL, error);
}

/* The real pass: settles the fields on its first row. */
struct pass {
    struct mapped mapped;
    const struct column_sample *samples;
};

static bool first_row(struct table *table, GError **error)
{
    struct pass *pass = table->state;
    if (pass->mapped.fields == NULL) {
        settle_fields(table, &pass->mapped, pass->samples);
    }
    table->state = &pass->mapped;
    bool is_well = read_row(table, error);
    table->state = pass;
    return is_well;
}

static int order(enum file_kind kind)
{
    return kind == FILE_GENERIC_CSV || kind == FILE_OUTLOOK_CSV_TRANSLATED ? 1 : 0;
}

static bool read_member(const struct source_member *member, struct record_sink *sink,
                        GError **error)
{
    struct looked looked = {0};
    struct record_sink quiet = {.refuse_row = pass_over};
    const struct table_plan look = {.family = "csv", .each = look_at_row};
    struct pass pass = {0};
    const struct table_plan plan = {.family = "csv", .each = first_row};
    bool is_well = table_read(member, &quiet, &look, &looked, error);
    pass.samples = looked.samples;
    is_well = is_well && table_read(member, sink, &plan, &pass, error);
    g_free(looked.samples);
    g_free(pass.mapped.fields);
    return is_well;
}

const struct import_source source_csv = {
    .name = "csv", .words = "CSV table", .order = order, .read = read_member};
