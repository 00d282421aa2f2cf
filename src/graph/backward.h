/* Planning backwards: the latest day on which each of many tasks can end so that every later one
 * still ends in time (the backward pass of the critical path method: Kelley and Walker, 1959).
 * Pure. Tasks form a graph without cycles. */
#ifndef LIGATURE_GRAPH_BACKWARD_H
#define LIGATURE_GRAPH_BACKWARD_H

#include <stdbool.h>
#include <stdint.h>

#define BACKWARD_NONE INT32_MIN /* no day */

struct backward_task {
    int32_t fixed; /* must end by this day; BACKWARD_NONE: only as others need it */
};
struct backward_need { /* `before` ends at least `days` before `after` ends */
    int32_t before;
    int32_t after;
    int32_t days;
};

/* latest_out[i]: the latest end of task i; BACKWARD_NONE when nothing needs it. through_out[i] (may
 * be NULL): the task after i that decides it, -1 when its own fixed day does (also when both do) or
 * nothing does; of several that decide alike, the one of the first need. Days beyond 32 bits stop
 * at the last that fits. False when the needs run in a circle: nothing is written then. */
bool backward_pass(const struct backward_task *tasks, int n, const struct backward_need *needs,
                   int n_needs, int32_t *latest_out, int32_t *through_out);

struct backward_end { /* this task ends on this day */
    int32_t task;
    int32_t day;
};

/* Tasks after `late->task` that cannot end in time any more when it ends on `late->day`: each ends no
 * sooner than what it needs lets it, and later than its latest end by backward_pass (so also a task
 * without a day of its own, when one after it has one). The late one itself is not among them. Writes
 * indexes, rising, to endangered_out (room for n), gives how many; 0 when the needs run in a
 * circle. */
int backward_endangered(const struct backward_task *tasks, int n, const struct backward_need *needs,
                        int n_needs, const struct backward_end *late,
                        int32_t *endangered_out);

#endif
