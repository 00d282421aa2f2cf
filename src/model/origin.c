/* Closes the step of a suggestion whose work was done elsewhere. */
#include "model/origin.h"

#include "model/step.h"
#include "model/week.h"

#include <string.h>

bool origin_done(struct book *book, const char *key, struct change_log *log, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(4096);
    g_autoptr(GArray) planned = g_array_new(false, true, sizeof(struct planned));
    if (!planned_list(book, DAY_NONE, text, planned, error)) {
        return false;
    }
    for (guint i = 0; i < planned->len; i++) {
        const struct planned *one = &g_array_index(planned, struct planned, i);
        struct step step;
        if (g_strcmp0(one->origin, key) != 0) {
            continue;
        }
        if (!step_load(book, one->step_id, text, &step, error)) {
            return false;
        }
        if (strcmp(step.state, "open") == 0 && !step_done(book, one->step_id, log, error)) {
            return false;
        }
    }
    return true;
}
