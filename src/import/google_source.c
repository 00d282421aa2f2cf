/* Google Contacts CSV, both generations. Blocks of columns are numbered and as many as the fullest
 * person needs; " ::: " parts several values in one cell; "* " marks the preferred one and the
 * system's own groups. */
#include "import/book.h"

#include <string.h>

/* Label without the mark of preference; *is_preferred_out tells whether it was there. */
static const char *plain_label(const char *label, bool *is_preferred_out)
{
    *is_preferred_out = *label == '*';
    if (*is_preferred_out) {
        label++;
        label += strspn(label, " ");
    }
    return label;
}

/* Cell of "<block> <n> - <part>". */
static const char *block_cell(struct table *table, const char *block, int n, const char *part)
{
    g_autofree char *column = g_strdup_printf("%s %d - %s", block, n, part);
    return table_cell(table, column);
}

/* The block's label: "Label" since 2024, "Type" before. */
static const char *block_label(struct table *table, const char *block, int n)
{
    const char *label = block_cell(table, block, n, "Label");
    return *label != '\0' ? label : block_cell(table, block, n, "Type");
}

static bool has_block(const struct table *table, const char *block, int n, const char *part)
{
    g_autofree char *column = g_strdup_printf("%s %d - %s", block, n, part);
    return table_has(table, column);
}

/* E-mail 1, E-mail 2, ...: one fact a value. */
static void read_blocks(struct table *table, const char *block, enum fact_kind kind)
{
    for (int n = 1; has_block(table, block, n, "Value"); n++) {
        const char *cell = block_cell(table, block, n, "Value");
        bool is_preferred = false;
        const char *label = plain_label(block_label(table, block, n), &is_preferred);
        guint before = table->draft.facts->len;
        book_values(table, kind, cell, label);
        for (guint i = before; i < table->draft.facts->len; i++) {
            g_array_index(table->draft.facts, struct fact, i).is_preferred =
                is_preferred && i == before;
        }
    }
}

static void read_addresses(struct table *table)
{
    for (int n = 1;
         has_block(table, "Address", n, "Formatted") || has_block(table, "Address", n, "Street");
         n++) {
        bool is_preferred = false;
        const char *label = plain_label(block_label(table, "Address", n), &is_preferred);
        const char *const part[FACT_PARTS] = {block_cell(table, "Address", n, "PO Box"),
                                              block_cell(table, "Address", n, "Extended Address"),
                                              block_cell(table, "Address", n, "Street"),
                                              block_cell(table, "Address", n, "City"),
                                              block_cell(table, "Address", n, "Region"),
                                              block_cell(table, "Address", n, "Postal Code"),
                                              block_cell(table, "Address", n, "Country")};
        struct fact *fact = draft_parts(&table->draft, FACT_ADDRESS,
                                        block_cell(table, "Address", n, "Formatted"), label, part);
        if (fact != NULL) {
            fact->is_preferred = is_preferred;
        }
    }
}

static void read_work(struct table *table)
{
    draft_work(&table->draft, table_cell(table, "Organization Name"),
               table_cell(table, "Organization Department"),
               table_cell(table, "Organization Title"), NULL);
    for (int n = 1; has_block(table, "Organization", n, "Name"); n++) {
        block_cell(table, "Organization", n, "Type");
        draft_work(&table->draft, block_cell(table, "Organization", n, "Name"),
                   block_cell(table, "Organization", n, "Department"),
                   block_cell(table, "Organization", n, "Title"),
                   block_cell(table, "Organization", n, "Location"));
    }
}

