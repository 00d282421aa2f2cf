/* Suggestions in words: the rows of data/suggestions.tsv and data/value_terms.tsv, filled in. */
#include "model/outlook.h"

#include "base/words.h"

#include "data_suggestions.h"
#include "data_value_terms.h"

#include <math.h>
#include <string.h>

#define WHY_TERMS 3 /* reasons said in a sentence; the others stand in the list */

struct slot { /* "{name}" and what stands in its place */
    const char *name;
    const char *value;
};

/* Text with its slots filled; new string. A slot without a value leaves no double blank behind. */
static char *filled(const char *words, const struct slot *slots, size_t n_slots)
{
    GString *out = g_string_new(NULL);
    for (const char *at = words; *at != '\0';) {
        const struct slot *found = NULL;
        for (size_t i = 0; *at == '{' && i < n_slots && found == NULL; i++) {
            found = g_str_has_prefix(at, slots[i].name) ? &slots[i] : NULL;
        }
        if (found == NULL) {
            g_string_append_c(out, *at++);
            continue;
        }
        at += strlen(found->name);
        const char *value = found->value == NULL ? "" : found->value;
        bool is_gap = value[0] == '\0' && out->len > 0 && out->str[out->len - 1] == ' ';
        g_string_append(out, value);
        at += is_gap && *at == ' ';
    }
    return g_strstrip(g_string_free(out, FALSE));
}

static const struct season_date *date_of(const struct outlook *outlook, const char *id)
{
    const GArray *dates = outlook->season == NULL ? NULL : outlook->season->dates;
    for (guint i = 0; id != NULL && dates != NULL && i < dates->len; i++) {
        const struct season_date *date = &g_array_index(dates, struct season_date, i);
        if (strcmp(date->id, id) == 0) {
            return date;
        }
    }
    return NULL;
}

/* Words of the kind with detail, date and person in them. */
static char *kind_words(const struct outlook *outlook, const struct suggestion *suggestion,
                        const char *words)
{
    const struct season_date *date = date_of(outlook, suggestion->season);
    const struct contact *contact = suggestion->person_id == 0
                                        ? NULL
                                        : outlook_contact(outlook, suggestion->person_id);
    const struct slot slots[] = {
        {"{detail}", suggestion->detail},
        {"{date}", date == NULL ? NULL : date->title},
        {"{name}", contact == NULL ? NULL : contact->name},
    };
    return filled(words, slots, G_N_ELEMENTS(slots));
}

void suggestion_title(const struct outlook *outlook, const struct suggestion *suggestion,
                      char **before_out, char **after_out)
{
    *before_out = kind_words(outlook, suggestion, suggestion->kind->before);
    *after_out = kind_words(outlook, suggestion, suggestion->kind->after);
}

/* How a reason is said: by a mark before its words. */
enum voice {
    VOICE_CLAUSE,  /* a sentence by itself */
    VOICE_SUBJECT, /* "@": of the person, or of the thing */
    VOICE_QUIET,   /* "~": in the list of reasons only */
};

static enum voice voice_of(const struct term *term)
{
    char mark = term->row->words[0];
    return mark == '@' ? VOICE_SUBJECT : mark == '~' ? VOICE_QUIET : VOICE_CLAUSE;
}

/* One reason in words, new string. */
static char *term_words(const struct outlook *outlook, const struct term *term)
{
    g_autofree char *number = words_number(term->n);
    g_autofree char *span = words_span(ABS(term->n));
    bool has_day = strstr(term->row->words, "{day}") != NULL && term->n != DAY_NONE;
    g_autofree char *day = has_day ? day_words(term->n, outlook->today) : NULL;
    g_autofree char *times = term->n == 1   ? g_strdup("once")
                             : term->n == 2 ? g_strdup("twice")
                                            : g_strconcat(number, " times", NULL);
    const struct slot slots[] = {{"{n}", number},
                                 {"{times}", times},
                                 {"{word}", term->word},
                                 {"{span}", span},
                                 {"{day}", day}};
    return filled(term->row->words + (voice_of(term) != VOICE_CLAUSE), slots, G_N_ELEMENTS(slots));
}

static int points_of(const struct term *term)
{
    return (int)lround((double)term->row->points * (double)term->amount);
}

