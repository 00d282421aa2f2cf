/* Touches: what happened between you. The last real touch is the newest that counts by
 * data/touch_kinds.tsv. */
#ifndef LIGATURE_MODEL_TOUCH_H
#define LIGATURE_MODEL_TOUCH_H

#include "model/change.h"

struct touch {
    int64_t touch_id;
    int64_t person_id;     /* before merges */
    const char *kind;      /* id in data/touch_kinds.tsv */
    const char *direction; /* "out", "in", "both" */
    int32_t on_day;
    int64_t at;  /* AT_NONE or 0: only the day is known */
    int minutes; /* -1 or 0: not known */
    const char *note;
    int64_t source_id; /* 0: you logged it */
    const char *record_key;
    int64_t created_at;
    int64_t deleted_at;
};

/* Checks kind and direction (NULL: the kind's usual one), refuses touch.kind_unknown,
 * touch.direction_unknown, touch.day_ahead (a day after today), touch.note_too_long. touch_id and
 * created_at are set here. Refreshes the person. */
bool touch_add(struct book *book, const struct touch *touch, struct change_log *log,
               int64_t *touch_id_out, GError **error);
/* The same row without refreshing the person, for imports: call person_refresh once per person
 * afterwards. The caller has looked in touch_keys() first. */
bool touch_insert(struct book *book, const struct touch *touch, int64_t *touch_id_out,
                  GError **error);
/* Record keys of touches already known among a family's: table of char *. */
GHashTable *touch_keys(struct book *book, const char *family, GError **error);

bool touch_load(struct book *book, int64_t touch_id, GStringChunk *text, struct touch *touch_out,
                GError **error);
/* Replaces kind, direction, on_day, at, minutes, note of touch->touch_id; the person stays. */
bool touch_edit(struct book *book, const struct touch *touch, struct change_log *log,
                GError **error);
bool touch_delete(struct book *book, int64_t touch_id, struct change_log *log, GError **error);
bool touch_restore(struct book *book, int64_t touch_id, GError **error);

struct touch_filter {
    int64_t person_id;     /* 0: everyone; else the whole merge */
    int64_t import_id;     /* 0: any */
    int32_t from_day;      /* DAY_NONE or 0: any */
    const char *direction; /* NULL: any */
    bool is_deleted;
    int limit;               /* 0: 100 */
    int64_t before_touch_id; /* cursor: touches after this one in the order of the list; 0: from the
                                newest */
};
/* Newest first (on_day, touch_id). *total_out may be NULL. */
bool touch_list(struct book *book, const struct touch_filter *filter, GStringChunk *text,
                GArray *touches_out, int64_t *total_out, GError **error);

#endif
