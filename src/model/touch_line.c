/* Reading one line about what happened. The line is cut into words; each reader takes the words it
 * understands (how long, when, what next, what kind) and marks them; what remains around "with",
 * "to", "from" or the verb is whom it was with. Nothing here decides: the reader of the page
 * confirms. */
#include "model/touch_line.h"

#include "base/fold.h"
#include "data_touch_kinds.h"
#include "model/phrase.h"
#include "model/touch_line_day.h"

#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 60
#define STEP_DAYS 2 /* thanks and promises are kept within 48 hours (data/followup.tsv) */

/* ---- words ---- */

struct line {
    struct line_word words[MAX_WORDS];
    int n;
    int32_t today;
    GStringChunk *text;
};

static bool is_break(char c)
{
    return c == ',' || c == ';' || c == '(' || c == ')' || c == ':' || c == '\n';
}

/* Cuts at blanks; a comma, semicolon or full stop after a word ends a clause. */
static void cut(struct line *line, const char *text)
{
    const char *at = text;
    while (line->n < MAX_WORDS) {
        at += strspn(at, " \t\r");
        if (*at == '\0') {
            break;
        }
        struct line_word *word = &line->words[line->n];
        size_t len = 0;
        while (at[len] != '\0' && !g_ascii_isspace(at[len]) && !is_break(at[len])) {
            len++;
        }
        size_t shown = len;
        bool ends_sentence =
            len > 3 && at[len - 1] == '.' && g_ascii_strncasecmp(at, "prof", 4) != 0 &&
            g_ascii_strncasecmp(at, "mrs", 3) != 0; /* "Dr." is too short to be taken for one */
        shown -= ends_sentence || (len > 1 && strchr("!?", at[len - 1]) != NULL);
        bool ends_clause = is_break(at[len]) || shown < len;
        if (shown > 0) {
            word->text = g_string_chunk_insert_len(line->text, at, (gssize)shown);
            g_autofree char *folded = fold_text(word->text);
            word->folded = g_string_chunk_insert(line->text, folded);
            word->ends_clause = ends_clause;
            line->n++;
        } else if (line->n > 0) {
            line->words[line->n - 1].ends_clause = true;
        }
        at += len;
        at += strspn(at, ",;():\n");
    }
}

static bool is_word(const struct line *line, int i, const char *const *words)
{
    return i >= 0 && i < line->n && line->words[i].folded[0] != '\0' &&
           g_strv_contains(words, line->words[i].folded);
}

static void take(struct line *line, int from, int n)
{
    for (int i = from; i < from + n; i++) {
        line->words[i].is_taken = true;
    }
}

/* Text of words from .. to - 1, those taken left out. */
static const char *join(struct line *line, int from, int to)
{
    g_autoptr(GString) out = g_string_new(NULL);
    for (int i = from; i < to; i++) {
        if (!line->words[i].is_taken) {
            g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", line->words[i].text);
        }
    }
    return out->len == 0 ? NULL : g_string_chunk_insert(line->text, out->str);
}

/* ---- how long ---- */

/* Minutes of a unit word; 0: none. */
static int unit_minutes(const char *unit)
{
    static const char *const minutes[] = {"min", "mins", "minute", "minutes", "m", NULL};
    static const char *const hours[] = {"h", "hr", "hrs", "hour", "hours", NULL};
    return g_strv_contains(minutes, unit) ? 1 : g_strv_contains(hours, unit) ? 60 : 0;
}

/* "20 min", "20min", "1.5 h", "an hour", "half an hour" at i: minutes, and how many words; 0: none.
 */
static int length_at(const struct line *line, int i, int *n_out)
{
    static const char *const ones[] = {"a", "an", "one", NULL};
    static const char *const halves[] = {"half", NULL};
    const char *text = line->words[i].text;
    char *end;
    double number = g_ascii_strtod(text, &end);
    if (end != text && number > 0 && number < 10000) {
        bool has_unit = *end != '\0';
        const char *unit = has_unit ? end : i + 1 < line->n ? line->words[i + 1].folded : "";
        *n_out = has_unit ? 1 : 2;
        return (int)(number * unit_minutes(unit) + 0.5);
    }
    if (is_word(line, i, halves)) {
        int skip = is_word(line, i + 1, ones) ? 2 : 1;
        *n_out = skip + 1;
        return i + skip < line->n && unit_minutes(line->words[i + skip].folded) == 60 ? 30 : 0;
    }
    if (is_word(line, i, ones) && i + 1 < line->n) {
        *n_out = 2;
        return unit_minutes(line->words[i + 1].folded) == 60 ? 60 : 0;
    }
    return 0;
}

