/* People as vCards and as a table. What a fact says is written by the fact; a line that was kept
 * because it says more than its fact (a group, parameters of its own) is written in the fact's
 * place; a line that no fact tells is written as it is. */
#include "feature/store/store_parts.h"

#include "base/error.h"
#include "codec/csv.h"
#include "model/blob.h"
#include "model/person_list.h"

#include <string.h>

/* Kept lines of a person, and which of them have been written. */
struct lines {
    GPtrArray *texts;
    GPtrArray *kinds;
    bool *is_written;
};

static void gather_lines(const struct fact_fold *fold, struct lines *lines)
{
    for (guint i = 0; i < fold->facts->len; i++) {
        const struct folded_fact *folded = &g_array_index(fold->facts, struct folded_fact, i);
        if (folded->fact.kind == FACT_CARD_LINE) {
            g_ptr_array_add(lines->texts, (gpointer)folded->fact.value);
            g_ptr_array_add(lines->kinds, (gpointer)folded->fact.label);
        }
    }
    lines->is_written = g_new0(bool, MAX(1u, lines->texts->len));
}

/* The kept line that words this fact in full: same kind, and its value holds the fact's text. */
static const char *line_for(const struct lines *lines, const struct fact *fact)
{
    for (guint i = 0; i < lines->texts->len; i++) {
        const char *kind = g_ptr_array_index(lines->kinds, i);
        const char *text = g_ptr_array_index(lines->texts, i);
        const char *probe =
            fact->kind == FACT_ADDRESS && fact->part[2] != NULL ? fact->part[2] : fact->value;
        bool is_date = fact->kind == FACT_BIRTHDAY || fact->kind == FACT_ANNIVERSARY;
        if (!lines->is_written[i] && kind != NULL && fact_kind_parse(kind) == fact->kind &&
            (is_date || strstr(text, probe) != NULL || fact->kind == FACT_WORK)) {
            lines->is_written[i] = true;
            return text;
        }
    }
    return NULL;
}

static void put_labels(struct vcard_writer *writer, const struct fact *fact)
{
    if (fact->label != NULL) {
        g_auto(GStrv) words = g_strsplit(fact->label, " ", 8);
        for (char **word = words; *word != NULL; word++) {
            if (**word != '\0') {
                vcard_put_param(writer, "TYPE", strcmp(*word, "mobile") == 0 ? "cell" : *word);
            }
        }
    }
    if (fact->is_preferred) {
        vcard_put_param(writer, "PREF", "1");
    }
}

static void put_name(struct vcard_writer *writer, const struct fact *fact)
{
    const char *const parts[5] = {fact->part[3], fact->part[1], fact->part[2], fact->part[0],
                                  fact->part[4]};
    const char *fields[5];
    bool has_parts = false;
    for (int i = 0; i < 5; i++) {
        fields[i] = parts[i] != NULL ? parts[i] : "";
        has_parts = has_parts || *fields[i] != '\0';
    }
    vcard_put(writer, NULL, "FN");
    vcard_put_text(writer, fact->value);
    if (has_parts) {
        vcard_put(writer, NULL, "N");
        vcard_put_fields(writer, fields, 5);
    }
}

static void put_work(struct vcard_writer *writer, const struct fact *fact)
{
    if (fact->part[0] != NULL || fact->part[1] != NULL) {
        const char *const fields[2] = {fact->part[0] != NULL ? fact->part[0] : "",
                                       fact->part[1] != NULL ? fact->part[1] : ""};
        vcard_put(writer, NULL, "ORG");
        vcard_put_fields(writer, fields, fact->part[1] != NULL ? 2 : 1);
    }
    if (fact->part[2] != NULL) {
        vcard_put(writer, NULL, "TITLE");
        vcard_put_text(writer, fact->part[2]);
    }
}

static void put_address(struct vcard_writer *writer, const struct fact *fact)
{
    const char *fields[FACT_PARTS];
    bool has_parts = false;
    for (int i = 0; i < FACT_PARTS; i++) {
        fields[i] = fact->part[i] != NULL ? fact->part[i] : "";
        has_parts = has_parts || *fields[i] != '\0';
    }
    if (!has_parts) {
        fields[2] = fact->value;
    }
    vcard_put(writer, NULL, "ADR");
    put_labels(writer, fact);
    vcard_put_fields(writer, fields, FACT_PARTS);
}

