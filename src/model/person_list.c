/* Rules of lists of people: sort keys, cursors, the words of `--where`. The statements are in
 * person_list_db.c. */
#include "model/person_list.h"

#include "base/fold.h"
#include "data_tie_words.h"
#include "model/recognise.h"

#include <string.h>

static const char *const sorts[] = {
    [PERSON_SORT_NONE] = "", [PERSON_BY_NAME] = "name",
    [PERSON_BY_TIE] = "tie", [PERSON_BY_LAST_TOUCH] = "last_touch",
    [PERSON_BY_DUE] = "due", [PERSON_BY_ADDED] = "added",
};

const char *person_sort_text(enum person_sort sort)
{
    return sorts[sort];
}

enum person_sort person_sort_parse(const char *text)
{
    for (int sort = PERSON_BY_NAME; sort <= PERSON_BY_ADDED; sort++) {
        if (strcmp(sorts[sort], text) == 0) {
            return sort;
        }
    }
    return PERSON_SORT_NONE;
}

/* ---- --where ---- */

/* Words that stand alone. */
static bool take_flag(const char *word, struct person_filter *filter)
{
    if (strcmp(word, "due") == 0) {
        filter->is_due = true;
    } else if (strcmp(word, "slack") == 0) {
        filter->is_slack = true;
    } else if (strcmp(word, "us_link") == 0) {
        filter->has_us_link = true;
    } else if (strcmp(word, "conflict") == 0) {
        filter->has_conflict = true;
    } else if (strcmp(word, "is:deleted") == 0) {
        filter->is_deleted = true;
    } else {
        return false;
    }
    return true;
}

/* "tie>0.4", "tie<0.6", "tie:warm". */
static bool take_tie(const char *word, GStringChunk *text, struct person_filter *filter,
                     GError **error)
{
    double from;
    double below;
    if (word[3] == ':') {
        if (!tie_word_range(word + 4, &from, &below)) {
            return refuse(error, "person.where_unknown",
                          "“%s”: a tie is untied, faint, thin, steady, warm or tied.", word);
        }
        filter->tie_word = g_string_chunk_insert(text, word + 4);
        return true;
    }
    char *end;
    double value = g_ascii_strtod(word + 4, &end);
    if (end == word + 4 || *end != '\0' || value < 0 || value > 1) {
        return refuse(error, "person.where_unknown",
                      "“%s”: a tie is compared with a number from 0 to 1, as in tie>0.4.", word);
    }
    if (word[3] == '>') {
        filter->tie_from = value;
    } else {
        filter->tie_below = value;
    }
    return true;
}

/* "field:value". */
static bool take_field(const char *word, GStringChunk *text, struct person_filter *filter,
                       GError **error)
{
    const struct {
        const char *name;
        const char **value;
    } fields[] = {
        {"tag:", &filter->tag},       {"region:", &filter->region},
        {"state:", &filter->region},  {"specialty:", &filter->specialty},
        {"school:", &filter->school}, {"language:", &filter->language},
        {"org:", &filter->org},       {"sort:", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        size_t len = strlen(fields[i].name);
        if (fields[i].value != NULL && strncmp(word, fields[i].name, len) == 0 &&
            word[len] != '\0') {
            *fields[i].value = g_string_chunk_insert(text, word + len);
            return true;
        }
    }
    return refuse(error, "person.where_unknown",
                  "“%s” is not understood. Known are tag:, region:, specialty:, school:, "
                  "language:, org:, tie:, tie>0.4, due, slack, "
                  "us_link, conflict, is:deleted.",
                  word);
}

/* Cuts the next word: blanks part words but not within quotes, which are dropped. NULL at the end.
 */
static char *next_word(const char **at)
{
    while (**at == ' ') {
        ++*at;
    }
    if (**at == '\0') {
        return NULL;
    }
    GString *word = g_string_new(NULL);
    bool is_quoted = false;
    for (; **at != '\0' && (is_quoted || **at != ' '); ++*at) {
        if (**at == '"') {
            is_quoted = !is_quoted;
        } else {
            g_string_append_c(word, **at);
        }
    }
    return g_string_free(word, FALSE);
}

bool person_filter_parse(const char *where, GStringChunk *text, struct person_filter *filter_out,
                         GError **error)
{
    *filter_out = (struct person_filter){0};
    g_autoptr(GString) query = g_string_new(NULL);
    const char *at = where;
    for (;;) {
        g_autofree char *word = next_word(&at);
        if (word == NULL) {
            break;
        }
        bool is_tie =
            strncmp(word, "tie", 3) == 0 && word[3] != '\0' && strchr(":<>", word[3]) != NULL;
        if (take_flag(word, filter_out)) {
            continue;
        }
        if (is_tie ? !take_tie(word, text, filter_out, error)
                   : strchr(word, ':') != NULL && !take_field(word, text, filter_out, error)) {
            return false;
        }
        if (!is_tie && strchr(word, ':') == NULL) {
            g_string_append_printf(query, "%s%s", query->len > 0 ? " " : "", word);
        }
    }
    filter_out->query = query->len == 0 ? NULL : g_string_chunk_insert(text, query->str);
    return true;
}
