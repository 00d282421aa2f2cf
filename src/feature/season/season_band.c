/* The band: months as hairlines, phases as bars in four rows, quiet times hatched, dates as beads
 * on the thread, today as a flag. Days become per cent of the width, so that text keeps its size.
 */
#include "feature/season/season_parts.h"

#include "base/clock.h"
#include "data_season.h"
#include "page/usual.h"

#include <stdlib.h>
#include <string.h>

#define ROWS 4
#define ROW_HEIGHT 44
#define FIRST_ROW 44
#define LEVELS_MAX 3
#define LEVEL_HEIGHT 26
#define FIRST_LEVEL 206
#define BEAD_SHARE 0.056   /* of the width that a bead takes on a phone */
#define LETTER_SHARE 0.019 /* that a letter of a label takes */
#define LABEL_END 1.02     /* a label that would end further right ends with its bar */

struct scale {
    struct page *page;
    int32_t from, until; /* until: the day after the last */
    int32_t today;
};

static double share_of(const struct scale *scale, int32_t day)
{
    return (double)(CLAMP(day, scale->from, scale->until) - scale->from) /
           (scale->until - scale->from);
}

static const char *at(const struct scale *scale, double share)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    return page_printf(scale->page, "%s%%",
                       g_ascii_formatd(number, sizeof number, "%.2f", share * 100));
}

static const char *wide(const struct scale *scale, int32_t from, int32_t until)
{
    return at(scale, share_of(scale, until) - share_of(scale, from));
}

