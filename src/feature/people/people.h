/* Parts of the people feature. */
#ifndef LIGATURE_FEATURE_PEOPLE_H
#define LIGATURE_FEATURE_PEOPLE_H

#include "action/act.h"
#include "model/person_list.h"
#include "page/feature.h"

action_fn people_do_list;
action_fn people_do_show;
action_fn people_do_add;
action_fn people_do_edit;
action_fn people_do_remove;
action_fn people_do_restore;
action_fn people_do_photo;
action_fn people_do_tag;
action_fn people_do_bulk;
action_fn people_do_relate;
action_fn people_do_unrelate;
action_fn people_do_undo;
action_fn people_do_fact;

/* person.list for a terminal: name, where, last touch, next due, id. */
void people_print_list(const json_t *result, FILE *out, const struct env *env);

page_fn people_page_list;
page_fn people_page_person;
page_fn people_page_edit;
page_fn people_page_new;
page_fn people_page_photo;
page_fn people_page_export;
page_fn people_page_with;

/* {"id", "change_id", "message"}: as act_done, with what the next page says of it. */
json_t *people_done(int64_t id, const struct change_log *log, const char *message);

/* person_filter_parse, but a refusal begins with the place of the word it is about: "Character 12:
 * ...". */
bool people_where_parse(const char *where, GStringChunk *text, struct person_filter *filter_out,
                        GError **error);

/* What a person typed for one fact, as the fact of its kind: names, works and schools come apart,
 * specialties are recognised. Appends to facts; strings live in text. value, label, begins and ends
 * may be NULL; with a work or school, org and title count too. Refuses fact.value_missing,
 * fact.value_invalid, fact.date_invalid with a sentence that names the remedy. */
struct people_typed {
    enum fact_kind kind;
    const char *value;
    const char *label;
    const char *begins;
    const char *ends;
    const char *org;   /* of a work; school of a school */
    const char *title; /* of a work; degree of a school */
};
bool people_fact_read(const struct people_typed *typed, enum fact_op op, GStringChunk *text,
                      GArray *facts, GError **error);

#endif
