/* The line that is read: what it seems to mean, with everything open to change before it is saved.
 */
#include "feature/today/today_parts.h"

#include "base/words.h"
#include "data_touch_kinds.h"
#include "model/touch_line.h"
#include "page/usual.h"

#include <string.h>

#define N_WHO 5
#define MUCH_WORSE 0.25 /* nobody this far behind the best is offered */

static bool fill_who(struct page *page, struct book *book, const struct touch_line *line,
                     struct today_log *log, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) found = g_array_new(false, true, sizeof(struct touch_candidate));
    if (!touch_line_who(book, line, N_WHO, text, found, error)) {
        return false;
    }
    struct today_who *who = page_room(page, struct today_who, found->len);
    const char *typed = page_typed(page, "person", NULL);
    for (guint i = 0; i < found->len; i++) {
        const struct touch_candidate *one = &g_array_index(found, struct touch_candidate, i);
        if (one->score < g_array_index(found, struct touch_candidate, 0).score - MUCH_WORSE) {
            break;
        }
        log->n_who++;
        char id[ID_TEXT];
        who[i].id = page_printf(page, "%s", id_format(one->person_id, id));
        who[i].name = part_name_of(
            page_keep(page, g_strdup(one->own_name != NULL ? one->own_name : one->name)),
            page_keep(page, g_strdup(one->name)), NULL);
        bool has_both = one->headline != NULL && one->org != NULL;
        who[i].about = page_printf(page, "%s%s%s", one->headline != NULL ? one->headline : "",
                                   has_both ? ", " : "", one->org != NULL ? one->org : "");
        who[i].is_chosen = typed != NULL ? strcmp(typed, who[i].id) == 0 : i == 0;
    }
    log->who = who;
    log->nobody = found->len == 0 ? page_keep(page, g_strdup(line->who)) : NULL;
    return true;
}

static void fill_fields(struct page *page, const struct touch_line *line, int32_t today,
                        struct today_log *log)
{
    char day[DAY_TEXT];
    const char *kind = page_typed(page, "kind", line->kind);
    const struct data_touch_kinds *known = data_touch_kinds_by_id(kind);
    log->kind = page_touch_kind(page, kind);
    log->kind_words = known != NULL ? known->name : NULL;
    log->on_words = page_keep(page, day_words(line->on_day, today));
    log->on = (struct part_field){
        .name = "on",
        .label = "On",
        .type = "date",
        .value = page_printf(page, "%s", page_typed(page, "on", day_format(line->on_day, day)))};
    const char *minutes = line->minutes > 0 ? page_printf(page, "%d", line->minutes) : NULL;
    log->minutes_words = line->minutes > 0 ? page_keep(page, words_minutes(line->minutes)) : NULL;
    log->minutes = (struct part_field){.name = "minutes",
                                       .label = "Length in minutes",
                                       .type = "number",
                                       .inputmode = "numeric",
                                       .value = page_typed(page, "minutes", minutes)};
    log->step = (struct part_field){
        .name = "step",
        .label = "Next step",
        .value = page_typed(page, "step", page_keep(page, g_strdup(line->step)))};
    log->step_due = (struct part_field){
        .name = "step_due",
        .label = "By",
        .type = "date",
        .value = page_printf(page, "%s",
                             page_typed(page, "step_due", day_format(line->step_due_day, day)))};
    log->note = (struct part_field){
        .name = "note",
        .label = "Note",
        .type = "textarea",
        .value = page_typed(page, "note", page_keep(page, g_strdup(line->note)))};
    if (line->step != NULL) {
        g_autofree char *due = day_words(line->step_due_day, today);
        log->step_words = line->step_due_day == DAY_NONE
                              ? log->step.value
                              : page_printf(page, "%s, by %s", line->step, due);
    }
}

bool today_log_fill(struct page *page, struct book *book, struct today_log *log, GError **error)
{
    const char *written =
        page->typed != NULL ? page_typed(page, "note", NULL) : page_query(page, "line");
    *log = (struct today_log){.line = written, .refusal = page->refusal};
    if (written == NULL || *written == '\0') {
        return true;
    }
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GPtrArray) signs = g_ptr_array_new();
    struct touch_line line;
    int32_t today = book_today(book);
    touch_line_parse(written, today, text, &line);
    patient_signs(written, text, signs);
    log->is_read = true;
    log->warning = signs->len > 0 ? page_keep(page, g_strdup(g_ptr_array_index(signs, 0))) : NULL;
    fill_fields(page, &line, today, log);
    return fill_who(page, book, &line, log, error);
}
