/* What the store feature shows: the backups that stand in the data folder. */
#ifndef LIGATURE_FEATURE_STORE_VIEW_H
#define LIGATURE_FEATURE_STORE_VIEW_H

#include "page/frame.h"
#include "page/part.h"

#include <stdint.h>

struct store_backup_row {
    const char *name; /* of the file */
    const char *when; /* "Tue 21 July, 09:00 UTC" */
    int64_t bytes;
    int64_t people;
    bool is_encrypted;
    const char *href;    /* NULL: cannot be had from here */
    const char *pass_id; /* of its passphrase field */
};

struct store_backups_view {
    struct frame_view frame;
    const char *lead;
    const struct store_backup_row *rows;
    size_t n_rows;
    struct part_field passphrase;
    const char *refusal;
    bool is_here; /* the reader sits at this computer */
};

#endif
