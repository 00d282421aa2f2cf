/* What the columns of an unknown table seem to mean, with samples, for a person to confirm. */
#include "import/plan.h"

#include "codec/columns.h"

#include <string.h>

#define ROWS 200
#define SAMPLES 3
#define SAMPLE_CHARS 60

struct look {
    int n;
    struct column_sample *samples;
    GString **words; /* the first cells of each column */
    int *n_words;
};

static void look_at(struct look *look, const struct csv_row *row)
{
    for (int i = 0; i < look->n; i++) {
        const char *cell = csv_cell(row, i);
        column_sample_add(&look->samples[i], cell);
        if (*cell != '\0' && look->n_words[i] < SAMPLES &&
            strstr(look->words[i]->str, cell) == NULL) {
            bool is_long = g_utf8_strlen(cell, -1) > SAMPLE_CHARS;
            g_autofree char *head =
                is_long ? g_utf8_substring(cell, 0, SAMPLE_CHARS) : g_strdup(cell);
            g_string_append_printf(look->words[i], "%s%s%s", look->n_words[i] > 0 ? "; " : "", head,
                                   is_long ? "…" : "");
            look->n_words[i]++;
        }
    }
}

static json_t *tell(const struct look *look, const struct csv_header *header)
{
    g_autofree struct column_proposal *proposals = g_new0(struct column_proposal, MAX(1, look->n));
    columns_propose(look->n, header->names, look->samples, proposals);
    json_t *list = json_array();
    for (int i = 0; i < look->n; i++) {
        json_array_append_new(list,
                              json_pack("{s:o, s:s, s:o, s:o}", "name", json_text(header->names[i]),
                                        "field", column_field_text(proposals[i].field), "why",
                                        json_text(proposals[i].why), "samples",
                                        json_text(look->words[i]->str)));
    }
    return json_pack("{s:o}", "columns", list);
}

static json_t *read_columns(struct bundle *bundle, size_t index, const struct sniff *sniff,
                            GError **error)
{
    struct stream *stream = bundle_stream(bundle, index, error);
    if (stream == NULL) {
        return NULL;
    }
    struct csv_options options = {.delimiter = sniff->delimiter, .hint = sniff->charset.charset};
    g_autoptr(csv_reader) reader = csv_reader_new(stream, &options);
    if (!csv_reader_header(reader, NULL, NULL, error)) {
        return NULL;
    }
    const struct csv_header *header = csv_reader_names(reader);
    struct look look = {.n = header->n,
                        .samples = g_new0(struct column_sample, MAX(1, header->n)),
                        .words = g_new0(GString *, MAX(1, header->n)),
                        .n_words = g_new0(int, MAX(1, header->n))};
    for (int i = 0; i < look.n; i++) {
        look.words[i] = g_string_new(NULL);
    }
    struct csv_row row;
    enum csv_step step = CSV_STEP_ROW;
    for (int n = 0; n < ROWS && (step = csv_reader_next(reader, &row, error)) != CSV_STEP_END &&
                    step != CSV_STEP_FAILED;
         n++) {
        if (step == CSV_STEP_ROW) {
            look_at(&look, &row);
        }
    }
    json_t *told = step == CSV_STEP_FAILED ? NULL : tell(&look, header);
    for (int i = 0; i < look.n; i++) {
        g_string_free(look.words[i], true);
    }
    g_free(look.samples);
    g_free(look.words);
    g_free(look.n_words);
    return told;
}

bool plan_columns(const char *path, const char *name, json_t **columns_out, GError **error)
{
    *columns_out = NULL;
    struct bundle *bundle = bundle_open(path, NULL, error);
    struct sniff *sniffs = NULL;
    enum bundle_content content = BUNDLE_CONTENT_NONE;
    enum file_kind refused = FILE_NONE;
    bool is_well = bundle != NULL && sniff_bundle(bundle, &content, &refused, &sniffs, error);
    for (size_t i = 0; is_well && i < bundle_count(bundle); i++) {
        if (sniffs[i].kind == FILE_GENERIC_CSV || sniffs[i].kind == FILE_OUTLOOK_CSV_TRANSLATED) {
            *columns_out = read_columns(bundle, i, &sniffs[i], error);
            is_well = *columns_out != NULL;
            break;
        }
    }
    if (!is_well) {
        g_prefix_error(error, "%s: ", name);
    }
    g_free(sniffs);
    bundle_free(bundle);
    return is_well;
}
