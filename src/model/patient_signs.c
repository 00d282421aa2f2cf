/* Signs of patient data in a note: the expressions of data/patient_signs.tsv. They warn; they never
 * refuse. */
#include "model/touch_line.h"

#include "data_patient_signs.h"

#define MAX_SIGNS 64

static GRegex *const *signs(void)
{
    static GRegex *compiled[MAX_SIGNS];
    static gsize once = 0;
    if (g_once_init_enter(&once)) {
        for (size_t i = 0; i < n_data_patient_signs && i < MAX_SIGNS; i++) {
            g_autoptr(GError) error = NULL;
            compiled[i] = g_regex_new(data_patient_signs[i].regex,
                                      G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
            if (compiled[i] == NULL) {
                g_error("data/patient_signs.tsv, %s: %s", data_patient_signs[i].id, error->message);
            }
        }
        g_once_init_leave(&once, 1);
    }
    return compiled;
}

void patient_signs(const char *note, GStringChunk *text, GPtrArray *sentences_out)
{
    if (note == NULL || !g_utf8_validate(note, -1, NULL)) {
        return;
    }
    GRegex *const *compiled = signs();
    for (size_t i = 0; i < n_data_patient_signs && i < MAX_SIGNS; i++) {
        GMatchInfo *match = NULL;
        if (g_regex_match(compiled[i], note, 0, &match)) {
            g_autofree char *found = g_match_info_fetch(match, 0);
            g_autofree char *sentence =
                g_strdup_printf("“%s” looks like %s.", found, data_patient_signs[i].why);
            g_ptr_array_add(sentences_out, g_string_chunk_insert(text, sentence));
        }
        g_match_info_free(match);
    }
}

bool patient_none(const char *note, const char *code, GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(256);
    g_autoptr(GPtrArray) signs = g_ptr_array_new();
    patient_signs(note, text, signs);
    return signs->len == 0 ||
           refuse(error, code,
                  "%s Ligature keeps no patient details. Reword it, or say that it is none "
                  "(--no-patient).",
                  (const char *)g_ptr_array_index(signs, 0));
}
