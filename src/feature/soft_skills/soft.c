/* What to practise: one thing a week, for what is ahead. And how long a story takes to say. Pure.
 */
#include "feature/soft_skills/soft.h"

#include "base/words.h"
#include "data_ahead.h"
#include "data_speaking.h"

#include <math.h>
#include <string.h>

#define STRATEGY "soft_skills"
#define TOLD_BEFORE_PEER 2  /* times told before somebody else hears it */
#define TOLD_ENOUGH_DAYS 21 /* a story told so lately is not asked for again */
#define PACE 130

/* ---- length ---- */

int story_words(const char *body)
{
    int n = 0;
    bool is_word = false;
    for (const char *at = body; at != NULL && *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        if (g_unichar_isspace(letter)) {
            is_word = false;
        } else if (!is_word && g_unichar_isalnum(letter)) {
            is_word = true;
            n++;
        }
    }
    return n;
}

int story_seconds(int words)
{
    const struct data_speaking *row = data_speaking_by_id("pace");
    int pace = row != NULL && row->words_per_minute > 0 ? row->words_per_minute : PACE;
    return (int)lround(words * 60.0 / pace);
}

static char *seconds_words(int seconds)
{
    if (seconds < 90) {
        return words_count(seconds, "second", "seconds");
    }
    g_autofree char *minutes = words_count(seconds / 60, "minute", "minutes");
    return seconds % 60 == 0 ? g_steal_pointer(&minutes)
                             : g_strdup_printf("%s %d", minutes, seconds % 60);
}

char *story_length_words(const struct data_stories *kind, const char *body)
{
    int words = story_words(body);
    int seconds = story_seconds(words);
    g_autofree char *counted = words_count(words, "word", "words");
    g_autofree char *took = seconds_words(seconds);
    g_autofree char *asked = seconds_words(kind->seconds);
    if (words == 0) {
        return g_strdup_printf("nothing yet; room for %s", asked);
    }
    const char *judged = seconds > kind->seconds * 5 / 4 ? "; it is longer than it will be heard"
                         : seconds < kind->seconds / 2   ? "; there is room for more"
                                                         : "";
    return g_strdup_printf("%s, about %s of %s%s", counted, took, asked, judged);
}

/* ---- what was practised ---- */

const struct story *story_written(const GArray *stories, const char *kind)
{
    for (guint i = 0; i < stories->len; i++) {
        const struct story *story = &g_array_index(stories, struct story, i);
        if (g_strcmp0(story->kind, kind) == 0 && story_words(story->body) > 0) {
            return story;
        }
    }
    return NULL;
}

struct told {
    int n;
    int n_peer;
    int32_t last_day;
    int rating; /* own, of the newest */
};

static struct told told_of(const GArray *practices, const char *kind, const char *ref)
{
    struct told told = {.last_day = DAY_NONE, .rating = -1};
    for (guint i = 0; i < practices->len; i++) {
        const struct practice *practice = &g_array_index(practices, struct practice, i);
        if (g_strcmp0(practice->strategy, STRATEGY) != 0 || practice->deleted_at != AT_NONE ||
            g_strcmp0(practice->kind, kind) != 0 || g_strcmp0(practice->ref, ref) != 0) {
            continue;
        }
        told.n++;
        told.n_peer += practice->peer_rating > 0 || practice->peer_hash != NULL;
        if (practice->on_day > told.last_day) {
            told.last_day = practice->on_day;
            told.rating = practice->self_rating;
        }
    }
    return told;
}

static bool is_practised_this_week(const struct outlook *outlook)
{
    for (guint i = 0; i < outlook->practices->len; i++) {
        const struct practice *practice = &g_array_index(outlook->practices, struct practice, i);
        if (g_strcmp0(practice->strategy, STRATEGY) == 0 && practice->deleted_at == AT_NONE &&
            practice->on_day >= outlook->monday && practice->on_day <= outlook->today) {
            return true;
        }
    }
    GHashTableIter iter;
    gpointer key;
    gpointer day;
    g_hash_table_iter_init(&iter, outlook->origins);
    while (g_hash_table_iter_next(&iter, &key, &day)) {
        bool is_ours = g_str_has_prefix(key, "story.") || g_str_has_prefix(key, "listening.");
        if (is_ours &&
            (GPOINTER_TO_INT(day) == DAY_NONE || GPOINTER_TO_INT(day) >= outlook->monday)) {
            return true;
        }
    }
    return false;
}

static bool is_refused(const struct outlook *outlook, const char *suggestion, const char *ref)
{
    char step[160];
    char kind[80];
    g_snprintf(step, sizeof step, "step:%s/-/%s", suggestion, ref);
    g_snprintf(kind, sizeof kind, "kind:%s", suggestion);
    return g_hash_table_contains(outlook->refused, step) ||
           g_hash_table_contains(outlook->refused, kind);
}

/* ---- choosing ---- */