/* "1 h 30 min" adds up. */
static int read_length(struct line *line)
{
    int minutes = -1;
    for (int i = 0; i < line->n; i++) {
        int n = 0;
        int found = line->words[i].is_taken ? 0 : length_at(line, i, &n);
        if (found > 0) {
            static const char *const fors[] = {"for", "about", NULL};
            if (is_word(line, i - 1, fors)) {
                take(line, i - 1, 1);
            }
            take(line, i, n);
            minutes = (minutes < 0 ? 0 : minutes) + found;
            i += n - 1;
        }
    }
    return minutes;
}

/* ---- what next ---- */

/* First word after the opening of a promise at i; 0: none. */
static int promise_at(const struct line *line, int i)
{
    static const char *const wills[] = {"will",     "ill",  "must",  "should", "todo",
                                        "promised", "need", "going", "shall",  NULL};
    static const char *const whos[] = {"i", "we", "to", "and", "then", "next", NULL};
    static const char *const nexts[] = {"next", NULL};
    static const char *const steps[] = {"step", NULL};
    int at = i;
    while (is_word(line, at, whos)) {
        at++;
    }
    if (is_word(line, i, nexts) && (line->words[i].ends_clause || is_word(line, i + 1, steps))) {
        return is_word(line, i + 1, steps) ? i + 2 : i + 1;
    }
    if (!is_word(line, at, wills)) {
        return 0;
    }
    static const char *const tos[] = {"to", NULL};
    return is_word(line, at + 1, tos) ? at + 2 : at + 1;
}

static int clause_end(const struct line *line, int i)
{
    while (i < line->n && !line->words[i].ends_clause) {
        i++;
    }
    return MIN(i + 1, line->n);
}

/* A promise opens a clause, or stands anywhere after the first word. */
static void read_step(struct line *line, struct touch_line *out)
{
    for (int i = 0; i < line->n; i++) {
        int from = promise_at(line, i);
        if (from == 0 || from >= line->n) {
            continue;
        }
        int to = clause_end(line, from);
        int n = 0;
        out->step_due_day = line->today + STEP_DAYS;
        for (int k = from; k < to; k++) {
            static const char *const bys[] = {"by", "on", "before", "until", NULL};
            int32_t day = line_day_ahead(line->words, line->n, k, line->today, &n);
            if (day != DAY_NONE) {
                out->step_due_day = day;
                take(line, k, n);
                if (is_word(line, k - 1, bys)) {
                    take(line, k - 1, 1);
                }
                break;
            }
        }
        const char *title = join(line, from, to);
        if (title == NULL) {
            out->step_due_day = DAY_NONE;
            continue;
        }
        g_autofree char *first = g_utf8_substring(title, 0, 1);
        g_autofree char *upper = g_utf8_strup(first, -1);
        g_autofree char *capital = g_strconcat(upper, title + strlen(first), NULL);
        out->step = g_string_chunk_insert(line->text, capital);
        take(line, i, to - i);
        return;
    }
}

/* ---- when ---- */

static int32_t read_day(struct line *line)
{
    static const char *const ons[] = {"on", "the", "since", NULL};
    for (int i = 0; i < line->n; i++) {
        int n = 0;
        int32_t day = line->words[i].is_taken
                          ? DAY_NONE
                          : line_day_past(line->words, line->n, i, line->today, &n);
        if (day != DAY_NONE) {
            take(line, i, n);
            line->words[i].is_day = true;
            if (is_word(line, i - 1, ons)) {
                take(line, i - 1, 1);
            }
            return day;
        }
    }
    return line->today;
}

/* ---- what kind ---- */

static const struct phrases *kind_phrases(void)
{
    static struct phrases *phrases = NULL;
    if (g_once_init_enter(&phrases)) {
        struct phrases *made = phrases_new();
        for (size_t i = 0; i < n_data_touch_kinds; i++) {
            g_auto(GStrv) words = g_strsplit(data_touch_kinds[i].words, "|", -1);
            for (char **word = words; *word != NULL; word++) {
                g_autofree char *folded = fold_text(*word); /* e-mail is written "e mail" here */
                phrases_add(made, folded, (int)i);
            }
        }
        g_once_init_leave(&phrases, made);
    }
    return phrases;
}

