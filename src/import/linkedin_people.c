/* Connections.csv and Contacts.csv: the people of a LinkedIn export. The profile address is the
 * key; e-mail is nearly always absent. Rows of closed accounts have nothing but their date. */
#include "import/linkedin.h"

#include "base/error.h"

#include <string.h>

/* The day you were connected, as a fact and as a touch. */
static void read_connected(struct table *table, const char *cell)
{
    struct when when;
    if (*cell == '\0' || !when_parse(cell, WHEN_MONTH_FIRST, &when, NULL)) {
        if (*cell != '\0') {
            draft_fact(&table->draft, FACT_CONNECTED, cell, "LinkedIn");
        }
        return;
    }
    char text[WHEN_TEXT];
    draft_fact(&table->draft, FACT_CONNECTED, when_format(&when, text), "LinkedIn");
    int32_t day = when_day(&when);
    if (day != DAY_NONE) {
        draft_touch(&table->draft, &(struct record_touch){.kind = "invitation_accepted",
                                                          .direction = "both",
                                                          .at = AT_NONE,
                                                          .on_day = day,
                                                          .key = "connected"});
    }
}

static bool read_connection(struct table *table, GError **error)
{
    table_start(table, ABOUT_PERSON);
    const char *const part[5] = {NULL, table_cell(table, "First Name"), NULL,
                                 table_cell(table, "Last Name"), NULL};
    const char *url = table_cell(table, "URL");
    bool has_name = draft_name_parts(&table->draft, part);
    draft_fact(&table->draft, FACT_URL, url, "LinkedIn");
    const char *mail = table_cell(table, "Email Address");
    draft_fact(&table->draft, FACT_EMAIL, mail, NULL);
    const char *company = table_cell(table, "Company");
    const char *position = table_cell(table, "Position");
    if (!has_name && *url == '\0' && *mail == '\0') {
        return table_refuse(
            table, error, "%s",
            *company == '\0' && *position == '\0'
                ? "No name, no address, no profile. The account was closed; there is nothing to "
                  "keep."
                : "A position without a name, an address or a profile. Nobody to keep it for.");
    }
    draft_work(&table->draft, company, NULL, position, NULL);
    read_connected(table, table_cell(table, "Connected On"));
    table_rest(table);
    return draft_send(&table->draft, table->sink, NULL, error);
}

bool linkedin_read_connections(const struct source_member *member, struct record_sink *sink,
                               GError **error)
{
    static const struct table_plan plan = {.family = "linkedin.connections",
                                           .each = read_connection};
    return table_read(member, sink, &plan, NULL, error);
}

/* Several addresses or numbers in one cell, parted by commas, semicolons or line breaks. */
static void read_several(struct table *table, enum fact_kind kind, const char *cell)
{
    g_auto(GStrv) each = g_strsplit_set(cell, ",;\n|", 64);
    for (char **value = each; *value != NULL; value++) {
        draft_fact(&table->draft, kind, g_strstrip(*value), NULL);
    }
}

static bool read_contact(struct table *table, GError **error)
{
    static const char *const first[] = {"FirstName", "First Name", NULL};
    static const char *const last[] = {"LastName", "Last Name", NULL};
    static const char *const full[] = {"FullName", "Full Name", NULL};
    static const char *const mails[] = {"Emails", "Email Address", NULL};
    static const char *const phones[] = {"PhoneNumbers", "Phone Numbers", NULL};
    static const char *const im[] = {"InstantMessageHandles", "Instant Message Handles", NULL};
    static const char *const created[] = {"CreatedAt", "Created At", NULL};
    static const char *const marked[] = {"BookmarkedAt", "Bookmarked At", NULL};
    table_start(table, ABOUT_PERSON);
    const char *const part[5] = {NULL, linkedin_cell(table, first), NULL,
                                 linkedin_cell(table, last), NULL};
    const char *whole = linkedin_cell(table, full);
    if (!draft_name_parts(&table->draft, part)) {
        draft_name(&table->draft, whole);
    }
    read_several(table, FACT_EMAIL, linkedin_cell(table, mails));
    read_several(table, FACT_PHONE, linkedin_cell(table, phones));
    read_several(table, FACT_URL, table_cell(table, "Profiles"));
    read_several(table, FACT_URL, table_cell(table, "Sites"));
    draft_fact(&table->draft, FACT_IM, linkedin_cell(table, im), NULL);
    draft_fact(&table->draft, FACT_PLACE, table_cell(table, "Location"), NULL);
    draft_fact(&table->draft, FACT_ADDRESS, table_cell(table, "Addresses"), NULL);
    draft_date(&table->draft, FACT_BIRTHDAY, table_cell(table, "Birthday"), WHEN_MONTH_FIRST);
    draft_work(&table->draft, table_cell(table, "Companies"), NULL, table_cell(table, "Title"),
               NULL);
    linkedin_cell(table, created); /* when LinkedIn copied the row: says nothing of the person */
    linkedin_cell(table, marked);
    table_cell(table, "Source");
    if (!draft_has_person(&table->draft)) {
        return table_refuse(table, error,
                            "No name, no address, no number. There is nothing to keep.");
    }
    table_rest(table);
    return draft_send(&table->draft, table->sink, NULL, error);
}

bool linkedin_read_contacts(const struct source_member *member, struct record_sink *sink,
                            GError **error)
{
    static const struct table_plan plan = {.family = "linkedin.contacts", .each = read_contact};
    return table_read(member, sink, &plan, NULL, error);
}
