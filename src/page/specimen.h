/* Every part once, in the states that pages meet: the page a designer looks at (bench/parts.c prints it). */
#ifndef LIGATURE_PAGE_SPECIMEN_H
#define LIGATURE_PAGE_SPECIMEN_H

#include "page/frame.h"
#include "page/part.h"

struct specimen_view {
    struct frame_view frame;
    const struct part_tie *ties;
    size_t n_ties;
    const struct part_act *acts;
    size_t n_acts;
    const struct part_field *fields;
    size_t n_fields;
    const struct part_chip *chips;
    size_t n_chips;
    const struct part_note *notes;
    size_t n_notes;
    struct part_progress bar;
    struct part_progress slow;
    struct part_empty empty;
    struct part_empty bare;
    const struct part_step *steps;
    size_t n_steps;
    const struct part_fact *facts;
    size_t n_facts;
    const struct part_entry *entries;
    size_t n_entries;
    struct part_sum sum;
    struct part_pager pager;
    struct part_bulk bulk;
    struct frame_toast toast;
};

#endif
