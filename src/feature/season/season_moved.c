/* "If one date moves": for each date that has another day for this person, what moved along. The
 * season is reckoned once more without that one. */
#include "feature/season/season_parts.h"

#include "base/clock.h"
#include "base/id.h"
#include "data_season.h"
#include "page/usual.h"

static GArray *without(const GArray *own, int64_t date_id)
{
    GArray *rest = g_array_new(FALSE, TRUE, sizeof(struct own_date));
    for (guint i = 0; i < own->len; i++) {
        const struct own_date *one = &g_array_index(own, struct own_date, i);
        if (one->date_id != date_id) {
            g_array_append_val(rest, *one);
        }
    }
    return rest;
}

/* Dates of the season that stand elsewhere without the moved one. */
static void fill_with(struct page *page, const struct season *season, const struct season *before,
                      const struct season_date *moved, int32_t today, struct season_move *move)
{
    struct season_moved *with = page_room(page, struct season_moved, season->dates->len + 1);
    for (guint i = 0; i < season->dates->len; i++) {
        const struct season_date *now = &g_array_index(season->dates, struct season_date, i);
        const struct season_date *then = season_date(before, now->id);
        bool is_latest = now->rule != NULL && then != NULL && then->on_day == now->on_day &&
                         *now->rule->hold == '\0';
        int32_t from = then == NULL ? DAY_NONE : is_latest ? then->before_day : then->on_day;
        int32_t to = is_latest ? now->before_day : now->on_day;
        if (now == moved || then == NULL || !season_is_shown(season, now) ||
            MAX(from, to) < today || from == to || from == DAY_NONE || to == DAY_NONE) {
            continue;
        }
        g_autofree char *old_day = day_words(from, today);
        g_autofree char *new_day = day_words(to, today);
        with[move->n_with++] = (struct season_moved){
            .text = page_printf(page, "%s%s: %s, was %s", now->title,
                                is_latest ? ", done at the latest" : "", new_day, old_day),
            .href = page_printf(page, "#date-%s", now->id)};
    }
    move->with = with;
}

void season_fill_moves(struct page *page, const struct season *season, const struct goal *goal,
                       const GArray *own, int32_t today, struct season_view *view)
{
    struct season_move *moves = page_room(page, struct season_move, own->len + 1);
    struct goal same = *goal;
    same.cycle = season->cycle;
    for (guint i = 0; i < season->dates->len; i++) {
        const struct season_date *date = &g_array_index(season->dates, struct season_date, i);
        if (date->rule == NULL || date->date_id == 0 || date->rule_day == DAY_NONE ||
            view->n_moves >= own->len) {
            continue;
        }
        struct season_move *move = &moves[view->n_moves++];
        char id[ID_TEXT];
        g_autoptr(GArray) rest = without(own, date->date_id);
        g_autoptr(season_ptr) before = season_new(&same, rest, today);
        g_autofree char *old_day = day_words(date->rule_day, today);
        g_autofree char *new_day = day_words(date->on_day, today);
        move->text = page_printf(page, "%s: %s for you, not %s.", date->title, new_day, old_day);
        move->href = page_printf(page, "/season/dates/%s", id_format(date->date_id, id));
        fill_with(page, season, before, date, today, move);
    }
    view->moves = moves;
}