/* The kind named first; where several begin at one word the longest. *at_out, *n_out: its words. */
static const struct data_touch_kinds *find_kind(struct line *line, int *at_out, int *n_out)
{
    for (int i = 0; i < line->n; i++) {
        for (int n = MIN(3, line->n - i); n >= 1; n--) {
            g_autoptr(GString) folded = g_string_new(NULL);
            bool is_free = true;
            for (int k = i; k < i + n; k++) {
                g_string_append_printf(folded, "%s%s", folded->len > 0 ? " " : "",
                                       line->words[k].folded);
                is_free = is_free && !line->words[k].is_taken;
            }
            int found = is_free ? phrases_exact(kind_phrases(), folded->str) : -1;
            if (found >= 0) {
                *at_out = i;
                *n_out = n;
                return &data_touch_kinds[found];
            }
        }
    }
    return NULL;
}

/* ---- who, and which way ---- */

/* Where a name ends. */
static bool is_stop(const struct line *line, int i)
{
    static const char *const stops[] = {
        "about",     "regarding", "re",     "at",   "in",      "for",      "on",
        "after",     "before",    "during", "who",  "and",     "but",      "because",
        "over",      "via",       "by",     "with", "to",      "from",     "that",
        "said",      "asked",     "told",   "he",   "she",     "they",     "we",
        "i",         "my",        "his",    "her",  "their",   "our",      "the",
        "a",         "an",        "me",     "is",   "was",     "has",      "had",
        "yesterday", "today",     "again",  "back", "briefly", "together", NULL};
    return line->words[i].is_taken || is_word(line, i, stops);
}

/* A name from i on; *to_out: where it ends. */
static const char *name_from(struct line *line, int i, int *to_out)
{
    int to = i;
    while (to < line->n && !is_stop(line, to)) {
        to++;
        if (line->words[to - 1].ends_clause) {
            break;
        }
    }
    *to_out = to;
    return to > i ? join(line, i, to) : NULL;
}

/* The name after one of the little words; NULL: none. */
static const char *name_after(struct line *line, const char *const *little, int *at_out)
{
    for (int i = 0; i + 1 < line->n; i++) {
        int to;
        if (is_word(line, i, little) && !line->words[i].is_taken && !line->words[i].ends_clause) {
            const char *name = name_from(line, i + 1, &to);
            if (name != NULL) {
                *at_out = i;
                return name;
            }
        }
    }
    return NULL;
}

static void read_who(struct line *line, int kind_at, int kind_n, struct touch_line *out)
{
    static const char *const withs[] = {"with", NULL};
    static const char *const froms[] = {"from", "by", NULL};
    static const char *const tos[] = {"to", NULL};
    static const char *const theirs[] = {"he", "she", "they", NULL};
    int at;
    int to;
    bool is_one_way = strcmp(out->direction, "both") != 0;
    if ((out->who = name_after(line, withs, &at)) != NULL) {
        return;
    }
    if ((out->who = name_after(line, froms, &at)) != NULL) {
        out->direction = is_one_way ? "in" : out->direction;
        return;
    }
    int after = kind_at + kind_n;
    const char *object = kind_n > 0 && after < line->n && !line->words[after - 1].ends_clause
                             ? name_from(line, after, &to)
                             : NULL;
    const char *subject = kind_at > 0 ? name_from(line, 0, &to) : NULL;
    bool is_subject = subject != NULL && (kind_n == 0 || to == kind_at);
    if (is_subject) {
        out->who = subject; /* Dr Rao replied */
        out->direction = is_one_way ? "in" : out->direction;
    } else if (object != NULL) {
        out->who = object; /* called Dr Rao */
    } else if ((out->who = name_after(line, tos, &at)) == NULL && kind_n == 0) {
        out->who = name_from(line, 0, &to);
    }
    if (is_one_way && kind_at > 0 && is_word(line, kind_at - 1, theirs)) {
        out->direction = "in";
    }
}

void touch_line_parse(const char *text_line, int32_t today, GStringChunk *text,
                      struct touch_line *line_out)
{
    g_autofree struct line *line = g_new0(struct line, 1);
    line->today = today;
    line->text = text;
    g_autofree char *clean = text_clean(text_line);
    cut(line, clean);
    *line_out =
        (struct touch_line){.note = g_string_chunk_insert(text, clean), .step_due_day = DAY_NONE};
    read_step(line, line_out);
    line_out->minutes = read_length(line);
    line_out->on_day = read_day(line);
    int kind_at = 0;
    int kind_n = 0;
    const struct data_touch_kinds *kind = find_kind(line, &kind_at, &kind_n);
    take(line, kind_at, kind_n);
    if (kind == NULL) {
        kind = data_touch_kinds_by_id("other");
    }
    line_out->kind = kind->id;
    line_out->direction = kind->direction;
    read_who(line, kind_at, kind_n, line_out);
}
