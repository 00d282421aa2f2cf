/* One line becomes a proposed touch: `call with Dr Rao yesterday, 20 min, will send my CV`. */
#ifndef LIGATURE_MODEL_TOUCH_LINE_H
#define LIGATURE_MODEL_TOUCH_LINE_H

#include "model/book.h"

struct touch_line {
    const char *who;  /* words taken for a name ("Dr Rao"), NULL: none found */
    const char *kind; /* id in data/touch_kinds.tsv; never NULL ("note" of the table's fallback when
                         unclear) */
    const char *direction;
    int32_t on_day;       /* today when none is named */
    int minutes;          /* -1: none named */
    const char *note;     /* the line as written */
    const char *step;     /* "Send my CV", NULL: none */
    int32_t step_due_day; /* proposed; DAY_NONE when step is NULL */
};
/* Pure. Never fails; strings live in text. */
void touch_line_parse(const char *line, int32_t today, GStringChunk *text,
                      struct touch_line *line_out);

struct touch_candidate {
    int64_t person_id;
    const char *name;
    const char *own_name;
    const char *headline;
    const char *org;
    double score; /* 0 to 1; best first */
};
/* Who may be meant, best first, at most limit: folded name words, ties warm the order. Appends
 * struct touch_candidate. */
bool touch_line_who(struct book *book, const struct touch_line *line, int limit, GStringChunk *text,
                    GArray *candidates_out, GError **error);

/* Does the text look like patient data? Appends one sentence (kept in text) per sign found; nothing
 * when none. */
void patient_signs(const char *note, GStringChunk *text, GPtrArray *sentences_out);
/* Refuses with this code, naming the first sign, when there is one. note NULL: nothing to see. */
bool patient_none(const char *note, const char *code, GError **error);

#endif
