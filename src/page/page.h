/* A page being answered: who asks, with what; and what comes back. Handlers start with work: the
 * frame has checked the session, Host, CSRF (page_post) and loaded the account.
 *
 * GET pages: a handler reads the model inside one db_read and renders a template.
 * Forms: post to /do/<noun>.<verb> with the action's parameters, `csrf`, and `back` (a path of
 * ours): the frame runs the action, then answers 303 to `back` with a toast (and its undo), or
 * renders `back`'s page again with the refusals beside the fields (page->refusals, page->typed).
 * A form whose `back` is not the page it stands on says that page as `stands`: refusals are shown there.
 * Long actions answer 303 to /jobs/<id>?back=... */
#ifndef LIGATURE_PAGE_PAGE_H
#define LIGATURE_PAGE_PAGE_H

#include "action/action.h"
#include "page/frame.h"

struct http_request; /* net/http.h */
struct http_response;
struct http_params; /* net/http_params.h */
struct http_match;  /* net/http_router.h */
struct site;        /* page/dispatch.h */
struct viewer;      /* inside dispatch.c */
struct attempts;    /* model/attempt.h */
struct html_out;    /* page/html.h */

enum nav {
    NAV_NONE,
    NAV_TODAY,
    NAV_WEEK,
    NAV_PEOPLE,
    NAV_INTRODUCTIONS,
    NAV_SEASON,
    NAV_STRATEGIES,
    NAV_IMPORT,
    NAV_SETTINGS
};

struct page {
    const struct http_request
        *request; /* borrowed; of a refused form: the post, so ask page_query, not the request */
    struct http_response *response; /* borrowed; PAGE_RAW handlers fill it, others leave it alone */
    const struct http_params *query; /* behind page_query */
    const struct http_match *vars;   /* behind page_var */
    const struct site *site;         /* behind page_after */
    struct viewer *viewer;           /* behind page_after */
    struct attempts *attempts; /* waits after wrong tries, for pages that open with a secret */
    struct env *env;
    struct db *db;
    const struct action_table *actions;
    const char *data_dir;
    void *app;
    int64_t account_id;
    const char *account_name; /* display name, borrowed */
    int64_t self_person_id;
    bool is_admin;
    bool is_loopback;
    const char *csrf;       /* form token of the session */
    bool is_fragment;       /* htmx asks for a part: HX-Request and the target */
    const char *hx_target;  /* id of the element htmx swaps, NULL: none */
    const json_t *typed;    /* what a refused form had typed, NULL: none */
    const json_t *refusals; /* {param: sentence}, NULL: none */
    const char *refusal;    /* sentence of an error that belongs to no field, NULL: none */
    const json_t *result;   /* what a form that only looks (EFFECT_READ, no message) found, with what
                               it had typed; NULL: none */
    struct html_out *out;   /* the answer's body */
    int status;             /* 200 unless changed */
    const char *location;   /* set with page_redirect */
    GPtrArray *keep;        /* owned memory freed with the request (g_free) */
    /* For the frame; zero initialised will do. */
    struct frame_toast toast; /* what the request before this one did */
    unsigned navs; /* bit (1 << enum nav) of each word that has a page; 0: Today, People, Import */
    const char *theme;  /* setting `theme`: "light", "dark", NULL: as the system has it */
    bool has_no_keys;   /* setting `keys` is off */
    const char *backup; /* "Last backup Sunday 19 July", "No backup yet", NULL: not said */
};

/* The frame of a page of this reader: words of the navigation with the knot at `nav`, account,
 * token, toast, foot. title is borrowed; the rest lives as long as the request. Views hold a
 * `struct frame_view frame` (page/frame.h). */
void page_frame(struct page *page, enum nav nav, const char *title, struct frame_view *frame_out);

/* Path variables (":id") and query parameters. Borrowed; NULL when absent. */
const char *page_var(const struct page *page, const char *name);
const char *page_query(const struct page *page, const char *name);
int64_t page_var_id(const struct page *page, const char *name); /* 0 when it is not an id */
/* Memory that lives as long as the request. */
char *page_keep(struct page *page, char *owned);
char *page_printf(struct page *page, const char *format, ...) G_GNUC_PRINTF(2, 3);
bool page_redirect(struct page *page, const char *path);
/* After an action that has just ended (a job): to `back`, where "{import_id}" stands for that
 * member of the result, and the page there tells what came of it, as after a form. */
bool page_after(struct page *page, const char *back, const json_t *result);

typedef bool page_fn(struct page *page, GError **error);
/* What the features add to the page of a person, in order: those with from_order <= person_order <
 * below_order. Outside of db_read: each reads for itself. */
bool page_person_sections(struct page *page, int64_t person_id, int from_order, int below_order,
                          struct html_out *out, GError **error);

enum page_flags {
    PAGE_ANYONE = 1, /* no session needed (sign in, keys) */
    PAGE_ADMIN = 2,
    PAGE_CACHED = 4, /* body depends on account revision, day, session and URL only: kept and
                        answered by the I/O thread */
    PAGE_RAW = 8,    /* handler sets its own content type (photo, export download, event stream) */
};
struct page_route {
    const char *pattern; /* "/people/:id" */
    unsigned flags;
    page_fn *get;
};

#endif
