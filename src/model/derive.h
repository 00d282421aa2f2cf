/* From facts in force to what lists, filters and search need. Pure; the same for one person
 * refolded, for a hundred thousand imported and for `ligature verify`. */
#ifndef LIGATURE_MODEL_DERIVE_H
#define LIGATURE_MODEL_DERIVE_H

#include "model/fact_fold.h"
#include "model/person.h"

struct derived_ident {
    enum ident_kind kind;
    const char *value;
    int64_t person_id;
};
struct derived_trait {
    const char *kind;
    const char *value;
    const char *label;
};

/* Made once, filled many times. */
struct derived {
    struct person_row row; /* only what facts tell: name ... do_not_contact, has_conflict */
    GArray *idents;        /* struct derived_ident, each once */
    GArray *traits;        /* struct derived_trait, each once */
    GString *words;        /* folded, for search */
    GStringChunk *text;    /* where strings live until the next derive */
    GString *spare;
    GHashTable *places; /* places recognised before: an import names few, often */
    GHashTable *titles; /* likewise titles and their specialties */
};
void derived_init(struct derived *derived);
void derived_clear(struct derived *derived);

/* person_id stands in for facts whose set has none (a new person's). */
void derive(const struct fact_fold *fold, int64_t person_id, struct derived *out);

#endif
