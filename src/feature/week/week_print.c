/* The week and the suggestions for a terminal. */
#include "feature/week/week_parts.h"

#include "base/money.h"
#include "base/words.h"

#include <string.h>

#define WRAP 78

static const char *text_of(const json_t *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json, name));
    return text == NULL ? "" : text;
}

static int int_of(const json_t *json, const char *name)
{
    return (int)json_integer_value(json_object_get(json, name));
}

/* Text in lines of WRAP letters, each begun with so many blanks. */
static void print_wrapped(FILE *out, int indent, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    glong at = 0;
    for (char **word = words; *word != NULL; word++) {
        glong width = g_utf8_strlen(*word, -1);
        if (at > 0 && indent + at + 1 + width > WRAP) {
            fputc('\n', out);
            at = 0;
        }
        fprintf(out, "%*s%s", at == 0 ? indent : 1, "", *word);
        at += width + (at > 0);
    }
    fputc('\n', out);
}

static char *dollars(int64_t cents)
{
    struct money money = {.cents = cents, .currency = "USD"};
    return cents == 0 ? g_strdup("free") : money_format(&money);
}

static void print_numbers(const json_t *week, FILE *out)
{
    int used = int_of(week, "minutes_used");
    int planned = int_of(week, "minutes_planned");
    int minutes = int_of(week, "minutes");
    g_autofree char *left = words_minutes(MAX(minutes - used - planned, 0));
    g_autofree char *all = words_minutes(minutes);
    g_autofree char *done = words_minutes(used);
    g_autofree char *open = words_minutes(planned);
    int64_t cents_left =
        MAX(int_of(week, "cents") - int_of(week, "cents_used") - int_of(week, "cents_planned"), 0);
    struct money money = {.cents = cents_left, .currency = "USD"};
    struct money most = {.cents = int_of(week, "cents"), .currency = "USD"};
    g_autofree char *money_left = money_format(&money);
    g_autofree char *money_all = money_format(&most);
    fprintf(out, "Time left %s of %s (%s used, %s planned)\n", left, all, done, open);
    fprintf(out, "Money left %s of %s\n", money_left, money_all);
    fprintf(out, "Messages %d of %d at most\n", int_of(week, "messages"),
            int_of(week, "messages_max"));
}

static void print_step(const json_t *step, FILE *out)
{
    const char *state = text_of(step, "state");
    int minutes = int_of(step, "minutes");
    int late = int_of(step, "days_late");
    g_autofree char *time = words_minutes(minutes);
    g_autofree char *cost = dollars(json_integer_value(json_object_get(step, "cents")));
    g_autofree char *days = words_late(late);
    fprintf(out, "  %s %s\n", strcmp(state, "done") == 0 ? "x" : "-", text_of(step, "title"));
    if (strcmp(state, "done") != 0 && text_of(step, "why")[0] != '\0') {
        print_wrapped(out, 4, text_of(step, "why"));
    }
    fprintf(out, "    %s%s%s%s%s%s", late > 0 ? days : "", late > 0 ? ", " : "",
            minutes > 0 ? time : "", minutes > 0 ? ", " : "", cost,
            json_is_true(json_object_get(step, "is_pinned")) ? ", pinned by you" : "");
    const char *id = text_of(step, "step_id");
    fprintf(out, "  [%s]\n", id[0] != '\0' ? id : text_of(step, "key"));
}

void week_print(const json_t *result, FILE *out, const struct env *env)
{
    int32_t today = clock_today(&env->clock);
    const char *day = "";
    size_t i;
    json_t *one;
    bool is_proposal = false;
    fprintf(out, "%s\n", text_of(result, "days"));
    print_wrapped(out, 0, text_of(result, "lead"));
    fputc('\n', out);
    print_numbers(result, out);
    json_array_foreach(json_object_get(result, "steps"), i, one)
    {
        if (strcmp(text_of(one, "day"), day) != 0) {
            int32_t at;
            day = text_of(one, "day");
            g_autofree char *words = day_parse(day, &at) ? day_words(at, today) : g_strdup(day);
            fprintf(out, "\n%s\n", words);
        }
        print_step(one, out);
        is_proposal = is_proposal || strcmp(text_of(one, "state"), "proposed") == 0;
    }
    json_t *moved = json_object_get(result, "moved");
    json_t *news = json_object_get(result, "news");
    fputs(json_array_size(moved) > 0 ? "\nWhat moved\n" : "", out);
    json_array_foreach(moved, i, one)
    {
        print_wrapped(out, 2, json_string_value(one));
    }
    fputs(json_array_size(news) > 0 ? "\nChanged since you agreed; `ligature week plan` takes it "
                                      "in\n"
                                    : "",
          out);
    json_array_foreach(news, i, one)
    {
        print_wrapped(out, 2, json_string_value(one));
    }
    json_t *left = json_object_get(result, "left");
    fputs(json_array_size(left) > 0 ? "\nNext best, not chosen\n" : "", out);
    for (i = 0; i < MIN(json_array_size(left), 5); i++) {
        one = json_array_get(left, i);
        fprintf(out, "  %s: %s\n", text_of(one, "title"), text_of(one, "why_not"));
    }
    if (is_proposal) {
        fputs("\n`ligature week accept` makes these the steps of your week.\n", out);
    }
}

void week_print_review(const json_t *result, FILE *out, const struct env *env)
{
    size_t i;
    json_t *one;
    json_t *waiting = json_object_get(result, "waiting");
    json_t *thanks = json_object_get(result, "thanks");
    const char *came = text_of(result, "came");
    fprintf(out, "%s\n", text_of(result, "days"));
    print_wrapped(out, 0, came[0] != '\0' ? came : "Nothing was planned, done or written.");
    fputs(json_array_size(waiting) > 0 ? "\nWaits for an answer\n" : "", out);
    json_array_foreach(waiting, i, one)
    {
        g_autofree char *span = words_span(int_of(one, "days"));
        fprintf(out, "  %s, you wrote %s ago  [%s]\n", text_of(one, "name"), span,
                text_of(one, "person_id"));
    }
    fputs(json_array_size(thanks) > 0 ? "\nPeople to thank\n" : "", out);
    json_array_foreach(thanks, i, one)
    {
        fprintf(out, "  %s  [%s]\n", text_of(one, "title"), text_of(one, "key"));
    }
    fputs("\n`ligature week limits` changes hours and money, `ligature suggestion refuse` leaves "
          "something out,\n`ligature week accept --week DAY` agrees to a week.\n",
          out);
}

void week_print_plan(const json_t *result, FILE *out, const struct env *env)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(result, "moved"), i, one)
    {
        print_wrapped(out, 0, json_string_value(one));
    }
    if (i == 0) {
        print_wrapped(out, 0, text_of(result, "message"));
    } else {
        fprintf(out, "`ligature change undo %s` takes it back.\n", text_of(result, "change_id"));
    }
}

void suggestion_print(const json_t *result, FILE *out, const struct env *env)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(result, "suggestions"), i, one)
    {
        g_autofree char *time = words_minutes(int_of(one, "minutes"));
        g_autofree char *cost = dollars(json_integer_value(json_object_get(one, "cents")));
        fprintf(out, "%4d  %s (%s, %s)  [%s]\n", int_of(one, "points"), text_of(one, "title"), time,
                cost, text_of(one, "key"));
        print_wrapped(out, 6, text_of(one, "why"));
    }
    if (json_array_size(json_object_get(result, "suggestions")) == 0) {
        fputs("Nothing is suggested.\n", out);
    }
}
