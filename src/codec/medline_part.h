/* What medline.c and medline_author.c share: a record in the making. Not for others. */
#ifndef LIGATURE_CODEC_MEDLINE_PART_H
#define LIGATURE_CODEC_MEDLINE_PART_H

#include "codec/medline.h"

struct medline_draft {
    struct medline_record *record;      /* borrowed */
    char tag[5];                /* the tag whose value is being collected */
    GString *value;             /* owned */
    int n_tags;
    bool has_loose_text;        /* lines before any tag */
    bool is_closed;             /* SO was there, the last tag that PubMed writes */
    bool has_other_person;      /* an editor or collaborator was the last person */
    char *electronic_date;      /* owned; DEP */
    GPtrArray *keywords, *mesh, *types, *languages, *collectives;       /* owned, of char * */

    struct medline_author *author;      /* borrowed: the one that AUID and AD are about; NULL none */
    guint n_paired;             /* authors before this place have their AU */
    GPtrArray *affiliations;    /* owned: of the current author */
    GPtrArray *early;           /* owned: affiliations before any author: the first author's (until 2013) */
};

/* An empty record: texts "", vectors empty. */
void medline_record_init(struct medline_record *record);
void medline_draft_init(struct medline_draft *draft, struct medline_record *record);
/* Moves everything collected into the record and frees the draft. */
void medline_draft_finish(struct medline_draft *draft);
/* Adds a copy, if it is not "". */
void medline_list_add(GPtrArray *list, const char *value);

void medline_take_full_author(struct medline_draft *draft, const char *value);      /* FAU */
void medline_take_author(struct medline_draft *draft, const char *value);           /* AU */
void medline_take_author_id(struct medline_draft *draft, const char *value);        /* AUID */
void medline_take_affiliation(struct medline_draft *draft, const char *value);      /* AD */

#endif
