/* Dates of one's own: an exam, a rotation, a conference, a deadline; or the true day of a rule of
 * the season, which then counts instead of the rule's. */
#ifndef LIGATURE_MODEL_OWN_DATE_H
#define LIGATURE_MODEL_OWN_DATE_H

#include "model/change.h"

struct own_date {
    int64_t date_id;
    const char *kind;   /* exam rotation conference deadline other; "rule" with rule set */
    const char *title;
    const char *rule;   /* id in data/season.tsv that this day stands for; NULL */
    int32_t on_day;
    int32_t until_day;  /* DAY_NONE: one day */
    int minute;         /* of the day in zone; -1: all day */
    const char *zone;   /* IANA; NULL unless minute >= 0 */
    const char *note;
    int64_t created_at;
    int64_t deleted_at;
};

/* date_id 0: a new one, its id goes to *date_id_out (may be NULL). Refuses date.title_missing,
 * date.title_too_long, date.unknown_kind, date.day_missing, date.order, date.zone,
 * date.unknown_rule. until_day = on_day: one day. */
bool own_date_save(struct book *book, const struct own_date *date, struct change_log *log,
                   int64_t *date_id_out, GError **error);
bool own_date_load(struct book *book, int64_t date_id, GStringChunk *text,
                   struct own_date *date_out, GError **error);
bool own_date_delete(struct book *book, int64_t date_id, struct change_log *log, GError **error);
/* Not deleted, by day. */
bool own_date_list(struct book *book, GStringChunk *text, GArray *dates_out, GError **error);

#endif