/* The story that the nearest occasion asks for; one told lately leaves the place to the next. */
static struct soft_choice choose_story(const struct outlook *outlook, const GArray *ahead)
{
    struct soft_choice best = {.rating = -1};
    double best_fit = 0;
    for (size_t i = 0; i < n_data_stories; i++) {
        const struct data_stories *kind = &data_stories[i];
        const struct data_story_prompts *prompts = data_story_prompts_by_id(kind->id);
        const struct ahead *why = NULL;
        double fit = prompts != NULL ? ahead_fit(ahead, prompts->ahead, &why) : 0;
        bool is_written = story_written(outlook->stories, kind->id) != NULL;
        const char *suggestion = is_written ? "story.tell" : "story.write";
        struct told told = told_of(outlook->practices, "story", kind->id);
        bool is_fresh =
            told.last_day != DAY_NONE && outlook->today - told.last_day < TOLD_ENOUGH_DAYS;
        if (why == NULL || (is_written && is_fresh) || is_refused(outlook, suggestion, kind->id)) {
            continue;
        }
        if (fit > best_fit) {
            best_fit = fit;
            best = (struct soft_choice){.suggestion = suggestion,
                                        .ref = kind->id,
                                        .title = kind->title,
                                        .why = why,
                                        .rating = told.rating};
        }
    }
    return best;
}

static struct soft_choice choose_peer(const struct outlook *outlook)
{
    for (size_t i = 0; i < n_data_stories; i++) {
        const struct data_stories *kind = &data_stories[i];
        struct told told = told_of(outlook->practices, "story", kind->id);
        if (told.n >= TOLD_BEFORE_PEER && told.n_peer == 0 &&
            !is_refused(outlook, "story.peer", kind->id)) {
            return (struct soft_choice){.suggestion = "story.peer",
                                        .ref = kind->id,
                                        .title = kind->title,
                                        .rating = told.rating};
        }
    }
    return (struct soft_choice){.rating = -1};
}

/* For what is ahead, then never tried before tried long ago, then in the order of the table. */
static struct soft_choice choose_card(const struct outlook *outlook, const GArray *ahead)
{
    struct soft_choice best = {.rating = -1};
    int32_t best_day = DAY_NONE;
    double best_fit = 0;
    for (size_t i = 0; i < n_data_listening; i++) {
        const struct data_listening *card = &data_listening[i];
        const struct ahead *why = NULL;
        double fit = ahead_fit(ahead, card->ahead, &why);
        int32_t day = told_of(outlook->practices, "listening", card->id).last_day;
        if (is_refused(outlook, "listening.try", card->id)) {
            continue;
        }
        if (best.ref == NULL || day < best_day || (day == best_day && fit > best_fit)) {
            best_fit = fit;
            best = (struct soft_choice){.suggestion = "listening.try",
                                        .ref = card->id,
                                        .title = card->title,
                                        .why = why,
                                        .rating = -1};
            best_day = day;
        }
    }
    return best;
}

struct soft_choice soft_choose(const struct outlook *outlook, const GArray *ahead)
{
    struct soft_choice choice = {.rating = -1};
    if (is_practised_this_week(outlook)) {
        return choice;
    }
    choice = choose_story(outlook, ahead);
    if (choice.suggestion == NULL) {
        choice = choose_peer(outlook);
    }
    if (choice.suggestion == NULL && story_written(outlook->stories, "30s") == NULL &&
        !is_refused(outlook, "story.write", "30s") && data_stories_by_id("30s") != NULL) {
        choice = (struct soft_choice){.suggestion = "story.write",
                                      .ref = "30s",
                                      .title = data_stories_by_id("30s")->title,
                                      .rating = -1};
    }
    return choice.suggestion != NULL ? choice : choose_card(outlook, ahead);
}

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    g_autoptr(GArray) ahead = g_array_new(false, false, sizeof(struct ahead));
    ahead_of(outlook, ahead);
    struct soft_choice choice = soft_choose(outlook, ahead);
    struct suggestion *one =
        choice.suggestion != NULL ? suggest(out, outlook, choice.suggestion, NULL) : NULL;
    if (one == NULL) {
        return;
    }
    one->ref = choice.ref;
    one->detail = choice.title;
    if (strcmp(choice.suggestion, "listening.try") == 0) {
        one->minutes = data_listening_by_id(choice.ref)->minutes;
    }
    if (choice.why != NULL) {
        bool has_day = choice.why->day != DAY_NONE;
        suggestion_term(one, has_day ? "practice_day" : "practice_now", choice.why->near,
                        choice.why->day, choice.why->row->words);
    }
    if (choice.rating > 0) {
        suggestion_term(one, "practice_rated", (5 - choice.rating) / 4.0, choice.rating, NULL);
    }
}

const struct strategy soft_skills_strategy = {
    .id = STRATEGY, .overall = overall, .href = "/strategies/soft_skills"};
