/* Thunderbird's own address-book CSV. Some versions end each line with a comma, so rows may have
 * one cell too many. */
#include "import/book.h"

/* Birth Year, Birth Month, Birth Day -> 1988-06-15, --06-15 or nothing. */
static void read_birthday(struct table *table)
{
    gint64 year = g_ascii_strtoll(table_cell(table, "Birth Year"), NULL, 10);
    gint64 month = g_ascii_strtoll(table_cell(table, "Birth Month"), NULL, 10);
    gint64 day = g_ascii_strtoll(table_cell(table, "Birth Day"), NULL, 10);
    if (month < 1 || month > 12 || day < 1 || day > 31) {
        return;
    }
    g_autofree char *text = year > 0 && year < 10000
                                ? g_strdup_printf("%04d-%02d-%02d", (int)year, (int)month, (int)day)
                                : g_strdup_printf("--%02d-%02d", (int)month, (int)day);
    draft_date(&table->draft, FACT_BIRTHDAY, text, WHEN_ORDER_UNKNOWN);
}

static bool read_row(struct table *table, GError **error)
{
    static const struct book_column columns[] = {{"Nickname", FACT_OTHER_NAME, "nickname"},
                                                 {"Primary Email", FACT_EMAIL, NULL},
                                                 {"Secondary Email", FACT_EMAIL, NULL},
                                                 {"Screen Name", FACT_IM, NULL},
                                                 {"Work Phone", FACT_PHONE, "work"},
                                                 {"Home Phone", FACT_PHONE, "home"},
                                                 {"Fax Number", FACT_PHONE, "fax"},
                                                 {"Pager Number", FACT_PHONE, "pager"},
                                                 {"Mobile Number", FACT_PHONE, "mobile"},
                                                 {"Web Page 1", FACT_URL, "work"},
                                                 {"Web Page 2", FACT_URL, "home"},
                                                 {"Notes", FACT_NOTE, NULL},
                                                 {NULL, FACT_NONE, NULL}};
    table_start(table, ABOUT_PERSON);
    const char *const part[5] = {NULL, table_cell(table, "First Name"), NULL,
                                 table_cell(table, "Last Name"), NULL};
    const char *display = table_cell(table, "Display Name");
    if (!draft_name_parts(&table->draft, part)) {
        draft_name(&table->draft, display);
    }
    book_facts(table, columns);
    draft_work(&table->draft, table_cell(table, "Organization"), table_cell(table, "Department"),
               table_cell(table, "Job Title"), NULL);
    book_address(table, "Home", "home");
    book_address(table, "Work", "work");
    read_birthday(table);
    return book_send(table, error);
}

static int order(enum file_kind kind)
{
    return kind == FILE_THUNDERBIRD_CSV ? 1 : 0;
}

static bool read_member(const struct source_member *member, struct record_sink *sink,
                        GError **error)
{
    static const struct table_plan plan = {.family = "thunderbird", .each = read_row};
    return table_read(member, sink, &plan, NULL, error);
}

const struct import_source source_thunderbird = {.name = "thunderbird",
                                                 .words = "Thunderbird address book",
                                                 .order = order,
                                                 .read = read_member};