static void fill_months(const struct scale *scale, struct season_band *band)
{
    static const char *const names[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year, month, of_month;
    int n = (scale->until - scale->from) / 28 + 2;
    struct season_month *months = page_room(scale->page, struct season_month, n);
    int every = n > 22 ? 3 : 1; /* words of a long band stand at the quarters */
    day_to_ymd(scale->from, &year, &month, &of_month);
    for (int32_t day = scale->from; day < scale->until; day = day_from_ymd(year, month, 1)) {
        struct season_month *one = &months[band->n_months++];
        one->x = at(scale, share_of(scale, day));
        if ((month - 1) % every == 0) {
            one->wide = month == 1 ? page_printf(scale->page, "%d", year) : names[month];
            one->slim = page_printf(scale->page, "%c", names[month][0]);
        }
        year += month == 12 ? 1 : 0;
        month = month % 12 + 1;
    }
    band->months = months;
}

/* What a label takes of the width on a phone. */
static double label_share(const struct season_phase *phase)
{
    return (double)g_utf8_strlen(phase->title, -1) * LETTER_SHARE;
}

static bool ends_with_bar(const struct scale *scale, const struct season_phase *phase)
{
    return share_of(scale, phase->from_day) + label_share(phase) > LABEL_END;
}

/* What bar and label take together. */
static void taken_by(const struct scale *scale, const struct season_phase *phase, double *begin_out,
                     double *end_out)
{
    double begin = share_of(scale, phase->from_day);
    double end = share_of(scale, phase->until_day + 1);
    bool is_right = ends_with_bar(scale, phase);
    *begin_out = is_right ? MIN(begin, end - label_share(phase)) : begin;
    *end_out = is_right ? end : MAX(end, begin + label_share(phase));
}

/* The row of its turn, else the next that is free, else the one that is free first. */
static int row_for(const double busy[ROWS], int turn, double begin)
{
    int best = turn % ROWS;
    for (int tried = 0; tried < ROWS; tried++) {
        int row = (turn + tried) % ROWS;
        if (busy[row] <= begin) {
            return row;
        }
        best = busy[row] < busy[best] ? row : best;
    }
    return best;
}

/* A bar for what is over and one for what is ahead; a label above. */
static void add_bar(const struct scale *scale, const struct season_phase *phase, int row,
                    struct season_bar *bars, struct season_label *labels, struct season_band *band)
{
    int y = FIRST_ROW + row * ROW_HEIGHT;
    int32_t from = MAX(phase->from_day, scale->from);
    int32_t end = MIN(phase->until_day + 1, scale->until);
    int32_t over = CLAMP(scale->today, from, end);
    if (over > from) {
        bars[band->n_bars++] = (struct season_bar){.x = at(scale, share_of(scale, from)),
                                                   .width = wide(scale, from, over),
                                                   .y = y,
                                                   .is_past = true};
    }
    if (end > over) {
        bars[band->n_bars++] = (struct season_bar){
            .x = at(scale, share_of(scale, over)), .width = wide(scale, over, end), .y = y};
    }
    bool is_right = ends_with_bar(scale, phase);
    labels[band->n_labels++] =
        (struct season_label){.x = at(scale, share_of(scale, is_right ? end : from)),
                              .anchor = is_right ? "end" : "start",
                              .text = phase->title,
                              .y = y - 6};
}

static void fill_bars(const struct scale *scale, const struct season *season,
                      struct season_band *band)
{
    guint n = season->phases->len;
    struct season_bar *bars = page_room(scale->page, struct season_bar, 2 * n + 1);
    struct season_label *labels = page_room(scale->page, struct season_label, n + 1);
    double busy[ROWS] = {-1, -1, -1, -1};
    for (guint i = 0; i < n; i++) {
        const struct season_phase *phase = &g_array_index(season->phases, struct season_phase, i);
        if (phase->until_day < scale->from || phase->from_day >= scale->until) {
            continue;
        }
        double begin, end;
        taken_by(scale, phase, &begin, &end);
        int row = row_for(busy, (int)i, begin);
        busy[row] = end;
        add_bar(scale, phase, row, bars, labels, band);
    }
    band->bars = bars;
    band->labels = labels;
}

/* Where a date stands on the thread: its day, or the middle of several. */
static int32_t bead_day(const struct season_date *date)
{
    return date->on_day + (date->until_day - date->on_day) / 2;
}

static gint by_bead(gconstpointer a, gconstpointer b)
{
    int32_t first = bead_day(*(const struct season_date *const *)a);
    int32_t second = bead_day(*(const struct season_date *const *)b);
    return (first > second) - (first < second);
}

/* The number of a date: main ones are counted in their order. */
static int number_of(const struct season *season, const struct season_date *wanted)
{
    int number = 0;
    for (guint i = 0; i < season->dates->len; i++) {
        const struct season_date *date = &g_array_index(season->dates, struct season_date, i);
        bool is_main = date->rule == NULL || date->rule->is_main;
        number += is_main && season_is_shown(season, date) ? 1 : 0;
        if (date == wanted) {
            break;
        }
    }
    return number;
}

/* Beads that would touch stand above one another. */
static void fill_beads(const struct scale *scale, const struct season *season, int32_t today,
                       struct season_band *band)
{
    int32_t last[LEVELS_MAX] = {INT32_MIN / 2, INT32_MIN / 2, INT32_MIN / 2};
    int32_t apart = (int32_t)((scale->until - scale->from) * BEAD_SHARE);
    int highest = 0;
    g_autoptr(GPtrArray) dates = g_ptr_array_new();
    for (guint i = 0; i < season->dates->len; i++) {
        struct season_date *date = &g_array_index(season->dates, struct season_date, i);
        if ((date->rule == NULL || date->rule->is_main) && season_is_shown(season, date) &&
            bead_day(date) >= scale->from && bead_day(date) < scale->until) {
            g_ptr_array_add(dates, date);
        }
    }
    g_ptr_array_sort(dates, by_bead);
    struct season_bead *beads = page_room(scale->page, struct season_bead, dates->len + 1);
    for (guint i = 0; i < dates->len; i++) {
        const struct season_date *date = g_ptr_array_index(dates, i);
        int level = 0;
        while (level < LEVELS_MAX - 1 && bead_day(date) - last[level] < apart) {
            level++;
        }
        last[level] = bead_day(date);
        highest = MAX(highest, level);
        beads[i] = (struct season_bead){.x = at(scale, share_of(scale, bead_day(date))),
                                        .y = level,
                                        .number = number_of(season, date),
                                        .is_past = date->until_day < today};
    }
    band->cord_y = FIRST_LEVEL + MAX(highest, 1) * LEVEL_HEIGHT;
    for (guint i = 0; i < dates->len; i++) {
        beads[i].y = band->cord_y - beads[i].y * LEVEL_HEIGHT;
        beads[i].text_y = beads[i].y + 4;
    }
    band->beads = beads;
    band->n_beads = dates->len;
}

static void fill_stills(const struct scale *scale, const struct season *season,
                        struct season_band *band)
{
    struct season_still *stills =
        page_room(scale->page, struct season_still, season->quiets->len + 1);
    for (guint i = 0; i < season->quiets->len; i++) {
        const struct season_quiet *quiet = &g_array_index(season->quiets, struct season_quiet, i);
        if (quiet->until_day >= scale->from && quiet->from_day < scale->until) {
            stills[band->n_stills++] =
                (struct season_still){.x = at(scale, share_of(scale, quiet->from_day)),
                                      .width = wide(scale, quiet->from_day, quiet->until_day + 1),
                                      .height = band->cord_y - 44};
        }
    }
    band->stills = stills;
}

static void fill_words(const struct scale *scale, const struct season *season, int32_t today,
                       struct season_band *band)
{
    static const char *const months[] = {"",        "January",  "February", "March",  "April",
                                         "May",     "June",     "July",     "August", "September",
                                         "October", "November", "December"};
    int year, month, day, last_year, last_month, last_day;
    day_to_ymd(season->from_day, &year, &month, &day);
    day_to_ymd(season->until_day, &last_year, &last_month, &last_day);
    band->caption = page_printf(scale->page,
                                "The season from %s %d to %s %d as a band. Every numbered date is "
                                "in the list below.",
                                months[month], year, months[last_month], last_year);
    g_autofree char *today_words = day_words(today, today);
    const struct season_phase *phase = season_phase_on(season, today);
    const struct season_date *next = season_next(season, today);
    band->about =
        page_printf(scale->page, "Band of the season. Today is %s%s%s%s%s.", today_words,
                    phase != NULL ? ", in the phase " : "", phase != NULL ? phase->title : "",
                    next != NULL ? "; next comes " : "", next != NULL ? next->title : "");
    if (today < scale->from || today >= scale->until) {
        return;
    }
    double share = share_of(scale, today);
    day_to_ymd(today, &year, &month, &day);
    band->now_x = at(scale, share);
    band->flag = page_printf(scale->page, "Today, %d %s", day, months[month]);
    band->flag_width = (int)strlen(band->flag) * 13 / 2 + 8;
    band->flag_middle = band->flag_width / 2;
    /* the flag stays inside at both ends */
    int shift = share < 0.12 ? 0 : share > 0.88 ? band->flag_width : band->flag_middle;
    band->flag_shift = page_printf(scale->page, "translate(-%d 0)", shift);
}

void season_fill_band(struct page *page, const struct season *season, int32_t today,
                      struct season_band *band_out)
{
    const struct scale scale = {
        .page = page, .from = season->from_day, .until = season->until_day + 1, .today = today};
    *band_out = (struct season_band){0};
    fill_months(&scale, band_out);
    fill_bars(&scale, season, band_out);
    fill_beads(&scale, season, today, band_out);
    fill_stills(&scale, season, band_out);
    fill_words(&scale, season, today, band_out);
    band_out->end_y = band_out->cord_y + 20;
    band_out->flag_y = band_out->cord_y + 18;
    band_out->flag_text_y = band_out->flag_y + 13;
    band_out->height = band_out->cord_y + 36;
}