/* Events, relations, instant messages and custom fields. */
static void read_other_blocks(struct table *table)
{
    static const struct {
        const char *block;
        enum fact_kind kind;
    } kinds[] = {{"Relation", FACT_RELATION},
                 {"Custom Field", FACT_CUSTOM},
                 {"IM", FACT_IM},
                 {"Website", FACT_URL}};
    for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
        for (int n = 1; has_block(table, kinds[k].block, n, "Value"); n++) {
            bool is_preferred = false;
            const char *service = block_cell(table, kinds[k].block, n, "Service");
            const char *label = plain_label(block_label(table, kinds[k].block, n), &is_preferred);
            book_values(table, kinds[k].kind, block_cell(table, kinds[k].block, n, "Value"),
                        *service != '\0' ? service : label);
        }
    }
    for (int n = 1; has_block(table, "Event", n, "Value"); n++) {
        bool is_preferred = false;
        const char *label = plain_label(block_label(table, "Event", n), &is_preferred);
        const char *value = block_cell(table, "Event", n, "Value");
        if (g_ascii_strcasecmp(label, "anniversary") == 0) {
            draft_date(&table->draft, FACT_ANNIVERSARY, value, table->order);
        } else {
            draft_fact(&table->draft, FACT_CUSTOM, value, label);
        }
    }
}

/* Labels of yours become tags; the system's own groups ("* myContacts") do not. */
static void read_labels(struct table *table, const char *cell)
{
    g_auto(GStrv) each = g_strsplit(cell, ":::", 64);
    for (char **label = each; *label != NULL; label++) {
        g_strstrip(*label);
        if (**label != '\0' && **label != '*') {
            draft_fact(&table->draft, FACT_TAG, *label, NULL);
        }
    }
}

static void read_name(struct table *table, bool is_new)
{
    const char *const part[5] = {
        table_cell(table, "Name Prefix"), table_cell(table, is_new ? "First Name" : "Given Name"),
        table_cell(table, is_new ? "Middle Name" : "Additional Name"),
        table_cell(table, is_new ? "Last Name" : "Family Name"), table_cell(table, "Name Suffix")};
    const char *whole = is_new ? "" : table_cell(table, "Name");
    if (!draft_name_parts(&table->draft, part)) {
        draft_name(&table->draft, whole);
    }
}

static bool read_row(struct table *table, GError **error)
{
    bool is_new = table->member->kind == FILE_GOOGLE_CSV_NEW;
    static const struct book_column columns[] = {
        {"Nickname", FACT_OTHER_NAME, "nickname"},
        {"Short Name", FACT_OTHER_NAME, "short"},
        {"Maiden Name", FACT_OTHER_NAME, "maiden"},
        {"Phonetic First Name", FACT_OTHER_NAME, "phonetic given"},
        {"Phonetic Last Name", FACT_OTHER_NAME, "phonetic family"},
        {"Given Name Yomi", FACT_OTHER_NAME, "phonetic given"},
        {"Family Name Yomi", FACT_OTHER_NAME, "phonetic family"},
        {"Yomi Name", FACT_OTHER_NAME, "phonetic"},
        {"Birthday", FACT_BIRTHDAY, NULL},
        {"Location", FACT_PLACE, NULL},
        {"Occupation", FACT_HEADLINE, NULL},
        {"Language", FACT_LANGUAGE, NULL},
        {"Notes", FACT_NOTE, NULL},
        {NULL, FACT_NONE, NULL}};
    table_start(table, ABOUT_PERSON);
    read_name(table, is_new);
    book_facts(table, columns);
    read_blocks(table, "E-mail", FACT_EMAIL);
    read_blocks(table, "Phone", FACT_PHONE);
    read_addresses(table);
    read_work(table);
    read_other_blocks(table);
    read_labels(table, table_cell(table, is_new ? "Labels" : "Group Membership"));
    return book_send(table, error);
}

static int order(enum file_kind kind)
{
    return kind == FILE_GOOGLE_CSV_NEW || kind == FILE_GOOGLE_CSV_OLD ? 1 : 0;
}

static bool read_member(const struct source_member *member, struct record_sink *sink,
                        GError **error)
{
    static const char *const dated[] = {"Birthday", NULL};
    static const struct table_plan plan = {.family = "google", .dated = dated, .each = read_row};
    return table_read(member, sink, &plan, NULL, error);
}

const struct import_source source_google = {
    .name = "google", .words = "Google contacts", .order = order, .read = read_member};
