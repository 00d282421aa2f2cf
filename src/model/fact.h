/* Facts: one thing known of a person, with its source. A person is the fold of their facts.
 *
 * Facts come in sets: what one source says of one person at one time (table fact_set). Sets are
 * written once. The fold (fact_fold) of a person's sets, oldest first:
 *   1. Within one (family, record key) only the newest set counts: a newer export of the same
 * record replaces the older.
 *   2. Sets of different families or records are united; equal facts become one with several
 * sources.
 *   3. Family "you" (your edits) is a log: each set holds facts with op ADD, or REMOVE (kind +
 * value hide that fact from whatever source), or SET (for one-valued kinds: yours wins over all
 * sources). Later edits win over earlier ones.
 *   4. For one-valued kinds (name, headline, place, birthday, ...) the newest source wins; if two
 * current sources differ after folding and no SET of yours decides, all stay, and the fact is
 * marked has_conflict. Undoing an import deletes its sets; the older ones count again. */
#ifndef LIGATURE_MODEL_FACT_H
#define LIGATURE_MODEL_FACT_H

#include "base/env.h"
#include "base/ident.h"

#include <glib.h>
#include <jansson.h>

enum fact_kind {
    FACT_NONE,
    FACT_NAME,       /* part: prefix, given, additional, family, suffix, credentials. One-valued */
    FACT_OTHER_NAME, /* maiden, nickname, phonetic, own script: label says which */
    FACT_EMAIL,
    FACT_PHONE,
    FACT_URL,     /* profiles and home pages */
    FACT_IM,      /* label: service */
    FACT_ADDRESS, /* part: pobox, extended, street, city, region, postcode, country */
    FACT_PLACE, /* "Toledo, Ohio": where they live or work. part: city, region, country. One-valued
                 */
    FACT_WORK,  /* value "Chief resident, Northquay General"; part: org, department, title, city;
                   begins, ends. Several */
    FACT_HEADLINE,   /* one line about themselves. One-valued */
    FACT_SCHOOL,     /* part: school, degree, field; begins, ends (years) */
    FACT_SPECIALTY,  /* value as written; part[0]: id in data/specialties.tsv when known */
    FACT_CREDENTIAL, /* MD, FACP */
    FACT_LANGUAGE,   /* part[0]: fluency */
    FACT_BIRTHDAY,   /* 1988-06-15 or --06-15. One-valued */
    FACT_ANNIVERSARY,
    FACT_PHOTO, /* value: blob digest. One-valued */
    FACT_NOTE,
    FACT_TAG,
    FACT_SKILL,
    FACT_CERTIFICATE, /* part: authority, licence; begins, ends */
    FACT_HONOR,
    FACT_PAPER, /* value: title; part: pmid, doi, journal, year, position (first, last, middle) */
    FACT_MET,   /* how you met */
    FACT_CONNECTED, /* connected on: day; label: where */
    FACT_RELATION,  /* label: spouse, assistant, manager...; value: a name in words */
    FACT_NPI,
    FACT_UID,
    FACT_ORCID,
    FACT_VISA,           /* visa route they told of */
    FACT_DO_NOT_CONTACT, /* value: since or why. One-valued */
    FACT_CUSTOM,         /* label and value of yours, or an odd CSV column */
    FACT_CARD_LINE, /* a vCard property as one canonical line, comes back on export. label: kind of
                       the fact it words in full (written in that fact's place when its value is the
                       same); no label: nothing else tells it */
    N_FACT
};

enum fact_op { FACT_ADD, FACT_REMOVE, FACT_SET };
#define FACT_PARTS 7

/* Strings are borrowed from whoever made the fact (an arena, a JSON document). NULL: absent. */
struct fact {
    enum fact_kind kind;
    enum fact_op op;
    bool is_preferred;
    const char *value;            /* for people; never NULL or "" */
    const char *label;            /* home, work, mobile, free words */
    const char *part[FACT_PARTS]; /* by kind, see above and fact_part_name() */
    const char *begins;           /* "2020", "2020-03", "2020-03-15" */
    const char *ends;             /* likewise; "" with begins: still there */
};

const char *fact_kind_text(enum fact_kind kind); /* "email", stable, in JSON and URLs */
enum fact_kind fact_kind_parse(const char *text);
const char *fact_kind_words(enum fact_kind kind); /* "Works at", for people */
bool fact_is_one_valued(enum fact_kind kind);
const char *fact_part_name(enum fact_kind kind,
                           int part); /* "city"; NULL when the kind has no such part */

/* Two facts say the same (kind, value folded or canonical identifier, parts, dates; label and
 * preference aside). */
bool fact_equal(const struct fact *a, const struct fact *b);
/* The exact identifier a fact carries (email, profile url, phone, npi, uid, orcid): new string, or
 * NULL; *kind_out says which. */
char *fact_ident(const struct fact *fact, enum ident_kind *kind_out);

/* One set as text (fact_set.facts). Canonical: the same facts in the same order give the same
 * bytes. Appends to out. */
void facts_encode(const struct fact *facts, size_t n, GString *out);
/* One text as a JSON string, the same way. Appends. */
void facts_encode_text(const char *text, GString *out);
/* Appends struct fact to array; strings live in arena. False (ours, "fact.damaged") when the text
 * is not a set. */
bool facts_decode(const char *text, GStringChunk *arena, GArray *facts_out, GError **error);
/* The JSON of one fact for faces: {kind, value, label, parts{}, begins, ends, preferred}. New
 * reference. */
json_t *fact_json(const struct fact *fact);
/* From the JSON faces take. Strings live in arena. */
bool fact_from_json(const json_t *json, GStringChunk *arena, struct fact *fact_out, GError **error);

#endif
