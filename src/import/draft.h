/* A record in the making: facts and touches gathered from one row, in memory that is used again for
 * the next. */
#ifndef LIGATURE_IMPORT_DRAFT_H
#define LIGATURE_IMPORT_DRAFT_H

#include "codec/when.h"
#include "import/source.h"

struct draft {
    GStringChunk *arena; /* owned: strings of the facts below, forgotten by draft_start */
    GArray *facts;       /* owned: struct fact */
    GArray *touches;     /* owned: struct record_touch */
    GArray *idents;      /* owned: struct record_ident, found by draft_send */
    struct record record;
};

/* Caller's storage; clear once. */
void draft_init(struct draft *draft);
void draft_clear(struct draft *draft);

/* Forgets the last record and begins one. family and file are borrowed until draft_send. */
void draft_start(struct draft *draft, enum record_about about, const char *family, const char *file,
                 long line);
/* A copy that lives until the next draft_start. NULL stays NULL. */
const char *draft_text(struct draft *draft, const char *text);

/* Adds a fact unless value is NULL or blank; text is cleaned and copied. The returned fact may be
 * completed until the next one is added; NULL when nothing was added. */
struct fact *draft_fact(struct draft *draft, enum fact_kind kind, const char *value,
                        const char *label);
/* The same with parts, up to FACT_PARTS, NULL-padded. value NULL: made of the parts in reading
 * order. */
struct fact *draft_parts(struct draft *draft, enum fact_kind kind, const char *value,
                         const char *label, const char *const part[FACT_PARTS]);
/* FACT_NAME, FACT_CREDENTIAL from a whole name or from parts (NULLs allowed; prefix, given,
 * additional, family, suffix). False when there is no name in them. */
bool draft_name(struct draft *draft, const char *whole);
bool draft_name_parts(struct draft *draft, const char *const part[5]);
/* The same where a file has both: shown as `whole`, with the parts of `part`; either may be NULL or
 * empty. */
bool draft_name_shown(struct draft *draft, const char *whole, const char *const part[5]);
/* FACT_WORK: anything NULL may be left out. */
void draft_work(struct draft *draft, const char *org, const char *department, const char *title,
                const char *place);
/* A date as written; kept as text when it is not a date. order settles 03/04/1980; an ambiguous one
 * is kept as written. */
void draft_date(struct draft *draft, enum fact_kind kind, const char *text, enum when_order order);
/* Adds a touch; strings are copied. */
void draft_touch(struct draft *draft, const struct record_touch *touch);

bool draft_is_empty(const struct draft *draft);
/* True when there is something to know a person by: a name, an address, a number, a profile, an
 * organisation. */
bool draft_has_person(const struct draft *draft);
/* Hands the record to the sink. Its key is `exact` if given, else the first UID, profile, e-mail or
 * phone of the facts, else a digest of all. */
bool draft_send(struct draft *draft, struct record_sink *sink, const char *exact, GError **error);

#endif
