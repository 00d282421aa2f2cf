/* What stands around every page: mark, words of the navigation, search, tabs on a phone, toast and foot.
 * A page's view has a field `struct frame_view frame` (or a pointer to one); its template extends page/frame.html. */
#ifndef LIGATURE_PAGE_FRAME_H
#define LIGATURE_PAGE_FRAME_H

#include <stdbool.h>
#include <stddef.h>

/* A word of the navigation. All borrowed. */
struct frame_link {
    const char *name;           /* "Today" */
    const char *href;           /* "/" */
    const char *key;            /* "t": pressed after g */
    bool is_tab;                /* has a place of its own in the tab bar of a phone (four at most); else under More */
    bool is_current;
};

/* What just happened, and the way back. text NULL: nothing happened. All borrowed. */
struct frame_toast {
    const char *text;           /* "2 people deleted. They can come back for 30 days." */
    const char *undo_href;      /* where "Undo" posts to; NULL: nothing to undo */
    const char *undo_value;     /* sent as `id` with it; may be NULL */
    const char *secret;         /* a new token, for the page that shows it this once; NULL: none */
};

/* Zero initialised is a page without account: no navigation, no search. All borrowed. */
struct frame_view {
    const char *title;          /* of the document; "· Ligature" is added */
    const struct frame_link *links;
    size_t n_links;
    bool is_more_current;       /* the current page is none of the tabs */
    bool is_two;                /* side notes stand beside the text: the template fills the block `beside` */
    const char *account_name;   /* NULL: nobody is signed in */
    const char *query;          /* what stands in the search field */
    const char *csrf;           /* token for forms (part.csrf) and for the script; NULL without a session */
    const char *theme;          /* "light", "dark"; NULL: as the system has it */
    bool has_no_keys;           /* single-letter keys are turned off */
    struct frame_toast toast;
    const char *kept;           /* "Kept on this computer, in one file" */
    const char *backup;         /* "Last backup Sunday 19 July", "No backup yet"; NULL: not shown */
};

/* Writes links[] (room for n_known) from the known words, `current` being the href of this page, and fills
 * frame->links, n_links and is_more_current. Returns how many were written. */
size_t frame_navigate(struct frame_view *frame, struct frame_link *links, const struct frame_link *known,
                      size_t n_known, const char *current);

#endif
