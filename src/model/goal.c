/* Rules of the goal: an answer as it was typed becomes the answer as it is stored, or a sentence
 * that says what is wrong with it. */
#include "model/goal_part.h"

#include "base/fold.h"
#include "base/money.h"
#include "data_goal_fields.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define NONE "none"

G_GNUC_PRINTF(3, 4)
static char *invalid(const struct data_goal_fields *field, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *words = g_strdup_vprintf(format, args);
    va_end(args);
    refuse(error, "goal.invalid", "%s: %s", field->title, words);
    return NULL;
}

/* ---- choices ---- */

/* Adds the id of what was typed, once. */
static bool add_choice(const struct data_goal_fields *field, const char *typed, GPtrArray *ids)
{
    const char *id = goal_choice_find(field, typed);
    if (id != NULL && !g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL)) {
        g_ptr_array_add(ids, (gpointer)id);
    }
    return id != NULL;
}

/* A part between commas is a choice whole ("Family Medicine"), or ids parted by blanks. The first
 * that is neither goes to *unknown_out, a new string. */
static bool add_part(const struct data_goal_fields *field, char *part, GPtrArray *ids,
                     char **unknown_out)
{
    part = g_strstrip(part);
    if (part[0] == '\0' || add_choice(field, part, ids)) {
        return true;
    }
    g_auto(GStrv) words = g_strsplit_set(part, " \t\n", -1);
    for (int i = 0; words[i] != NULL; i++) {
        if (words[i][0] != '\0' && !add_choice(field, words[i], ids)) {
            *unknown_out = g_strdup(words[1] == NULL ? words[i] : part);
            return false;
        }
    }
    return true;
}

static char *canonical_choices(const struct data_goal_fields *field, const char *value,
                               GError **error)
{
    if (field->has_none && g_ascii_strcasecmp(value, NONE) == 0) {
        return g_strdup(NONE);
    }
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    g_auto(GStrv) parts = g_strsplit_set(value, ",;", -1);
    for (int i = 0; parts[i] != NULL; i++) {
        g_autofree char *unknown = NULL;
        if (!add_part(field, parts[i], ids, &unknown)) {
            return invalid(field, error, "“%s” is none of the choices.", unknown);
        }
    }
    if (ids->len == 0 || (int)ids->len > field->most) {
        return field->most == 1 ? invalid(field, error, "One answer is needed.")
                                : invalid(field, error, "At most %d are kept.", field->most);
    }
    g_ptr_array_add(ids, NULL);
    return g_strjoinv(" ", (char **)ids->pdata);
}

/* ---- words and numbers ---- */

static char *canonical_words(const struct data_goal_fields *field, const char *value,
                             GError **error)
{
    if (g_utf8_strlen(value, -1) > field->most) {
        return invalid(field, error, "At most %d letters are kept.", field->most);
    }
    return g_strdup(value);
}

static char *canonical_year(struct book *book, const struct data_goal_fields *field,
                            const char *value, GError **error)
{
    int now;
    int month;
    int day;
    char *end;
    day_to_ymd(book_today(book), &now, &month, &day);
    long year = strtol(value, &end, 10);
    if (*end != '\0' || end == value || year < now + field->low || year > now + field->high) {
        return invalid(field, error, "A year from %d to %d is needed.", now + field->low,
                       now + field->high);
    }
    return g_strdup_printf("%ld", year);
}

static char *canonical_zone(const struct data_goal_fields *field, const char *value, GError **error)
{
    g_autoptr(GTimeZone) zone =
        strchr(value, '/') == NULL ? NULL : g_time_zone_new_identifier(value);
    if (zone == NULL) {
        return invalid(field, error, "“%s” is no time zone. One is America/New_York.", value);
    }
    return g_strdup(g_time_zone_get_identifier(zone));
}

/* "6", "6.5", "6 h", "90 min"; stored as minutes. */
static char *canonical_hours(const struct data_goal_fields *field, const char *value,
                             GError **error)
{
    char *end;
    double number = g_ascii_strtod(value, &end);
    const char *unit = end + strspn(end, " ");
    bool is_minutes = strcmp(unit, "min") == 0;
    bool is_hours = unit[0] == '\0' || strcmp(unit, "h") == 0 || strcmp(unit, "hours") == 0;
    double minutes = is_minutes ? number : number * 60;
    if (end == value || !(is_minutes || is_hours) || !(minutes >= field->low) ||
        !(minutes <= field->high)) {
        return invalid(field, error, "A number of hours from %d to %d is needed.", field->low / 60,
                       field->high / 60);
    }
    return g_strdup_printf("%d", (int)(minutes + 0.5));
}

