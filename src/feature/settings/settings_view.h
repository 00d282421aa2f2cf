/* What the settings page shows. All pointers are borrowed for the time of rendering. */
#ifndef LIGATURE_FEATURE_SETTINGS_VIEW_H
#define LIGATURE_FEATURE_SETTINGS_VIEW_H

#include "page/frame.h"
#include "page/part.h"

#include <stdint.h>

struct settings_token {
    int64_t id;
    const char *name;
    const char *scopes; /* "read, write" */
    const char *made;   /* "made Tue 21 July" */
    const char *used;   /* "used yesterday", "never used" */
    const char *ends;   /* "ends Sat 1 August"; NULL: when revoked */
    const char *state;  /* "revoked", "ended"; NULL: opens */
};

struct settings_session {
    const char *session;
    const char *agent;
    const char *seen;
    bool is_this;
};

struct settings_account {
    const char *name;
    const char *shown; /* NULL: as the sign-in name */
    const char *words; /* "administrator, no password" */
    bool is_closed;
    bool is_own;
};

struct settings_gone {
    int64_t id;
    struct part_name name;
    const char *when; /* "deleted 3 days ago, goes for good in 27 days" */
};

struct settings_view {
    struct frame_view frame;
    const char *refused_form; /* action that was refused, NULL: none */
    const char *refusal;      /* its sentence, when it belongs to no field */

    const char *self_href;
    const char *sign_in_name;
    bool has_password;
    struct part_field display_name, current, password;

    struct part_field theme, keys;

    int64_t n_people;

    bool is_admin;
    const char *backup_words; /* "The last backup was made Sun 19 July." */

    const struct settings_gone *gone;
    size_t n_gone;
    int64_t n_gone_all;
    bool has_more_gone;
    const char *erase_label; /* "Erase 3 people for good" */

    const struct settings_token *tokens;
    size_t n_tokens;
    struct part_field token_name, token_expires;
    const char *token_refusal; /* at the boxes of what it may do */

    const struct settings_session *sessions;
    size_t n_sessions;

    const struct settings_account *accounts;
    size_t n_accounts;
    struct part_field account_name, account_shown, account_password, account_admin;

    const char *version;
    const char *data_dir; /* NULL: not said */
    const char *engine;
    int64_t revision;
};

#endif
