/* Days as people write them within a line. For touch_line.c. */
#ifndef LIGATURE_MODEL_TOUCH_LINE_DAY_H
#define LIGATURE_MODEL_TOUCH_LINE_DAY_H

#include "base/clock.h"

struct line_word {
    const char *text; /* as written */
    const char *folded;
    bool ends_clause;
    bool is_taken; /* understood already */
    bool is_day;
};

/* A day at word i that lies behind or is today ("yesterday", "last tuesday", "3 days ago", "5
 * July", "2026-07-05"); *n_out: words it takes. DAY_NONE: there is none. A weekday is the last one;
 * a date without year the last such. */
int32_t line_day_past(const struct line_word *words, int n, int i, int32_t today, int *n_out);
/* The same for what is to come ("tomorrow", "friday", "next week", "in 3 days", "5 August"). */
int32_t line_day_ahead(const struct line_word *words, int n, int i, int32_t today, int *n_out);

#endif
