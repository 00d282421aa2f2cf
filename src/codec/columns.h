/* For any CSV that no program is known for: which column is what, from the header's words in a dozen languages
 * (data/column_words.tsv) and from what the cells look like. A proposal only: a person confirms it. */
#ifndef LIGATURE_CODEC_COLUMNS_H
#define LIGATURE_CODEC_COLUMNS_H

#include <glib.h>
#include <stdbool.h>

enum column_field {
    COLUMN_NONE,
    COLUMN_IGNORE,              /* left out */
    COLUMN_CUSTOM,              /* kept under its own name */
    COLUMN_NAME, COLUMN_PREFIX, COLUMN_GIVEN, COLUMN_MIDDLE, COLUMN_FAMILY, COLUMN_SUFFIX, COLUMN_NICKNAME,
    COLUMN_EMAIL, COLUMN_PHONE, COLUMN_URL,
    COLUMN_ORG, COLUMN_DEPARTMENT, COLUMN_TITLE, COLUMN_SPECIALTY,
    COLUMN_PLACE, COLUMN_STREET, COLUMN_CITY, COLUMN_REGION, COLUMN_POSTCODE, COLUMN_COUNTRY,
    COLUMN_SCHOOL, COLUMN_SCHOOL_YEAR, COLUMN_DEGREE,
    COLUMN_BIRTHDAY, COLUMN_LANGUAGE, COLUMN_NPI,
    COLUMN_NOTE, COLUMN_TAG, COLUMN_MET, COLUMN_LAST_TOUCH,
    N_COLUMN,
};

/* Stable ids: "ignore", "custom", "name", "prefix", "given", "middle", "family", "suffix", "nickname",
 * "email", "phone", "url", "org", "department", "title", "specialty", "place", "street", "city", "region",
 * "postcode", "country", "school", "school_year", "degree", "birthday", "language", "npi", "note", "tag",
 * "met", "last_touch". Borrowed. */
const char *column_field_text(enum column_field field);
enum column_field column_field_parse(const char *text);         /* COLUMN_NONE when unknown */
/* Words for a person: "First name", "How you met". Borrowed. */
const char *column_field_words(enum column_field field);
/* True when several columns may have it (e-mail, phone, url, tag, note, custom, ignore...). */
bool column_field_repeats(enum column_field field);

/* What the cells of a column look like. Counts over the cells looked at. */
struct column_sample {
    int cells;                  /* looked at */
    int empty;
    int email, phone, url, date, year, npi;     /* that look like one; a cell can look like several */
    int name;                   /* two to five words with capitals, no digits */
    int longest;                /* characters of the longest */
};
/* Adds one cell. */
void column_sample_add(struct column_sample *sample, const char *cell);

struct column_proposal {
    /* CUSTOM when the header says nothing known, IGNORE for an empty column without a name */
    enum column_field field;
    /* 0-100: 90 and more the header's own word; 50-89 part of it, or the cells; below: a guess */
    int confidence;
    const char *why;            /* "the header says e-mail", "cells look like telephone numbers"; borrowed for ever */
};

/* Proposes for n columns. samples may be NULL. Fields that do not repeat go to the best column only; the
 * others become CUSTOM. */
void columns_propose(int n, const char *const *names, const struct column_sample *samples,
                     struct column_proposal *proposals_out);
/* True when the proposals can make people at all: a name, a family name, an e-mail or a phone is among them. */
bool columns_can_make_people(int n, const struct column_proposal *proposals);

#endif
