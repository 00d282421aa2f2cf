/* Files that come together: a ZIP, a folder, or one file, seen alike as named members. Nothing is unpacked to
 * disk, names are never used as paths, and everything is bounded: members, bytes of one, bytes of all, ratio.
 *
 * Left out silently: folders themselves, links, devices, hidden files, `__MACOSX`. A ZIP inside a ZIP is a
 * member like any other (is_archive) and is not opened. */
#ifndef LIGATURE_CODEC_ARCHIVE_H
#define LIGATURE_CODEC_ARCHIVE_H

#include "codec/stream.h"

#include <stdint.h>

typedef struct bundle bundle_ref;     /* for g_autoptr(bundle_ref) only */
struct bundle;

enum bundle_kind { BUNDLE_NONE, BUNDLE_FILE, BUNDLE_FOLDER, BUNDLE_ZIP };

struct bundle_limits {          /* 0: the default */
    int max_members;            /* 5,000 */
    uint64_t max_member;        /* bytes of one member, unpacked: 1 GiB */
    uint64_t max_total;         /* bytes of all members, unpacked: 2 GiB */
    int max_ratio;              /* unpacked to packed, where more than 4 MiB come out: 200 */
    int max_depth;              /* folders inside folders: 8 */
};

struct bundle_member {
    const char *name;           /* path inside, UTF-8, parts parted by '/', without "..", never leading '/' */
    const char *base;           /* last part of name */
    uint64_t size;              /* unpacked, as the list says */
    bool is_encrypted;
    bool is_archive;            /* a ZIP by its name */
};

/* Opens a ZIP (by content), a folder or a plain file. NULL with *error:
 *   "file.unreadable"     no such file, not allowed, or a device
 *   "archive.cut_off"     begins as a ZIP, but its list of files is missing or damaged
 *   "archive.bomb"        would unpack to more than the limits allow
 *   "archive.too_many"    more members than the limit
 * limits may be NULL. */
struct bundle *bundle_open(const char *path, const struct bundle_limits *limits, GError **error);
/* The same over bytes in memory (its own reference is kept); name is what a person called the file. */
struct bundle *bundle_open_bytes(GBytes *bytes, const char *name, const struct bundle_limits *limits, GError **error);
void bundle_free(struct bundle *bundle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(bundle_ref, bundle_free)

enum bundle_kind bundle_kind(const struct bundle *bundle);
const char *bundle_name(const struct bundle *bundle);           /* base name of the file or folder; borrowed */
/* Members in order of their names. A BUNDLE_FILE has exactly one. */
size_t bundle_count(const struct bundle *bundle);
const struct bundle_member *bundle_member(const struct bundle *bundle, size_t index);

/* True when two names are the same without regard to case, blanks, underscores and hyphens ("Phone Numbers.csv" and
 * "PhoneNumbers.csv"). Compares base names. */
bool bundle_name_is(const char *name, const char *wanted);
/* First member whose base name is wanted in that sense, the least deep one if several; -1 when there is none. */
int bundle_find(const struct bundle *bundle, const char *wanted);

/* A member's bytes. A stream lives no longer than the bundle; only one stream of a ZIP's member need be open
 * at a time, more may be. Errors, also of later reads: "archive.encrypted", "archive.damaged",
 * "archive.bomb", "file.unreadable", "file.too_large". */
struct stream *bundle_stream(struct bundle *bundle, size_t index, GError **error);
GBytes *bundle_read(struct bundle *bundle, size_t index, size_t limit, GError **error);
/* The first bytes, at most max, for recognising; *is_whole_out (may be NULL) says whether that is all. */
GBytes *bundle_head(struct bundle *bundle, size_t index, size_t max, bool *is_whole_out, GError **error);

#endif
