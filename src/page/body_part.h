/* Bodies that can be joined and memberships, as the pages of associations and of groups show them.
 *
 *     {% import "page/body_part.html" as body %}
 *     {{ body.memberships(bodies, frame.csrf) }} {{ body.list(row, frame.csrf, back) }} */
#ifndef LIGATURE_PAGE_BODY_PART_H
#define LIGATURE_PAGE_BODY_PART_H

#include "model/membership.h"
#include "page/frame.h"
#include "page/page.h"
#include "page/part.h"

struct body_row {
    const char *id;
    const char *title;   /* "American College of Physicians (ACP)" */
    const char *why;     /* NULL: nothing is said for or against */
    const char *field;   /* "internal medicine: internists, residents, medical students" */
    const char *tier;    /* NULL: not known */
    const char *help;    /* for graduates from abroad; NULL: not known */
    const char *meeting; /* "Internal Medicine Meeting, April" */
    const char *note;
    const char *domain;
    const char *href;
    const char *source;
    const char *mine;      /* "You are a member"; NULL: not in your list */
    const char *mine_href; /* its page */
};
struct membership_row {
    int64_t id;
    const char *title;
    const char *href;
    const char *stage;
    const char *since; /* "since 3 March 2026" */
    const char *renew; /* "renew by Fri 4 September"; NULL */
    bool is_late;
    const char *price; /* "$119 a year (2026)"; NULL: not entered */
    const char *role;
    const char *met; /* "4 people met, $30 each" */
    bool is_considered;
};
struct body_part {
    const struct membership_row *memberships; /* open ones first */
    size_t n_memberships;
    const char *sum;             /* "2 memberships, $350 a year, 5 people met: $70 each."; NULL */
    const struct body_row *fits; /* best first */
    size_t n_fits;
    const struct body_row *later;
    size_t n_later;
    const struct body_row *others; /* by name */
    size_t n_others;
    const struct body_row *groups; /* IMG groups of other bodies, by name of the body */
    size_t n_groups;
};

/* Everything of a shelf; groups: of the other one. Lives as long as the request. */
void page_bodies(struct page *page, const struct outlook *outlook, enum association_shelf shelf,
                 struct body_part *part_out);
/* One of them. */
struct body_row page_body(struct page *page, const struct association_fit *fit,
                          const struct outlook *outlook);
struct membership_row page_membership(struct page *page, const struct pursuit *one,
                                      const struct outlook *outlook);

/* Fields of membership.add (one NULL: title, state, price, renewal) or membership.edit, as they are
 * or as they were typed into a refused form; how many. */
size_t page_membership_fields(struct page *page, const struct pursuit *one,
                              const struct part_field **fields_out);

#endif
