/* The strategies in a terminal. */
#include "feature/strategies/strategies_parts.h"

#include "base/words.h"

static const char *text_of(const json_t *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json, name));
    return text != NULL ? text : "";
}

static int64_t number_of(const json_t *json, const char *name)
{
    return json_integer_value(json_object_get(json, name));
}

/* "58% of 19"; a dash where nothing was written. New string. */
static char *replies_of(const json_t *one)
{
    int64_t of = number_of(one, "messages");
    return of == 0 ? g_strdup("-")
                   : g_strdup_printf("%d%% of %d",
                                     (int)((number_of(one, "replies") * 100 + of / 2) / of),
                                     (int)of);
}

void strategies_print_list(const json_t *result, FILE *out, const struct env *env)
{
    size_t index;
    json_t *one;
    fprintf(out, "%-44s %5s  %-10s %5s %6s %7s %7s %8s %8s\n", "Strategy", "Steps", "Replies",
            "Talks", "Intros", "Mentors", "Letters", "Time", "Dollars");
    json_array_foreach(json_object_get(result, "strategies"), index, one)
    {
        g_autofree char *replies = replies_of(one);
        g_autofree char *hours = outcome_hours(number_of(one, "minutes"));
        g_autofree char *money = outcome_money(number_of(one, "cents"));
        fprintf(out, "%-44s %5d  %-10s %5d %6d %7d %7d %8s %8s\n", text_of(one, "name"),
                (int)number_of(one, "steps"), replies, (int)number_of(one, "talks"),
                (int)number_of(one, "introductions"), (int)number_of(one, "mentors"),
                (int)number_of(one, "letters"), number_of(one, "minutes") > 0 ? hours : "-",
                number_of(one, "cents") > 0 ? money : "-");
    }
}

void strategies_print_show(const json_t *result, FILE *out, const struct env *env)
{
    size_t index;
    json_t *one;
    g_autofree char *replies = replies_of(result);
    g_autofree char *hours = outcome_hours(number_of(result, "minutes"));
    fprintf(out, "%s\n%s.\n\nSteps %d, replies %s, talks %d, time %s\n\nWhat to do next\n",
            text_of(result, "name"), text_of(result, "benefits"), (int)number_of(result, "steps"),
            replies, (int)number_of(result, "talks"),
            number_of(result, "minutes") > 0 ? hours : "-");
    json_array_foreach(json_object_get(result, "suggestions"), index, one)
    {
        g_autofree char *minutes = words_minutes((int)number_of(one, "minutes"));
        fprintf(out, "  %s (%s)\n    %s\n", text_of(one, "title"), minutes, text_of(one, "why"));
    }
    if (json_array_size(json_object_get(result, "suggestions")) == 0) {
        fputs("  Nothing of this kind is due now.\n", out);
    }
    fprintf(out, "\nWhat it asks of you\n  What you do: %s.\n  What is hard: %s.\n",
            text_of(result, "activities"), text_of(result, "challenges"));
}

void strategies_print_rows(const json_t *result, FILE *out, const struct env *env)
{
    size_t index;
    json_t *one;
    json_array_foreach(json_object_get(result, "rows"), index, one)
    {
        fprintf(out, "%s  %s", text_of(one, "on"), text_of(one, "words"));
        if (*text_of(one, "name") != '\0') {
            fprintf(out, ", %s", text_of(one, "name"));
        }
        fputc('\n', out);
    }
    if (json_array_size(json_object_get(result, "rows")) == 0) {
        fputs("Nothing yet.\n", out);
    }
}
