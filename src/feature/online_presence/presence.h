/* Parts of the online-presence feature: what is written, spoken and commented in public, and a look
 * for what should not be in it. Items are pursuits of kind "presence": ref is the kind of item
 * (data/presence_kinds.tsv), due_day the day meant, until_day the day it came out, role "invited"
 * when somebody asked for it. */
#ifndef LIGATURE_FEATURE_PRESENCE_H
#define LIGATURE_FEATURE_PRESENCE_H

#include "model/outlook.h"
#include "page/feature.h"

#define PRESENCE_OUT "published" /* stages of data/pursuit_stages.tsv */
#define PRESENCE_DROPPED "dropped"
#define PRESENCE_FIRST "idea"
#define PRESENCE_INVITED "invited"

bool presence_is(const struct pursuit *pursuit);
/* Neither out nor dropped. */
bool presence_is_open(const struct pursuit *pursuit);
/* The day it came out; DAY_NONE. */
int32_t presence_out_day(const struct pursuit *pursuit);
/* The newest day something came out; DAY_NONE. pursuits: struct pursuit. */
int32_t presence_last_day(const GArray *pursuits);

/* ---- the look before publishing ---- */

struct presence_sign {
    const char *title; /* "A hospital and a day"; constant or in the chunk */
    const char *found; /* the words found */
    const char *why;
    const char *instead; /* NULL: nothing to say */
};
/* Everything that patient signs and data/presence_checks.tsv see. Appends struct presence_sign, in
 * the order of the table, patients first; strings live in text. Pure. */
void presence_look(const char *draft, GStringChunk *text, GArray *signs_out);
/* Does a person's name stand in a draft (both folded, base/fold.h)? sort_key: family, then given,
 * of the person table. All words together in either order, or "Dr." before the family name. */
bool presence_names(const char *folded_draft, const char *sort_key);
/* presence_look, then one sign for each person of the book who is named. */
bool presence_look_book(struct book *book, const char *draft, GStringChunk *text, GArray *signs_out,
                        GError **error);

extern const struct strategy online_presence_strategy;
page_fn presence_page;
page_fn presence_page_one;

action_fn presence_do_list;
action_fn presence_do_add;
action_fn presence_do_edit;
action_fn presence_do_done;
action_fn presence_do_remove;
action_fn presence_do_check;

#endif
