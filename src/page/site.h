/* Inside of dispatch.c, session.c, form.c, flash.c and cache.c only. */
#ifndef LIGATURE_PAGE_SITE_H
#define LIGATURE_PAGE_SITE_H

#include "model/attempt.h"
#include "net/http.h"
#include "net/http_router.h"
#include "page/dispatch.h"
#include "page/html.h"

#define PAGE_LIMIT (16 * 1024 * 1024) /* the longest page */

struct cache;

struct site {
    struct site_options options;
    http_router *router;       /* owned; targets are struct page_route */
    GPtrArray *routes;         /* struct http_route, owned */
    struct attempts *attempts; /* owned */
    struct cache *cache;       /* owned; NULL: pages are not kept */
    unsigned navs;             /* which words of the navigation have a page */
    GMutex open_lock;
    char *open_cookie; /* owned, under open_lock: the session given to every browser of this machine
                        */
};

/* ---- session.c: who is looking ---- */

struct viewer {
    int64_t account_id; /* 0: nobody */
    const char *name;   /* texts live in text */
    int64_t self_person_id;
    int64_t revision; /* of the account: every write in it moves it */
    bool is_admin;
    const char *csrf;
    const char *token_hash;
    const char *theme;
    bool has_no_keys;
    const char *backup_at; /* when the store was last backed up; NULL: never */
    char *new_cookie;      /* owned; to be set by the answer. NULL: none */
    GStringChunk *text;    /* owned */
};

/* False for our own faults only; an unknown session is nobody. viewer is always to be cleared. */
bool viewer_load(struct site *site, const struct http_request *request, struct viewer *viewer,
                 GError **error);
void viewer_clear(struct viewer *viewer);
const char *session_cookie_name(const struct site *site);
void session_set_cookie(const struct site *site, struct http_response *response, const char *value);
/* The form token (form field or header) is this session's, and no other origin sent it. Else
 * auth.csrf. */
bool session_check_form(const struct viewer *viewer, const struct http_request *request,
                        GError **error);
/* GET and POST /sign-in, POST /sign-out. */
void session_sign_in(struct site *site, const struct http_request *request,
                     struct http_response *response);
void session_sign_out(struct site *site, const struct http_request *request,
                      struct http_response *response);

/* ---- flash.c: what the next page tells ---- */

void flash_set(const struct site *site, struct http_response *response, const struct viewer *viewer,
               const json_t *result);
/* Reads and takes away. toast_out stays empty when there is none, or it is not of this session.
 * Memory is of keep. */
void flash_take(const struct site *site, const struct http_request *request,
                struct http_response *response, const struct viewer *viewer,
                struct frame_toast *toast_out, GPtrArray *keep);
bool flash_is_waiting(const struct http_request *request);

/* ---- form.c ---- */

/* POST /do/<name>. */
void form_handle(struct site *site, const struct http_request *request,
                 struct http_response *response, const char *name);
/* `back` with each "{name}" replaced by that member of the result; a name that the result lacks
 * stays. New string. */
char *form_place(const char *back, const json_t *result);
/* A path of ours: begins with one slash, and leads nowhere else. */
bool is_own_path(const char *path);

/* ---- dispatch.c, for form.c and session.c ---- */

/* A form that was refused, or only looked, to be shown again on its page. */
struct refused_form {
    const json_t *typed;
    const json_t *refusals;
    const char *refusal;
    const json_t *result; /* of a form that only looked and was not refused; NULL */
    int status;
};
/* Renders the page at path (with query) for viewer; form NULL: none. False when there is no such
 * page: nothing was answered. */
bool site_render(struct site *site, const struct http_request *request,
                 struct http_response *response, struct viewer *viewer, const char *path,
                 const struct refused_form *form);
/* A page for an error, told by its code; ours are logged. */
void site_trouble(struct site *site, const struct http_request *request,
                  struct http_response *response, const struct viewer *viewer, const GError *error);

/* ---- cache.c: pages kept ---- */

/* store_file: see site_options. */
struct cache *cache_new(const char *store_file, const struct clock *clock);
void cache_free(struct cache *cache);
void cache_forget(struct cache *cache);
/* What everything kept depends on besides its key; take it before reading the store. */
struct cache_stamp {
    uint64_t generation;
    int64_t written_ns;
    int64_t size;
    int32_t day;
    int64_t begun_us; /* real time; not compared */
};
void cache_stamp(struct cache *cache, struct cache_stamp *stamp_out);
/* New reference, NULL when nothing valid is kept. */
GBytes *cache_find(struct cache *cache, const char *key, char etag_out[static 40]);
/* As cache_find, for a stamp that the caller knows to be as of now. */
GBytes *cache_find_as(struct cache *cache, const char *key, const struct cache_stamp *stamp,
                      char etag_out[static 40]);
/* As cache_find; but when another worker is making the page, waits for it. NULL: the caller makes
 * it, and when *is_mine_out releases it after cache_keep, or when there is nothing to keep. */
GBytes *cache_claim(struct cache *cache, const char *key, char etag_out[static 40],
                    bool *is_mine_out);
void cache_release(struct cache *cache, const char *key);
/* For tests: how many wait in cache_claim, and how long a page may still be shown (0: not kept). */
unsigned cache_n_waiting(struct cache *cache);
int64_t cache_left_us(struct cache *cache, const char *key);
void cache_keep(struct cache *cache, const char *key, const struct cache_stamp *stamp,
                GBytes *page);
/* The key of a request, NULL when its answer cannot be kept. New string. */
char *cache_key(const struct site *site, const struct http_request *request);

#endif
