/* What lies ahead: the occasions of data/ahead.tsv (a first message, a talk, interviews ...), found
 * in open steps, the season, one's own dates and pursuits. Lessons, stories and cards are chosen by
 * it. Pure. */
#ifndef LIGATURE_MODEL_AHEAD_H
#define LIGATURE_MODEL_AHEAD_H

#include "model/outlook.h"

struct data_ahead; /* data_ahead.h */

struct ahead {
    const struct data_ahead *row;
    double near; /* over 0 to 1: today or under way */
    int32_t day; /* the day it begins; DAY_NONE: under way, or none is known */
};

/* Appends struct ahead, the nearest first, then in the order of the table. */
void ahead_of(const struct outlook *outlook, GArray *ahead_out);
/* The nearest occasion of a list of ids parted by |; NULL: none of them lies ahead. */
const struct ahead *ahead_nearest(const GArray *ahead, const char *ids);
/* How well something fits that is made for a list of occasions: the nearness of the one that lies
 * ahead, a little less for each place it stands further back in the list; 0: none lies ahead, and
 * *why_out is NULL. */
double ahead_fit(const GArray *ahead, const char *ids, const struct ahead **why_out);
/* Is the word among those parted by |? */
bool ahead_lists(const char *ids, const char *word);

#endif
