/* A source of people: one file per kind of export. A source only reads: it turns one member of a
 * bundle into records, one per row, card or paper, and says what it refuses. Which source reads a
 * member is decided by its content (codec/sniff). Matching, preview, apply and undo are the same
 * for all (import/plan.h). */
#ifndef LIGATURE_IMPORT_SOURCE_H
#define LIGATURE_IMPORT_SOURCE_H

#include "codec/sniff.h"
#include "model/fact.h"

/* What one record tells. */
enum record_about { ABOUT_NONE, ABOUT_PERSON, ABOUT_SELF, ABOUT_TOUCH };

struct record_touch {
    const char *kind;      /* id in data/touch_kinds.tsv */
    const char *direction; /* out, in, both */
    int64_t at;            /* AT_NONE when only the day is known */
    int32_t on_day;
    const char *note; /* first lines; NULL: none */
    const char *key;  /* unique within the family, so that it comes in once */
};

/* What identifies exactly: one of the facts, canonical (base/ident.h). */
struct record_ident {
    enum ident_kind kind;
    const char *value;
};

/* Strings and facts live until the sink returns. A touch record carries the facts that identify the
 * other person (profile URL, name); one record may carry facts and touches both (a connection with
 * its date). */
struct record {
    enum record_about about;
    const char
        *family; /* "linkedin.connections", "vcard", "google", "outlook", "medline", "csv" ... */
    const char *key;  /* record key within the family (UID, profile URL, digest of the row) */
    const char *file; /* member name, for refusals */
    long line;        /* where it begins, from 1 */
    const struct fact *facts;
    size_t n_facts;
    const struct record_ident *idents;
    size_t n_idents; /* of the facts; draft_send finds them */
    const struct record_touch *touches;
    size_t n_touches;
    /* photo bytes beside a FACT_PHOTO whose value is the digest; NULL: none */
    const void *photo;
    size_t photo_len;
    const char *photo_type;
    /* only attach the touches when the person is known already or a record of this bundle makes
     * them (messages with strangers: false makes the person) */
    bool needs_person;
    /* continues the row of the record before it (further people of one group message): not counted
     * again */
    bool is_same_row;
};

/* Receives records in file order. Every row read ends in exactly one of record() or refuse_row() or
 * same(): rows that by design tell nothing (a draft, a robot's talk, a rejected endorsement) go to
 * refuse_row with their reason. */
struct record_sink {
    void *data;
    bool (*record)(void *data, const struct record *record, GError **error);
    bool (*refuse_row)(void *data, const char *file, long line, const char *reason, GError **error);
    bool (*progress)(void *data, int64_t bytes_done, int64_t bytes_total); /* false: stop */
};

struct source_options {
    const struct env *env; /* borrowed */
    json_t *mapping; /* column mapping for other CSVs: {"column header": "field id"}; NULL: the
                        proposed one */
    const char *owner_name; /* of the account, NULL: unknown */
    const char *owner_url;  /* canonical profile address of the account, NULL: unknown */
};

/* One member of a bundle, being read. All borrowed. */
struct source_member {
    struct bundle *bundle;
    size_t index;
    enum file_kind kind; /* as codec/sniff found it by content */
    const struct sniff *sniff;
    const struct source_options *options;
};

struct import_source {
    const char *name;  /* "linkedin" */
    const char *words; /* "LinkedIn" */
    /* Which kinds of file are its; the order in which they are read within one bundle (people
     * before their messages), 0: not its. */
    int (*order)(enum file_kind kind);
    bool (*read)(const struct source_member *member, struct record_sink *sink, GError **error);
};

/* Written by the build from src/import/<name>_source.c, each of which defines `const struct
 * import_source source_<name>`. */
extern const struct import_source *const import_sources[];
extern const int n_import_sources;

#endif
