/* What words mean: specialties in titles, states and countries in places. By data/specialties.tsv
 * and data/regions.tsv. */
#ifndef LIGATURE_MODEL_RECOGNISE_H
#define LIGATURE_MODEL_RECOGNISE_H

#include <stdbool.h>

/* Id of the specialty a folded text names ("attending internal medicine" -> "internal_medicine");
 * NULL: none. Constant. */
const char *specialty_recognise(const char *folded);
/* Name of a specialty by id; NULL when there is none. Constant. */
const char *specialty_name(const char *specialty_id);

struct place_found {
    const char *region;       /* "OH"; NULL: not a state of the US, or not known. Constant */
    const char *country;      /* "US", "PK"; NULL: not known. Constant */
    const char *region_name;  /* "Ohio" with region */
    const char *country_name; /* "Pakistan" with country */
};
/* city is not looked at. Any may be NULL; value is "Toledo, Ohio, United States" as people write.
 * "Georgia" alone is nothing: it may be either. */
void place_recognise(const char *region, const char *country, const char *value,
                     struct place_found *found_out);
/* Name of a state or country by code ("OH", "PK"); NULL when there is none. Constant. */
const char *region_name(const char *code, bool is_state);

#endif
