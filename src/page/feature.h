/* One folder, one descriptor: what a feature adds to the program. The build lists src/feature/ and
 * writes the registry (registry_features of app/app.h); nobody edits a central list. A descriptor
 * is `const struct feature feature_<folder>` in src/feature/<folder>/<folder>_feature.c. */
#ifndef LIGATURE_PAGE_FEATURE_H
#define LIGATURE_PAGE_FEATURE_H

#include "action/action.h"
#include "page/page.h"

/* A periodic piece of work (erase what is 30 days gone, refresh ties over night, ...). */
struct feature_job {
    const char *name;
    int every_minutes;
    bool (*run)(struct env *env, struct db *db, const char *data_dir, GError **error);
};

struct setting_row { /* declared settings: name, help, default, kind of value */
    const char *name;
    const char *help;
    enum param_type type;
    const char *fallback;
};

struct feature {
    const char *name;                    /* the folder's name */
    const struct action *const *actions; /* NULL-terminated; NULL: none */
    const struct page_route *pages;      /* ends with pattern == NULL; NULL: none */
    const struct feature_job *jobs;      /* ends with name == NULL; NULL: none */
    const struct setting_row *settings;  /* ends with name == NULL; NULL: none */
    /* Markup for the person page (a section, in order of .person_order); NULL: none. */
    bool (*on_person)(struct page *page, int64_t person_id, struct html_out *out, GError **error);
    int person_order;
    const struct strategy *strategy; /* what it suggests; NULL: nothing */
};

#endif
