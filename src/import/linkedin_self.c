/* What a LinkedIn export says of its owner: profile, positions, schools, skills. Each row becomes
 * facts of the self person; its key is what stays the same when the row is edited. */
#include "import/linkedin.h"

#include <string.h>

/* "Mar 2020" -> "2020-03"; as written when it is no date; NULL when empty. */
static const char *span_end(struct table *table, const char *cell)
{
    struct when when;
    char text[WHEN_TEXT];
    if (*cell == '\0') {
        return NULL;
    }
    if (!when_parse(cell, WHEN_MONTH_FIRST, &when, NULL)) {
        return draft_text(&table->draft, cell);
    }
    return draft_text(&table->draft, when_format(&when, text));
}

static void read_profile(struct table *table)
{
    const char *const part[5] = {NULL, table_cell(table, "First Name"), NULL,
                                 table_cell(table, "Last Name"), NULL};
    draft_name_parts(&table->draft, part);
    draft_fact(&table->draft, FACT_OTHER_NAME, table_cell(table, "Maiden Name"), "maiden");
    draft_fact(&table->draft, FACT_HEADLINE, table_cell(table, "Headline"), NULL);
    draft_fact(&table->draft, FACT_NOTE, table_cell(table, "Summary"), "summary");
    draft_fact(&table->draft, FACT_PLACE, table_cell(table, "Geo Location"), NULL);
    draft_fact(&table->draft, FACT_ADDRESS, table_cell(table, "Address"), NULL);
    draft_date(&table->draft, FACT_BIRTHDAY, table_cell(table, "Birth Date"), WHEN_MONTH_FIRST);
    draft_fact(&table->draft, FACT_URL, table_cell(table, "Websites"), NULL);
    draft_fact(&table->draft, FACT_IM, table_cell(table, "Instant Messengers"), NULL);
    draft_fact(&table->draft, FACT_IM, table_cell(table, "Twitter Handles"), "Twitter");
}

static void read_position(struct table *table)
{
    const char *begins = span_end(table, table_cell(table, "Started On"));
    const char *ends = span_end(table, table_cell(table, "Finished On"));
    draft_work(&table->draft, table_cell(table, "Company Name"), NULL, table_cell(table, "Title"),
               table_cell(table, "Location"));
    if (table->draft.facts->len > 0) {
        struct fact *fact =
            &g_array_index(table->draft.facts, struct fact, table->draft.facts->len - 1);
        fact->begins = begins;
        fact->ends = ends != NULL ? ends : begins != NULL ? "" : NULL;
    }
    draft_fact(&table->draft, FACT_NOTE, table_cell(table, "Description"), "position");
}

static void read_education(struct table *table)
{
    const char *const part[FACT_PARTS] = {table_cell(table, "School Name"),
                                          table_cell(table, "Degree Name")};
    const char *begins = span_end(table, table_cell(table, "Start Date"));
    const char *ends = span_end(table, table_cell(table, "End Date"));
    struct fact *fact = draft_parts(&table->draft, FACT_SCHOOL, NULL, NULL, part);
    if (fact != NULL) {
        fact->begins = begins;
        fact->ends = ends;
    }
    draft_fact(&table->draft, FACT_NOTE, table_cell(table, "Notes"), "school");
    draft_fact(&table->draft, FACT_NOTE, table_cell(table, "Activities"), "activities");
}

static void read_certificate(struct table *table)
{
    const char *name = table_cell(table, "Name");
    const char *const part[FACT_PARTS] = {table_cell(table, "Authority"),
                                          table_cell(table, "License Number")};
    const char *begins = span_end(table, table_cell(table, "Started On"));
    const char *ends = span_end(table, table_cell(table, "Finished On"));
    struct fact *fact = draft_parts(&table->draft, FACT_CERTIFICATE, name, NULL, part);
    if (fact != NULL) {
        fact->begins = begins;
        fact->ends = ends;
    }
}

static void read_honor(struct table *table)
{
    static const char *const issued[] = {"Issued On", "Issue Date", NULL};
    const char *begins = span_end(table, linkedin_cell(table, issued));
    struct fact *fact = draft_fact(&table->draft, FACT_HONOR, table_cell(table, "Title"), NULL);
    if (fact != NULL) {
        fact->begins = begins;
    }
}

static void read_publication(struct table *table)
{
    struct when when;
    char year[8] = "";
    if (when_parse(table_cell(table, "Published On"), WHEN_MONTH_FIRST, &when, NULL) &&
        when.year > 0) {
        g_snprintf(year, sizeof year, "%d", when.year);
    }
    const char *const part[FACT_PARTS] = {NULL, NULL, table_cell(table, "Publisher"), year};
    draft_parts(&table->draft, FACT_PAPER, table_cell(table, "Name"), NULL, part);
}

static void read_language(struct table *table)
{
    const char *const part[FACT_PARTS] = {table_cell(table, "Proficiency")};
    draft_parts(&table->draft, FACT_LANGUAGE, table_cell(table, "Name"), NULL, part);
}

/* One row of the member at hand, as facts. */
static void read_by_kind(struct table *table)
{
    switch (table->member->kind) {
    case FILE_LINKEDIN_PROFILE: read_profile(table); break;
    case FILE_LINKEDIN_PROFILE_SUMMARY:
        draft_fact(&table->draft, FACT_NOTE, table_cell(table, "Profile Summary"), "summary");
        break;
    case FILE_LINKEDIN_POSITIONS: read_position(table); break;
    case FILE_LINKEDIN_EDUCATION: read_education(table); break;
    case FILE_LINKEDIN_SKILLS:
        draft_fact(&table->draft, FACT_SKILL, table_cell(table, "Name"), NULL);
        break;
    case FILE_LINKEDIN_LANGUAGES: read_language(table); break;
    case FILE_LINKEDIN_CERTIFICATIONS: read_certificate(table); break;
    case FILE_LINKEDIN_HONORS: read_honor(table); break;
    case FILE_LINKEDIN_PUBLICATIONS: read_publication(table); break;
    case FILE_LINKEDIN_EMAILS:
        draft_fact(&table->draft, FACT_EMAIL, table_cell(table, "Email Address"), NULL);
        break;
    case FILE_LINKEDIN_PHONES:
        draft_fact(&table->draft, FACT_PHONE, table_cell(table, "Number"),
                   table_cell(table, "Type"));
        break;
    default: break;
    }
}

static bool read_row(struct table *table, GError **error)
{
    table_start(table, ABOUT_SELF);
    read_by_kind(table);
    if (draft_is_empty(&table->draft)) {
        return table_refuse(table, error, "An empty row. There is nothing to keep.");
    }
    /* one profile, so a changed one replaces it; other rows are known by what they are about */
    bool is_single = table->member->kind == FILE_LINKEDIN_PROFILE ||
                     table->member->kind == FILE_LINKEDIN_PROFILE_SUMMARY;
    const struct fact *first = &g_array_index(table->draft.facts, struct fact, 0);
    g_autofree char *key = is_single ? g_strdup("owner")
                                     : g_strdup_printf("%s|%s", first->value,
                                                       first->begins != NULL ? first->begins : "");
    return draft_send(&table->draft, table->sink, key, error);
}

bool linkedin_read_self(const struct source_member *member, struct record_sink *sink,
                        GError **error)
{
    /* "linkedin_positions" -> "linkedin.positions" */
    g_autofree char *family = g_strdup(file_kind_text(member->kind));
    char *mark = strchr(family, '_');
    if (mark != NULL) {
        *mark = '.';
    }
    const struct table_plan plan = {.family = family, .each = read_row};
    return table_read(member, sink, &plan, NULL, error);
}
