/* Filters of templates: {{ value|name(more) }} calls filter_name(out, value, more). Each writes escaped text. */
#ifndef LIGATURE_PAGE_FILTER_H
#define LIGATURE_PAGE_FILTER_H

#include "page/html.h"

#include "base/clock.h"

void filter_url(struct html_out *out, const char *text);                    /* percent-encoded part of an address */
void filter_id(struct html_out *out, int64_t id);                           /* as URLs show it */
void filter_iso(struct html_out *out, int32_t day);                         /* 2026-07-21; nothing for DAY_NONE */
void filter_day(struct html_out *out, int32_t day, int32_t today);          /* Tue 21 July */
void filter_ago(struct html_out *out, int32_t day, int32_t today);          /* yesterday, 9 days ago, 17 Jul */
void filter_minutes(struct html_out *out, int64_t minutes);                 /* 20 min, 2 h, 1 h 45 */
void filter_cents(struct html_out *out, int64_t cents);                     /* $1,250, $12.50, free for 0 */
void filter_count(struct html_out *out, int64_t number);                    /* 12,480 */
/* "1 person", "1,200 people". */
void filter_plural(struct html_out *out, int64_t number, const char *one, const char *many);
/* part as a hundredth of whole, with one decimal and "%", for positions in SVG: "5.8%"; "0%" when whole is 0. */
void filter_percent(struct html_out *out, int64_t part, int64_t whole);
/* "AH" of "Dr. Amina Hassan": first letters of the first and the last name, titles left out. */
void filter_initials(struct html_out *out, const char *name);
/* Bytes in words: 812 bytes, 3.4 MB. */
void filter_size(struct html_out *out, int64_t bytes);
/* Text with its line ends kept as <br>. */
void filter_lines(struct html_out *out, const char *text);

#endif