/* Kinds that are one property with one text. NULL: not one. */
static const char *property_of(const struct fact *fact)
{
    switch (fact->kind) {
    case FACT_EMAIL: return "EMAIL";
    case FACT_PHONE: return "TEL";
    case FACT_URL: return "URL";
    case FACT_IM: return "IMPP";
    case FACT_NOTE: return "NOTE";
    case FACT_UID: return "UID";
    case FACT_LANGUAGE: return "X-LIGATURE-LANGUAGE";
    case FACT_HEADLINE: return "X-LIGATURE-HEADLINE";
    case FACT_PLACE: return "X-LIGATURE-PLACE";
    case FACT_SCHOOL: return "X-LIGATURE-SCHOOL";
    case FACT_SPECIALTY: return "X-LIGATURE-SPECIALTY";
    case FACT_MET: return "X-LIGATURE-MET";
    case FACT_SKILL: return "EXPERTISE";
    case FACT_NPI: return "X-LIGATURE-NPI";
    case FACT_ORCID: return "X-LIGATURE-ORCID";
    case FACT_CUSTOM: return "X-LIGATURE-FIELD";
    case FACT_RELATION: return "X-ABRELATEDNAMES";
    case FACT_DO_NOT_CONTACT: return "X-LIGATURE-DO-NOT-CONTACT";
    default: return NULL;
    }
}

static bool put_photo(struct book *book, struct vcard_writer *writer, const struct fact *fact,
                      GError **error)
{
    g_autoptr(GBytes) bytes = NULL;
    const char *type = NULL;
    g_autoptr(GError) bad = NULL;
    if (!blob_load(book, fact->value, &bytes, &type, &bad)) {
        bool is_gone = error_is_theirs(bad);
        if (!is_gone) {
            g_propagate_error(error, g_steal_pointer(&bad));
        }
        return is_gone;
    }
    gsize len = 0;
    const void *data = g_bytes_get_data(bytes, &len);
    vcard_put(writer, NULL, "PHOTO");
    vcard_put_binary(writer, type, data, len);
    return true;
}

static bool put_fact(struct book *book, struct vcard_writer *writer, const struct fact *fact,
                     const struct lines *lines, GError **error)
{
    const char *line = line_for(lines, fact);
    if (line != NULL) {
        vcard_writer_line(writer, line);
        return true;
    }
    const char *property = property_of(fact);
    if (property != NULL) {
        vcard_put(writer, NULL, property);
        put_labels(writer, fact);
        if (fact->kind == FACT_URL || fact->kind == FACT_IM) {
            vcard_put_uri(writer, fact->value);
        } else {
            vcard_put_text(writer, fact->value);
        }
        return true;
    }
    switch (fact->kind) {
    case FACT_NAME: put_name(writer, fact); break;
    case FACT_WORK: put_work(writer, fact); break;
    case FACT_ADDRESS: put_address(writer, fact); break;
    case FACT_PHOTO: return put_photo(book, writer, fact, error);
    case FACT_BIRTHDAY:
    case FACT_ANNIVERSARY:
        vcard_put(writer, NULL, fact->kind == FACT_BIRTHDAY ? "BDAY" : "ANNIVERSARY");
        vcard_put_text(writer, fact->value);
        break;
    case FACT_OTHER_NAME:
        vcard_put(writer, NULL,
                  fact->label != NULL && strcmp(fact->label, "maiden") == 0 ? "X-MAIDENNAME"
                                                                            : "NICKNAME");
        vcard_put_text(writer, fact->value);
        break;
    default: break;
    }
    return true;
}

