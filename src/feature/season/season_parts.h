/* Parts of the season feature. */
#ifndef LIGATURE_FEATURE_SEASON_PARTS_H
#define LIGATURE_FEATURE_SEASON_PARTS_H

#include "feature/season/season_view.h"
#include "model/season.h"
#include "page/feature.h"

#define FEED_SCOPE "calendar"

/* Goal and season of the account. cycle 0: as the goal says. Texts live in text. */
bool season_read(struct book *book, int cycle, GStringChunk *text, struct goal *goal_out,
                 struct season **season_out, GError **error);
/* Is the date in the months that are shown, or one's own? */
bool season_is_shown(const struct season *season, const struct season_date *date);

/* The whole season as an iCalendar text; *n_out (may be NULL) how many dates. New string. */
char *season_calendar(const struct season *season, int64_t account_id, int64_t at, int *n_out);

/* "six weeks and one day": how long so many days are. New string. */
char *season_span(int days);
/* "Wed 2 September 2026", "October 2026 to January 2027", "Wed 3 March 2027, 21:00 New York". New.
 */
char *season_when(const struct season_date *date);

/* Actions. */
action_fn season_do_show, season_do_add, season_do_edit, season_do_remove, season_do_export,
    season_do_feed;
void season_print(const json_t *result, FILE *out, const struct env *env);
void season_print_export(const json_t *result, FILE *out, const struct env *env);
void season_print_feed(const json_t *result, FILE *out, const struct env *env);

/* Pages. */
page_fn season_page, season_page_new, season_page_one, season_page_file, season_page_feed;
void season_fill_band(struct page *page, const struct season *season, int32_t today,
                      struct season_band *band_out);
/* The fields of a date's form and of what moved hang together with the season: season_moved.c. */
void season_fill_moves(struct page *page, const struct season *season, const struct goal *goal,
                       const GArray *own, int32_t today, struct season_view *view);

#endif
