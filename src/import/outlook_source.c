/* Outlook's families of CSV: Windows, outlook.com, Hotmail, Google's "Outlook CSV". The names of
 * the columns are nearly one set; order and number differ, so everything goes by name. A translated
 * header is read by csv_source.c. */
#include "import/book.h"

#include <string.h>

/* E-mail Address, E-mail 2 Address, ...: an Exchange name (type EX) is no address. */
static void read_mails(struct table *table)
{
    static const char *const stems[] = {"E-mail", "E-mail 2", "E-mail 3"};
    for (size_t i = 0; i < G_N_ELEMENTS(stems); i++) {
        g_autofree char *address = g_strconcat(stems[i], " Address", NULL);
        g_autofree char *type = g_strconcat(stems[i], " Type", NULL);
        g_autofree char *display = g_strconcat(stems[i], " Display Name", NULL);
        const char *cell = table_cell(table, address);
        table_cell(table, display);
        bool is_exchange = g_ascii_strcasecmp(table_cell(table, type), "EX") == 0;
        if (is_exchange && *cell != '\0') {
            draft_fact(&table->draft, FACT_CUSTOM, cell, "Exchange name");
        } else {
            book_values(table, FACT_EMAIL, cell, NULL);
        }
    }
}

static void read_categories(struct table *table)
{
    g_auto(GStrv) each = g_strsplit_set(table_cell(table, "Categories"), ";,", 64);
    for (char **category = each; *category != NULL; category++) {
        draft_fact(&table->draft, FACT_TAG, g_strstrip(*category), NULL);
    }
}

/* Constant columns that say nothing of the person. */
static void pass_over(struct table *table)
{
    static const char *const columns[] = {
        "Gender",          "Priority",           "Sensitivity", "Private",
        "Initials",        "Internet Free Busy", "Mileage",     "Billing Information",
        "Directory Server"};
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        const char *cell = table_cell(table, columns[i]);
        if (*cell != '\0' && !book_is_filler(cell)) {
            draft_fact(&table->draft, FACT_CUSTOM, cell, columns[i]);
        }
    }
}

static bool read_row(struct table *table, GError **error)
{
    static const struct book_column columns[] = {
        {"Nickname", FACT_OTHER_NAME, "nickname"},
        {"Given Yomi", FACT_OTHER_NAME, "phonetic given"},
        {"Surname Yomi", FACT_OTHER_NAME, "phonetic family"},
        {"Given Name Yomi", FACT_OTHER_NAME, "phonetic given"},
        {"Family Name Yomi", FACT_OTHER_NAME, "phonetic family"},
        {"Mobile Phone", FACT_PHONE, "mobile"},
        {"Business Phone", FACT_PHONE, "work"},
        {"Business Phone 2", FACT_PHONE, "work"},
        {"Home Phone", FACT_PHONE, "home"},
        {"Home Phone 2", FACT_PHONE, "home"},
        {"Primary Phone", FACT_PHONE, "main"},
        {"Other Phone", FACT_PHONE, "other"},
        {"Company Main Phone", FACT_PHONE, "switchboard"},
        {"Car Phone", FACT_PHONE, "car"},
        {"Pager", FACT_PHONE, "pager"},
        {"Assistant's Phone", FACT_PHONE, "assistant"},
        {"Business Fax", FACT_PHONE, "fax work"},
        {"Home Fax", FACT_PHONE, "fax home"},
        {"Other Fax", FACT_PHONE, "fax other"},
        {"Callback", FACT_PHONE, "callback"},
        {"Radio Phone", FACT_PHONE, "radio"},
        {"ISDN", FACT_PHONE, "isdn"},
        {"TTY/TDD Phone", FACT_PHONE, "tty"},
        {"Telex", FACT_CUSTOM, "Telex"},
        {"IMAddress", FACT_IM, NULL},
        {"Web Page", FACT_URL, NULL},
        {"Personal Web Page", FACT_URL, "personal"},
        {"Birthday", FACT_BIRTHDAY, NULL},
        {"Anniversary", FACT_ANNIVERSARY, NULL},
        {"Location", FACT_PLACE, NULL},
        {"Schools", FACT_SCHOOL, NULL},
        {"Language", FACT_LANGUAGE, NULL},
        {"Profession", FACT_HEADLINE, NULL},
        {"Spouse", FACT_RELATION, "spouse"},
        {"Children", FACT_RELATION, "children"},
        {"Manager's Name", FACT_RELATION, "manager"},
        {"Assistant's Name", FACT_RELATION, "assistant"},
        {"Referred By", FACT_RELATION, "introduced by"},
        {"Notes", FACT_NOTE, NULL},
        {NULL, FACT_NONE, NULL}};
    table_start(table, ABOUT_PERSON);
    const char *const part[5] = {table_cell(table, "Title"), table_cell(table, "First Name"),
                                 table_cell(table, "Middle Name"), table_cell(table, "Last Name"),
                                 table_cell(table, "Suffix")};
    draft_name_parts(&table->draft, part);
    read_mails(table);
    draft_work(&table->draft, table_cell(table, "Company"), table_cell(table, "Department"),
               table_cell(table, "Job Title"), table_cell(table, "Office Location"));
    book_facts(table, columns);
    book_address(table, "Business", "work");
    book_address(table, "Home", "home");
    book_address(table, "Other", "other");
    read_categories(table);
    pass_over(table);
    return book_send(table, error);
}

static int order(enum file_kind kind)
{
    return kind == FILE_OUTLOOK_CSV ? 1 : 0;
}

static bool read_member(const struct source_member *member, struct record_sink *sink,
                        GError **error)
{
    static const char *const dated[] = {"Birthday", "Anniversary", NULL};
    static const struct table_plan plan = {.family = "outlook", .dated = dated, .each = read_row};
    return table_read(member, sink, &plan, NULL, error);
}

const struct import_source source_outlook = {
    .name = "outlook", .words = "Outlook contacts", .order = order, .read = read_member};