/* Places of the terms, those that say most first. */
static void strongest_first(const struct suggestion *suggestion, int *order)
{
    for (int i = 0; i < suggestion->n_terms; i++) {
        int at = i;
        int weight = ABS(points_of(&suggestion->terms[i]));
        while (at > 0 && ABS(points_of(&suggestion->terms[order[at - 1]])) < weight) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
}

/* Reasons that hold for everybody say less than what a strategy alone knows, whatever they weigh. */
static int generality(const struct term *term)
{
    static const char *const common[] = {"season",    "season_now", "season_phase", "urgent",
                                         "specialty", "region",     "programme",    "resident",
                                         "favour_owed", "us_link"};
    for (size_t i = 0; i < G_N_ELEMENTS(common); i++) {
        if (strcmp(term->row->id, common[i]) == 0) {
            return i < 4 ? 1 : strcmp(term->row->id, "us_link") == 0 ? 3 : 2;
        }
    }
    return 0;
}

/* The order in which they are said: particular ones first, each kind strongest first. */
static void particular_first(const struct suggestion *suggestion, int *order)
{
    int by_weight[TERMS_MAX];
    int n = 0;
    strongest_first(suggestion, by_weight);
    for (int rank = 0; rank <= 3; rank++) {
        for (int i = 0; i < suggestion->n_terms; i++) {
            if (generality(&suggestion->terms[by_weight[i]]) == rank) {
                order[n++] = by_weight[i];
            }
        }
    }
}

/* Does another reason say it already: a state the country, a span how long nothing passed? */
static bool is_doubled(const struct suggestion *suggestion, const struct term *term)
{
    bool is_country = strcmp(term->row->id, "us_link") == 0;
    bool is_silence = strcmp(term->row->id, "dormant") == 0;
    for (int i = 0; (is_country || is_silence) && i < suggestion->n_terms; i++) {
        const struct data_value_terms *row = suggestion->terms[i].row;
        if ((is_country && strcmp(row->id, "region") == 0) ||
            (is_silence && row != term->row && strstr(row->words, "{span}") != NULL)) {
            return true;
        }
    }
    return false;
}

/* Begins with a capital, ends with a point; takes words. */
static void append_sentence(GString *out, char *words)
{
    g_autofree char *owned = words;
    if (owned[0] == '\0') {
        return;
    }
    if (out->len > 0) {
        g_string_append_c(out, ' ');
    }
    g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(owned)));
    g_string_append(out, g_utf8_next_char(owned));
    char last = out->str[out->len - 1];
    if (last != '.' && last != '?') {
        g_string_append_c(out, '.');
    }
}

/* "Dr. Rao works in the United States and went to your school": what is said of one subject. */
static char *subject_words(const struct outlook *outlook, const struct suggestion *suggestion,
                           const GPtrArray *said)
{
    if (said->len == 0) {
        return g_strdup("");
    }
    const struct contact *contact = suggestion->person_id == 0
                                        ? NULL
                                        : outlook_contact(outlook, suggestion->person_id);
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    for (guint i = 0; i < said->len; i++) {
        g_ptr_array_add(list, g_ptr_array_index(said, i));
    }
    g_ptr_array_add(list, NULL);
    g_autofree char *words = words_list((const char *const *)list->pdata);
    return g_strdup_printf("%s %s", contact == NULL ? "it" : contact->name, words);
}

char *suggestion_why(const struct outlook *outlook, const struct suggestion *suggestion)
{
    int order[TERMS_MAX];
    particular_first(suggestion, order);
    g_autoptr(GPtrArray) of_subject = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) clauses = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < suggestion->n_terms && of_subject->len + clauses->len < WHY_TERMS; i++) {
        const struct term *term = &suggestion->terms[order[i]];
        enum voice voice = voice_of(term);
        bool is_said = is_doubled(suggestion, term) ||
                       (i > 0 && strcmp(term->row->id, "us_link") == 0);
        if (points_of(term) > 0 && voice != VOICE_QUIET && !is_said) {
            g_ptr_array_add(voice == VOICE_SUBJECT ? of_subject : clauses,
                            term_words(outlook, term));
        }
    }
    GString *out = g_string_new(NULL);
    append_sentence(out, kind_words(outlook, suggestion, suggestion->kind->why));
    append_sentence(out, subject_words(outlook, suggestion, of_subject));
    for (guint i = 0; i < clauses->len; i++) {
        append_sentence(out, g_strdup(g_ptr_array_index(clauses, i)));
    }
    return g_string_free(out, FALSE);
}

void suggestion_terms(const struct outlook *outlook, const struct suggestion *suggestion,
                      GPtrArray *words_out)
{
    int order[TERMS_MAX];
    strongest_first(suggestion, order);
    for (int i = 0; i < suggestion->n_terms; i++) {
        const struct term *term = &suggestion->terms[order[i]];
        g_autofree char *words = term_words(outlook, term);
        int points = points_of(term);
        g_ptr_array_add(words_out, points == 0 ? g_steal_pointer(&words)
                                   : points > 0
                                       ? g_strdup_printf("%s (+%d)", words, points)
                                       : g_strdup_printf("%s (\xe2\x88\x92%d)", words, -points));
    }
}
