/* lesson.list and lesson.done: what there is to read, and what was read (a practice row). */
#include "feature/cross_cultural/lesson.h"

#include "action/act.h"
#include "base/error.h"
#include "model/origin.h"

static json_t *lesson_json(const struct data_lessons *lesson, int32_t read_day)
{
    return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:o, s:s, s:s}", "id", lesson->id, "title",
                     lesson->title, "minutes", lesson->minutes, "home", lesson->home, "here",
                     lesson->here, "why", lesson->why, "read_on", json_day(read_day), "evidence",
                     lesson->evidence, "source", lesson->source);
}

static bool read_list(struct action_call *call, struct book *book, json_t **result_out,
                      GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) practices = g_array_new(false, true, sizeof(struct practice));
    if (!practice_list(book, "cross_cultural", text, practices, error)) {
        return false;
    }
    json_t *items = json_array();
    for (size_t i = 0; i < n_data_lessons; i++) {
        int32_t day = lesson_read_day(practices, data_lessons[i].id);
        if (day == DAY_NONE || !call_bool(call, "unread")) {
            json_array_append_new(items, lesson_json(&data_lessons[i], day));
        }
    }
    int64_t n = (int64_t)json_array_size(items);
    *result_out = json_list("lessons", items, n, NULL);
    return true;
}

bool lesson_do_list(struct action_call *call, json_t **result_out, GError **error)
{
    return act_read(call, read_list, result_out, error);
}

/* One line each: what was read, its id, what it is about. */
void lesson_print_list(const json_t *result, FILE *out, const struct env *env)
{
    const json_t *lessons = json_object_get(result, "lessons");
    (void)env;
    for (size_t i = 0; i < json_array_size(lessons); i++) {
        const json_t *one = json_array_get(lessons, i);
        const char *read = json_string_value(json_object_get(one, "read_on"));
        fprintf(out, "%-10s  %-20s  %s\n", read != NULL ? read : "",
                json_string_value(json_object_get(one, "id")),
                json_string_value(json_object_get(one, "title")));
    }
}

static bool write_done(struct action_call *call, struct book *book, json_t **result_out,
                       GError **error)
{
    const struct data_lessons *lesson = data_lessons_by_id(call_text(call, "id"));
    if (lesson == NULL) {
        return refuse(error, "lesson.not_found", "There is no lesson “%s”: ligature lesson list.",
                      call_text(call, "id"));
    }
    int32_t day = call_day(call, "on");
    struct practice practice = {.strategy = "cross_cultural",
                                .kind = "lesson",
                                .ref = lesson->id,
                                .on_day = day != DAY_NONE ? day : book_today(book),
                                .minutes = (int)call_int(call, "minutes", lesson->minutes),
                                .self_rating = -1,
                                .peer_rating = -1,
                                .note = call_text(call, "note"),
                                .deleted_at = AT_NONE};
    g_autofree char *key = g_strdup_printf("lesson.read/-/%s", lesson->id);
    auto_change_log log = CHANGE_LOG(book);
    int64_t practice_id = 0;
    if (!practice_save(book, &practice, &log, &practice_id, error) ||
        !origin_done(book, key, &log, error) || !change_finish(book, &log, "Lesson read", error)) {
        return false;
    }
    *result_out = act_done(practice_id, &log, "The lesson is read.");
    return true;
}

bool lesson_do_done(struct action_call *call, json_t **result_out, GError **error)
{
    return act_write(call, write_done, result_out, error);
}
