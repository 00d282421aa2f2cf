/* MEDLINE as PubMed (.nbib, .txt) and PMC write it: one record at a time out of UTF-8 text. Unknown tags are
 * passed over with their continuation lines. */
#ifndef LIGATURE_CODEC_MEDLINE_H
#define LIGATURE_CODEC_MEDLINE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct medline_reader medline_reader;

/* Owned by its record. Texts are never NULL: "" when absent. Vectors are NULL-terminated and never NULL. */
struct medline_author {
    char *family;               /* "Brinjikji"; from FAU, else from AU */
    char *given;                /* "Waleed"; "" when only AU is there */
    char *initials;             /* "W" */
    char *suffix;               /* "Jr", "3rd" */
    char *orcid;                /* "0000-0002-1825-0097", or "" */
    char *email;                /* first address in the affiliations, without closing point; or "" */
    char **affiliations;        /* AD, in order, e-mail address left in */
};

struct medline_record {
    int64_t line;               /* physical line of its first tag, from 1 */
    int n_lines;
    char *pmid;
    char *pmcid;                /* "PMC6055010" */
    char *doi;                  /* "10.1136/x": of LID or AID, else "" */
    char *title;                /* TI, else BTI, CTI, TT */
    char *original_title;       /* TT */
    char *book_title;           /* BTI */
    char *collection_title;     /* CTI */
    char *journal;              /* JT */
    char *journal_abbrev;       /* TA */
    char *date;                 /* DP as written */
    int year, month, day;       /* of DP, else of DEP; 0 unknown; a range gives its first month, a season none */
    char *volume, *issue, *pages;
    char *abstract;
    char *status;               /* STAT */
    char **languages;           /* LA: "eng" */
    char **types;               /* PT */
    char **keywords;            /* OT, without '*' */
    char **mesh;                /* MH as written, '*' kept */
    char **collectives;         /* CN */
    GPtrArray *authors;         /* of struct medline_author *, in order, owned */
};

enum medline_step { MEDLINE_STEP_NONE, MEDLINE_STEP_RECORD, MEDLINE_STEP_REFUSED, MEDLINE_STEP_END };

/* Reads text, borrowed, which must outlive the reader; it must be UTF-8 (charset_decode). */
struct medline_reader *medline_reader_new(const char *text, size_t len);
void medline_reader_free(struct medline_reader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(medline_reader, medline_reader_free)

/* Next record. *record_out must be zeroed or a record of an earlier call: it is cleared first. For REFUSED its line
 * is set and *reason_out says why, borrowed for ever: neither identifier nor title, or text that is no record. */
enum medline_step medline_reader_next(struct medline_reader *reader, struct medline_record *record_out,
                                      const char **reason_out);
void medline_record_clear(struct medline_record *record);

/* True when this text begins as MEDLINE does ("PMID- ", "PMC - " or another tag line first, blank lines
 * passed over). */
bool medline_is_likely(const char *text, size_t len);

#endif
