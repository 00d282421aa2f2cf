/* What the files of the season share. */
#ifndef LIGATURE_MODEL_SEASON_PART_H
#define LIGATURE_MODEL_SEASON_PART_H

#include "model/season.h"

/* Fills before_day of every date. */
void season_plan_back(struct season *season);

#endif