/* Stored as cents. */
static char *canonical_money(const struct data_goal_fields *field, const char *value,
                             GError **error)
{
    struct money money;
    if (!money_parse(value, "USD", &money) || strcmp(money.currency, "USD") != 0 ||
        money.cents > field->high) {
        return invalid(field, error, "A sum in dollars is needed, such as 80. None is 0.");
    }
    return g_strdup_printf("%" G_GINT64_FORMAT, money.cents);
}

char *goal_canonical(struct book *book, const struct data_goal_fields *field, const char *value,
                     GError **error)
{
    if (strcmp(field->kind, "one") == 0 || strcmp(field->kind, "many") == 0) {
        return canonical_choices(field, value, error);
    }
    if (strcmp(field->kind, "year") == 0) {
        return canonical_year(book, field, value, error);
    }
    if (strcmp(field->kind, "zone") == 0) {
        return canonical_zone(field, value, error);
    }
    if (strcmp(field->kind, "hours") == 0) {
        return canonical_hours(field, value, error);
    }
    if (strcmp(field->kind, "money") == 0) {
        return canonical_money(field, value, error);
    }
    return canonical_words(field, value, error);
}

/* ---- members ---- */

enum member_type { MEMBER_NONE, MEMBER_TEXT, MEMBER_LIST, MEMBER_INT, MEMBER_INT64 };
#define MEMBER(name, type)                                                                         \
    {                                                                                              \
#name, offsetof(struct goal, name), type                                                   \
    }

void goal_take(struct goal *goal, const char *field, const char *value, GStringChunk *text)
{
    static const struct {
        const char *field;
        size_t offset;
        enum member_type type;
    } members[] = {
        MEMBER(specialties, MEMBER_LIST),    MEMBER(cycle, MEMBER_INT),
        MEMBER(stage, MEMBER_TEXT),          MEMBER(school, MEMBER_TEXT),
        MEMBER(school_country, MEMBER_TEXT), MEMBER(graduated, MEMBER_INT),
        MEMBER(citizenship, MEMBER_LIST),    MEMBER(visa, MEMBER_TEXT),
        MEMBER(work_permit, MEMBER_TEXT),    MEMBER(exams, MEMBER_LIST),
        MEMBER(regions, MEMBER_LIST),        MEMBER(place_now, MEMBER_TEXT),
        MEMBER(country_now, MEMBER_TEXT),    MEMBER(zone, MEMBER_TEXT),
        MEMBER(languages, MEMBER_LIST),      MEMBER(heritage, MEMBER_LIST),
        MEMBER(hours_week, MEMBER_INT),      MEMBER(money_month, MEMBER_INT64),
        MEMBER(tried, MEMBER_LIST),          MEMBER(free_days, MEMBER_LIST),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        if (strcmp(members[i].field, field) != 0) {
            continue;
        }
        char *at = (char *)goal + members[i].offset;
        bool is_none = members[i].type == MEMBER_LIST && strcmp(value, NONE) == 0;
        switch (members[i].type) {
        case MEMBER_TEXT:
        case MEMBER_LIST: *(const char **)(void *)at = is_none ? "" : keep_text(text, value); break;
        case MEMBER_INT: *(int *)(void *)at = (int)g_ascii_strtoll(value, NULL, 10); break;
        case MEMBER_INT64: *(int64_t *)(void *)at = g_ascii_strtoll(value, NULL, 10); break;
        case MEMBER_NONE: break;
        }
    }
}

const char *goal_specialty(const struct goal *goal, char buffer[static 64])
{
    if (goal->specialties == NULL || goal->specialties[0] == '\0') {
        return NULL;
    }
    size_t len = MIN(strcspn(goal->specialties, " "), 63);
    memcpy(buffer, goal->specialties, len);
    buffer[len] = '\0';
    return buffer;
}