bool store_card(struct book *book, struct vcard_writer *writer, int64_t person_id, GError **error)
{
    g_autoptr(person_ptr) person = person_load(book, person_id, error);
    if (person == NULL) {
        return false;
    }
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    g_autoptr(GPtrArray) tags = g_ptr_array_new();
    struct lines lines = {.texts = texts, .kinds = kinds};
    gather_lines(person->fold, &lines);
    vcard_writer_begin(writer);
    bool is_well = true;
    bool has_work = false;
    for (guint i = 0; i < person->fold->facts->len && is_well; i++) {
        const struct folded_fact *folded =
            &g_array_index(person->fold->facts, struct folded_fact, i);
        enum fact_kind kind = folded->fact.kind;
        if (kind == FACT_TAG) {
            g_ptr_array_add(tags, (gpointer)folded->fact.value);
        } else if (!folded->is_beside && kind != FACT_CARD_LINE &&
                   !(kind == FACT_WORK && has_work)) {
            has_work = has_work || kind == FACT_WORK;
            is_well = put_fact(book, writer, &folded->fact, &lines, error);
        }
    }
    if (tags->len > 0) {
        vcard_put(writer, NULL, "CATEGORIES");
        vcard_put_list(writer, (const char *const *)tags->pdata, tags->len);
    }
    for (guint i = 0; i < texts->len; i++) {
        if (!lines.is_written[i]) {
            vcard_writer_line(writer, g_ptr_array_index(texts, i));
        }
    }
    g_free(lines.is_written);
    return is_well && vcard_writer_end(writer, error);
}

static bool write_cards(struct book *book, enum vcard_version version, const GArray *ids,
                        GString *out, GError **error)
{
    struct vcard_writer writer;
    vcard_writer_init(&writer, version, out);
    bool is_well = true;
    for (guint i = 0; i < ids->len && is_well; i++) {
        is_well = store_card(book, &writer, g_array_index(ids, int64_t, i), error);
    }
    vcard_writer_clear(&writer);
    return is_well;
}

static void cell_int(struct csv_writer *csv, int64_t value, bool is_known)
{
    g_autofree char *text = is_known ? g_strdup_printf("%" G_GINT64_FORMAT, value) : NULL;
    csv_writer_cell(csv, text);
}

/* One row a person, safe against formulas. */
static bool write_table(struct book *book, const GArray *ids, GString *out, GError **error)
{
    static const char *const head[] = {"Name",   "Own name",   "Position", "Organisation", "Place",
                                       "E-mail", "Phone",      "Profile",  "Specialty",    "Tags",
                                       "Tie",    "Last touch", "Due",      "Every days"};
    struct csv_writer_options options = {.has_bom = true, .has_guards = true};
    g_autoptr(csv_writer) csv = csv_writer_new(out, &options);
    g_autoptr(GStringChunk) text = g_string_chunk_new(65536);
    g_autoptr(GArray) rows = g_array_new(false, true, sizeof(struct person_row));
    if (!person_rows_load(book, ids, text, rows, error)) {
        return false;
    }
    csv_writer_row(csv, (int)G_N_ELEMENTS(head), head);
    for (guint i = 0; i < rows->len; i++) {
        const struct person_row *row = &g_array_index(rows, struct person_row, i);
        char day[DAY_TEXT];
        const char *const cells[] = {row->name,      row->own_name, row->headline, row->org,
                                     row->place,     row->email,    row->phone,    row->url,
                                     row->specialty, row->tags};
        for (size_t c = 0; c < G_N_ELEMENTS(cells); c++) {
            csv_writer_cell(csv, cells[c]);
        }
        char tie[G_ASCII_DTOSTR_BUF_SIZE];
        csv_writer_cell(csv, g_ascii_formatd(tie, sizeof tie, "%.2f", row->tie));
        csv_writer_cell(csv, day_format(row->last_touch_day, day));
        csv_writer_cell(csv, day_format(row->due_day, day));
        cell_int(csv, row->cadence_days, row->cadence_days > 0);
        csv_writer_end_row(csv);
    }
    return true;
}

bool store_people(struct book *book, const char *format, const GArray *ids, GString *out,
                  int *n_out, GError **error)
{
    g_autoptr(GArray) all = g_array_new(false, false, sizeof(int64_t));
    struct person_filter everyone = {0};
    if (ids == NULL) {
        if (!person_list_ids(book, &everyone, all, error)) {
            return false;
        }
        ids = all;
    }
    *n_out = (int)ids->len;
    if (strcmp(format, "csv") == 0) {
        return write_table(book, ids, out, error);
    }
    return write_cards(book, strcmp(format, "vcard3") == 0 ? VCARD_3_0 : VCARD_4_0, ids, out,
                       error);
}
