/* story.list and story.set: one's own story in its lengths. */
#include "feature/soft_skills/soft.h"

#include "action/act.h"
#include "base/error.h"
#include "model/origin.h"
#include "model/touch_line.h"

static json_t *story_json(const struct data_stories *kind, const struct story *story)
{
    const char *body = story != NULL ? story->body : NULL;
    int words = story_words(body);
    return json_pack("{s:s, s:s, s:o, s:i, s:i, s:i, s:o}", "kind", kind->id, "title", kind->title,
                     "body", json_text(body), "words", words, "seconds", story_seconds(words),
                     "asked_seconds", kind->seconds, "changed_at",
                     json_at(story != NULL ? story->changed_at : AT_NONE));
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    (void)call;
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) stories = g_array_new(false, true, sizeof(struct story));
    if (!story_list(book, text, stories, error)) {
        return false;
    }
    json_t *items = json_array();
    for (size_t i = 0; i < n_data_stories; i++) {
        const struct data_stories *kind = &data_stories[i];
        json_array_append_new(items, story_json(kind, story_written(stories, kind->id)));
    }
    *result_out = json_list("stories", items, (int64_t)n_data_stories, NULL);
    return true;
}

bool story_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

static bool write_story(struct action_call *call, struct book *book, json_t **result_out,
                        GError **error)
{
    const char *id = call_text(call, "kind");
    const char *body = call_text(call, "body");
    const struct data_stories *kind = data_stories_by_id(id);
    if (!call_bool(call, "no_patient") && !patient_none(body, "story.patient", error)) {
        return false;
    }
    auto_change_log log = CHANGE_LOG(book);
    if (!story_save(book, id, body, &log, error)) {
        return false;
    }
    g_autofree char *key = g_strdup_printf("story.write/-/%s", id);
    if (story_words(body) > 0 && !origin_done(book, key, &log, error)) {
        return false;
    }
    if (!change_finish(book, &log, "Story written", error)) {
        return false;
    }
    g_autofree char *length = story_length_words(kind, body);
    g_autofree char *message = g_strdup_printf("Saved: %s.", length);
    *result_out = act_done(0, &log, message);
    return true;
}

bool story_do_set(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_story, result_out, error);
}
