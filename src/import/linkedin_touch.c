/* Invitations, recommendations and endorsements of a LinkedIn export: things that happened between
 * you, each with its date and direction. Messages are in linkedin_messages.c. */
#include "import/linkedin.h"

#include "base/error.h"

#include <string.h>

/* Day and instant of a cell; false with the row refused in *reason_out when it is no date. */
static bool read_when(const char *cell, struct record_touch *touch, char **reason_out)
{
    struct when when;
    g_autoptr(GError) bad = NULL;
    if (!when_parse(cell, WHEN_MONTH_FIRST, &when, &bad)) {
        *reason_out = g_strdup(bad->message);
        return false;
    }
    touch->on_day = when_first_day(&when);
    touch->at = when.hour >= 0 ? when_at(&when, NULL) : AT_NONE;
    if (touch->on_day == DAY_NONE) {
        *reason_out = g_strdup("There is no date, so it cannot be put in time.");
        return false;
    }
    return true;
}

static bool read_invitation(struct table *table, GError **error)
{
    static const char *const inviter[] = {"inviterProfileUrl", "inviterProfileUrn", NULL};
    static const char *const invitee[] = {"inviteeProfileUrl", "inviteeProfileUrn", NULL};
    bool is_out = g_ascii_strcasecmp(table_cell(table, "Direction"), "OUTGOING") == 0;
    const char *name = table_cell(table, is_out ? "To" : "From");
    const char *url = linkedin_cell(table, is_out ? invitee : inviter);
    if (*url == '\0' || strstr(url, "urn:") != NULL) {
        return table_refuse(
            table, error,
            "%s has no profile address in this row. Nobody is joined on a name alone.",
            *name != '\0' ? name : "The other side");
    }
    struct record_touch touch = {.kind = "invitation",
                                 .direction = is_out ? "out" : "in",
                                 .at = AT_NONE,
                                 .note = table_cell(table, "Message")};
    g_autofree char *reason = NULL;
    if (!read_when(table_cell(table, "Sent At"), &touch, &reason)) {
        return table_refuse(table, error, "%s", reason);
    }
    table_start(table, ABOUT_TOUCH);
    draft_name(&table->draft, name);
    draft_fact(&table->draft, FACT_URL, url, "LinkedIn");
    g_autofree char *key =
        g_strdup_printf("invitation:%s:%d", is_out ? "out" : "in", (int)touch.on_day);
    touch.key = key;
    draft_touch(&table->draft, &touch);
    table->draft.record.needs_person =
        !is_out; /* whom you invited you want to know; who invited you may be anyone */
    return draft_send(&table->draft, table->sink, NULL, error);
}

bool linkedin_read_invitations(const struct source_member *member, struct record_sink *sink,
                               GError **error)
{
    static const struct table_plan plan = {.family = "linkedin.invitations",
                                           .each = read_invitation};
    return table_read(member, sink, &plan, NULL, error);
}

static bool read_recommendation(struct table *table, GError **error)
{
    bool is_out = table->member->kind == FILE_LINKEDIN_RECOMMENDATIONS_GIVEN;
    struct record_touch touch = {.kind = "recommendation",
                                 .direction = is_out ? "out" : "in",
                                 .at = AT_NONE,
                                 .note = table_cell(table, "Text")};
    g_autofree char *reason = NULL;
    if (!read_when(table_cell(table, "Creation Date"), &touch, &reason)) {
        return table_refuse(table, error, "%s", reason);
    }
    table_start(table, ABOUT_TOUCH);
    const char *const part[5] = {NULL, table_cell(table, "First Name"), NULL,
                                 table_cell(table, "Last Name"), NULL};
    if (!draft_name_parts(&table->draft, part)) {
        return table_refuse(table, error,
                            "A recommendation without a name. Nobody to keep it for.");
    }
    draft_work(&table->draft, table_cell(table, "Company"), NULL, table_cell(table, "Job Title"),
               NULL);
    g_autofree char *key =
        g_strdup_printf("recommendation:%s:%d", touch.direction, (int)touch.on_day);
    touch.key = key;
    draft_touch(&table->draft, &touch);
    /* no address in these rows: a person of their own, proposed beside a connection of that name */
    g_autofree char *who =
        g_strdup_printf("%s %s|%s", part[1], part[3], table_cell(table, "Company"));
    return draft_send(&table->draft, table->sink, who, error);
}

bool linkedin_read_recommendations(const struct source_member *member, struct record_sink *sink,
                                   GError **error)
{
    static const struct table_plan plan = {.family = "linkedin.recommendations",
                                           .each = read_recommendation};
    return table_read(member, sink, &plan, NULL, error);
}

static bool read_endorsement(struct table *table, GError **error)
{
    static const char *const first[] = {"Endorser First Name", "Endorsee First Name", NULL};
    static const char *const last[] = {"Endorser Last Name", "Endorsee Last Name", NULL};
    static const char *const profile[] = {"Endorser Public Url", "Endorsee Public Url", NULL};
    bool is_out = table->member->kind == FILE_LINKEDIN_ENDORSEMENTS_GIVEN;
    if (g_ascii_strcasecmp(table_cell(table, "Endorsement Status"), "REJECTED") == 0) {
        return table_refuse(table, error,
                            "An endorsement that was turned down. It is not counted.");
    }
    const char *url = linkedin_cell(table, profile);
    const char *skill = table_cell(table, "Skill Name");
    struct record_touch touch = {
        .kind = "endorsement", .direction = is_out ? "out" : "in", .at = AT_NONE, .note = skill};
    g_autofree char *reason = NULL;
    if (!read_when(table_cell(table, "Endorsement Date"), &touch, &reason)) {
        return table_refuse(table, error, "%s", reason);
    }
    if (*url == '\0') {
        return table_refuse(
            table, error,
            "An endorsement without a profile address. Nobody is joined on a name alone.");
    }
    table_start(table, ABOUT_TOUCH);
    const char *const part[5] = {NULL, linkedin_cell(table, first), NULL,
                                 linkedin_cell(table, last), NULL};
    draft_name_parts(&table->draft, part);
    draft_fact(&table->draft, FACT_URL, url, "LinkedIn");
    g_autofree char *key = g_strdup_printf("endorsement:%s:%s", touch.direction, skill);
    touch.key = key;
    draft_touch(&table->draft, &touch);
    return draft_send(&table->draft, table->sink, NULL, error);
}

bool linkedin_read_endorsements(const struct source_member *member, struct record_sink *sink,
                                GError **error)
{
    static const struct table_plan plan = {.family = "linkedin.endorsements",
                                           .each = read_endorsement};
    return table_read(member, sink, &plan, NULL, error);
}
