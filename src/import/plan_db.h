/* What an import reads across the whole address book. */
#ifndef LIGATURE_IMPORT_PLAN_DB_H
#define LIGATURE_IMPORT_PLAN_DB_H

#include "model/book.h"

struct plan_person {
    int64_t person_id;
    int64_t root_id;
    const char *name;     /* texts are borrowed for the call */
    const char *own_name; /* in its own script; NULL when that is Latin */
    const char *sort_key; /* folded: family, given, additional */
    const char *org;
    bool is_self;
};

/* Everyone who is not deleted, those in front first. */
bool plan_people_each(struct book *book, void (*each)(const struct plan_person *person, void *data),
                      void *data, GError **error);

#endif
