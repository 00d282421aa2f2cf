/* Journals write affiliations freely, yet nearly always from the small to the large: department,
 * hospital or university, city, country. The part that names a hospital is where somebody works; a
 * university or institute where there is no hospital. */
#include "import/affiliation.h"

#include "base/fold.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum part_kind { PART_PLACE, PART_DEPARTMENT, PART_SCHOOL, PART_UNIVERSITY, PART_HOSPITAL };

static const struct {
    enum part_kind kind;
    const char *word;
} words[] = {{PART_HOSPITAL, "hospital"},
             {PART_HOSPITAL, "medical center"},
             {PART_HOSPITAL, "medical centre"},
             {PART_HOSPITAL, "clinic"},
             {PART_HOSPITAL, "clinica"},
             {PART_HOSPITAL, "klinik"},
             {PART_HOSPITAL, "klinikum"},
             {PART_HOSPITAL, "hopital"},
             {PART_HOSPITAL, "ospedale"},
             {PART_HOSPITAL, "infirmary"},
             {PART_HOSPITAL, "health system"},
             {PART_HOSPITAL, "nhs"},
             {PART_HOSPITAL, "healthcare"},
             {PART_HOSPITAL, "krankenhaus"},
             {PART_HOSPITAL, "chu"},
             {PART_HOSPITAL, "cancer center"},
             {PART_UNIVERSITY, "university"},
             {PART_UNIVERSITY, "universitat"},
             {PART_UNIVERSITY, "universite"},
             {PART_UNIVERSITY, "universita"},
             {PART_UNIVERSITY, "universidad"},
             {PART_UNIVERSITY, "universidade"},
             {PART_UNIVERSITY, "institute"},
             {PART_UNIVERSITY, "instituto"},
             {PART_UNIVERSITY, "institut"},
             {PART_UNIVERSITY, "academy"},
             {PART_UNIVERSITY, "foundation"},
             {PART_UNIVERSITY, "ministry"},
             {PART_UNIVERSITY, "laboratory"},
             {PART_UNIVERSITY, "inserm"},
             {PART_SCHOOL, "school"},
             {PART_SCHOOL, "college"},
             {PART_SCHOOL, "faculty"},
             {PART_SCHOOL, "facultad"},
             {PART_SCHOOL, "center"},
             {PART_SCHOOL, "centre"},
             {PART_DEPARTMENT, "department"},
             {PART_DEPARTMENT, "departments"},
             {PART_DEPARTMENT, "dept"},
             {PART_DEPARTMENT, "division"},
             {PART_DEPARTMENT, "section"},
             {PART_DEPARTMENT, "unit"},
             {PART_DEPARTMENT, "service"},
             {PART_DEPARTMENT, "departamento"},
             {PART_DEPARTMENT, "abteilung"},
             {PART_DEPARTMENT, "from the"}};

static bool has_word(const char *folded, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = folded; (at = strstr(at, word)) != NULL; at++) {
        if ((at == folded || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) {
            return true;
        }
    }
    return false;
}

/* A department is told by its first word, before a hospital's name in it counts. */
static enum part_kind kind_of(const char *part)
{
    g_autofree char *folded = fold_text(part);
    enum part_kind best = PART_PLACE;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (words[i].kind == PART_DEPARTMENT && g_str_has_prefix(folded, words[i].word)) {
            return PART_DEPARTMENT;
        }
        if (has_word(folded, words[i].word)) {
            best = MAX(best, words[i].kind);
        }
    }
    return best;
}

/* Without e-mail addresses, "Electronic address:", leading numbers and closing points. New string.
 */
static char *without_addresses(const char *text)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) tokens = g_strsplit(text, " ", -1);
    for (char **token = tokens; *token != NULL; token++) {
        if (strchr(*token, '@') == NULL && **token != '\0') {
            g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", *token);
        }
    }
    char *noise;
    while ((noise = strcasestr(out->str, "Electronic address:")) != NULL) {
        g_string_erase(out, noise - out->str, (gssize)strlen("Electronic address:"));
    }
    g_string_erase(out, 0, (gssize)strspn(out->str, "0123456789 "));
    while (out->len > 0 && strchr(" .;,", out->str[out->len - 1]) != NULL) {
        g_string_truncate(out, out->len - 1);
    }
    return g_string_free(out, false);
}

static void append_part(char **list, const char *part)
{
    char *joined = *list == NULL ? g_strdup(part) : g_strconcat(*list, ", ", part, NULL);
    g_free(*list);
    *list = joined;
}

void affiliation_read(const char *text, struct affiliation *affiliation_out)
{
    *affiliation_out = (struct affiliation){0};
    g_autofree char *clean = without_addresses(text);
    char *semicolon = strchr(clean, ';');
    if (semicolon != NULL) {
        *semicolon = '\0'; /* a second affiliation in the same value: the first counts */
    }
    g_auto(GStrv) parts = g_strsplit(clean, ",", 32);
    int org = -1;
    enum part_kind org_kind = PART_DEPARTMENT;
    for (int i = 0; parts[i] != NULL; i++) {
        g_strstrip(parts[i]);
        enum part_kind kind = kind_of(parts[i]);
        if (kind > org_kind) {
            org_kind = kind;
            org = i;
        }
    }
    for (int i = 0; parts[i] != NULL; i++) {
        if (*parts[i] != '\0' && i != org) {
            bool is_before = i < org || (org < 0 && kind_of(parts[i]) == PART_DEPARTMENT);
            bool is_inner = !is_before && kind_of(parts[i]) != PART_PLACE;
            append_part(is_before || is_inner ? &affiliation_out->department
                                              : &affiliation_out->place,
                        parts[i]);
        }
    }
    if (org >= 0) {
        affiliation_out->org = g_strdup(parts[org]);
    } else if (affiliation_out->department == NULL) {
        affiliation_out->org =
            g_steal_pointer(&affiliation_out->place); /* one name without a word we know */
    }
}

void affiliation_clear(struct affiliation *affiliation)
{
    g_clear_pointer(&affiliation->org, g_free);
    g_clear_pointer(&affiliation->department, g_free);
    g_clear_pointer(&affiliation->place, g_free);
}
