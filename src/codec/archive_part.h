/* What archive.c and its three ways of listing (archive_zip.c, archive_folder.c, one file) share. Not for others. */
#ifndef LIGATURE_CODEC_ARCHIVE_PART_H
#define LIGATURE_CODEC_ARCHIVE_PART_H

#include "codec/archive.h"

#include <zip.h>

struct entry {
    struct bundle_member member;        /* name owned; base points into it */
    char *path;                         /* owned; folder and file: where it is on disk, as bytes */
    zip_uint64_t zip_index;
};

struct bundle {
    enum bundle_kind kind;
    char *name;                 /* owned */
    struct bundle_limits limits;        /* with the defaults put in */
    GArray *entries;            /* owned; of struct entry */
    GBytes *bytes;              /* owned; NULL when it is on disk */
    zip_t *zip;                 /* owned; NULL when it is no ZIP */
};

/* A name from outside as a harmless one: parts parted by '/', no "..", no drive, no control characters, valid
 * UTF-8. NULL: nothing is left, or it is hidden or a system's litter. New string. */
char *archive_clean_name(const char *name);
/* Adds a member; takes name and path. */
void archive_add(struct bundle *bundle, char *name, char *path, uint64_t size);

/* Opens fd (closed in any case) or bundle->bytes (fd -1) as a ZIP and lists it. */
bool archive_zip_open(struct bundle *bundle, int fd, GError **error);
struct stream *archive_zip_stream(struct bundle *bundle, const struct entry *entry, GError **error);
/* Lists the folder at path. */
bool archive_folder_open(struct bundle *bundle, const char *path, GError **error);

#endif
