/* Is it the same school? Names of schools as people write them: "University of Lakemont" and
 * "Lakemont University", "Lakemont Medical University (LMU), Lakemont", "LMU". Pure. */
#ifndef LIGATURE_MODEL_SCHOOL_H
#define LIGATURE_MODEL_SCHOOL_H

#include <glib.h>
#include <stdbool.h>

struct school_names;

struct school_names *school_names_new(void);
void school_names_free(struct school_names *names);
typedef struct school_names school_names_ptr; /* for g_autoptr(school_names_ptr) only */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(school_names_ptr, school_names_free)

/* NULL and "" add nothing. */
void school_names_add(struct school_names *names, const char *written);
/* Whether it is one of them: the same words in any order, small ones aside, with or without what
 * follows a comma or stands in brackets; or one is the initials (three letters or more) of the
 * other. Two long names never meet by their initials alone. */
bool school_names_has(const struct school_names *names, const char *written);

#endif
