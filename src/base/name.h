/* A person's name taken apart: titles and credentials come off, nothing is lost. */
#ifndef LIGATURE_BASE_NAME_H
#define LIGATURE_BASE_NAME_H

#include <glib.h>
#include <stdbool.h>

/* All owned, NULL when absent. credentials: "MD, FACP" canonical (points dropped, from data/credentials.tsv),
 * prefix: "Dr.", "Prof." (data/titles.tsv), suffix: "Jr.", "III". */
struct name {
    char *prefix;
    char *given;
    char *additional;
    char *family;
    char *suffix;
    char *credentials;
    char *full;                 /* what to show: prefix, given, additional, family, suffix in the script they came in */
};

void name_clear(struct name *name);

/* From one string ("Dr. Rossi M.D., Ph.D.", "Smith, John, MD, FACP", "김민수"). Never fails; at the least full is set. */
void name_parse(const char *text, struct name *name_out);
/* From parts as files give them; any may be NULL or "". Credentials inside family or suffix, titles inside given, emoji
 * and blanks are put in their place. An address as first name ("user@example.com") gives full = "" so the
 * caller uses the address. */
void name_from_parts(const char *prefix, const char *given, const char *additional, const char *family,
                     const char *suffix, struct name *name_out);

/* True when the two could be one person's: every word of the shorter name is in the longer one, whole or as an initial
 * ("J. Smith" and "John Adam Smith"; not "Maria Garcia" and "Maria Lopez"). A text without a name in it goes with
 * any. Used as a guard before a shared phone or e-mail joins two records. */
bool name_is_compatible(const char *a_full, const char *b_full);

#endif
