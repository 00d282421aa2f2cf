/* Indexes over two tables of data/, made on first use and kept. */
#include "model/recognise.h"

#include "base/fold.h"
#include "data_regions.h"
#include "data_specialties.h"
#include "model/phrase.h"

#include <string.h>

/* ---- specialties ---- */

static const struct phrases *specialty_phrases(void)
{
    static struct phrases *phrases = NULL;
    if (g_once_init_enter(&phrases)) {
        struct phrases *made = phrases_new();
        for (size_t i = 0; i < n_data_specialties; i++) {
            phrases_add(made, data_specialties[i].aliases, (int)i);
        }
        g_once_init_leave(&phrases, made);
    }
    return phrases;
}

const char *specialty_recognise(const char *folded)
{
    int found = phrases_find(specialty_phrases(), folded);
    return found < 0 ? NULL : data_specialties[found].id;
}

const char *specialty_name(const char *specialty_id)
{
    const struct data_specialties *row = data_specialties_by_id(specialty_id);
    return row == NULL ? NULL : row->name;
}

/* ---- places ---- */

struct region_index {
    struct phrases *states;
    struct phrases *countries;
};

static bool is_state(const struct data_regions *row)
{
    return row->kind[0] == 's';
}

static const struct region_index *region_index(void)
{
    static struct region_index *index = NULL;
    if (g_once_init_enter(&index)) {
        struct region_index *made = g_new0(struct region_index, 1);
        made->states = phrases_new();
        made->countries = phrases_new();
        for (size_t i = 0; i < n_data_regions; i++) {
            phrases_add(is_state(&data_regions[i]) ? made->states : made->countries,
                        data_regions[i].aliases, (int)i);
        }
        g_once_init_leave(&index, made);
    }
    return index;
}

/* Two capital letters: a state's code as addresses write it. */
static const char *state_by_code(const char *text)
{
    if (!g_ascii_isupper(text[0]) || !g_ascii_isupper(text[1]) ||
        (text[2] != '\0' && text[2] != ' ')) {
        return NULL;
    }
    for (size_t i = 0; i < n_data_regions && is_state(&data_regions[i]); i++) {
        if (strncmp(data_regions[i].code, text, 2) == 0) {
            return data_regions[i].code;
        }
    }
    return NULL;
}

static const char *code_of(const struct phrases *phrases, const char *folded)
{
    int found = phrases_exact(phrases, folded);
    return found < 0 ? NULL : data_regions[found].code;
}

/* One piece between commas: what it may be. */
static void recognise_piece(const char *piece, const char **state_out, const char **country_out)
{
    const struct region_index *index = region_index();
    *state_out = state_by_code(piece);
    g_autofree char *folded = fold_text(piece);
    *country_out = code_of(index->countries, folded);
    if (*state_out == NULL) {
        *state_out = code_of(index->states, folded);
    }
}

/* Takes the last pieces of a place for country and state. */
static void recognise_pieces(char **pieces, guint n, struct place_found *found)
{
    for (guint i = 0; i < 3 && i < n; i++) {
        const char *state;
        const char *country;
        recognise_piece(g_strstrip(pieces[n - 1 - i]), &state, &country);
        bool is_either = state != NULL && country != NULL;
        if (is_either && found->country == NULL) {
            return; /* Georgia, and nothing says which */
        }
        if (country != NULL && found->country == NULL) {
            found->country = country;
        } else if (state != NULL && found->region == NULL &&
                   (found->country == NULL || strcmp(found->country, "US") == 0)) {
            found->region = state;
            found->country = "US";
            return;
        }
    }
}

void place_recognise(const char *region, const char *country, const char *value,
                     struct place_found *found_out)
{
    *found_out = (struct place_found){0};
    const char *state = NULL;
    const char *land = NULL;
    if (country != NULL) {
        recognise_piece(country, &state, &land);
        if (land == NULL && strlen(country) == 2) {
            for (size_t i = 0; i < n_data_regions; i++) {
                if (!is_state(&data_regions[i]) &&
                    g_ascii_strcasecmp(data_regions[i].code, country) == 0) {
                    land = data_regions[i].code;
                }
            }
        }
        found_out->country = land;
    }
    bool may_be_us = found_out->country == NULL || strcmp(found_out->country, "US") == 0;
    if (region != NULL && may_be_us) {
        recognise_piece(region, &state, &land);
        if (state != NULL && (land == NULL || found_out->country != NULL)) {
            found_out->region = state;
            found_out->country = "US";
        }
    }
    if (found_out->region == NULL && value != NULL) {
        g_auto(GStrv) pieces = g_strsplit(value, ",", 16);
        recognise_pieces(pieces, g_strv_length(pieces), found_out);
    }
    found_out->region_name = region_name(found_out->region, true);
    found_out->country_name = region_name(found_out->country, false);
}

const char *region_name(const char *code, bool wants_state)
{
    for (size_t i = 0; code != NULL && i < n_data_regions; i++) {
        if (is_state(&data_regions[i]) == wants_state && strcmp(data_regions[i].code, code) == 0) {
            return data_regions[i].name;
        }
    }
    return NULL;
}
