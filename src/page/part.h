/* The parts of LOOK.md section 5, each a small view and a macro of page/part.html:
 *     {% import "page/part.html" as part %} … {{ part.step(row.step, frame.csrf) }}
 * From C the same macro is part_step(out, &step, csrf) of "part.tpl.h".
 * Every pointer is borrowed for the time of rendering; NULL or "" leaves that piece out. */
#ifndef LIGATURE_PAGE_PART_H
#define LIGATURE_PAGE_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How warm; the word beside the glyph. */
enum part_warmth {
    PART_WARMTH_NONE,       /* not known: nothing is drawn */
    PART_UNTIED,
    PART_FAINT,
    PART_THIN,
    PART_STEADY,
    PART_WARM,
    PART_TIED,
};

struct part_tie {
    enum part_warmth warmth;
    bool is_slack;          /* the cadence is past */
    bool is_small;          /* 48 wide, in side notes */
};

/* The warmth of a strength from 0 to 1 by the limits of LOOK 2; has_touch false is PART_UNTIED. */
enum part_warmth part_warmth_of(double strength, bool has_touch);

/* Latin reading first, own script after it. */
struct part_name {
    const char *latin;
    const char *own;        /* in its own script; NULL when that is Latin */
    const char *lang;       /* BCP 47, of own */
    bool is_rtl;
    const char *href;       /* NULL: no link */
};

/* Puts a name and its reading where they belong: a name in another script becomes own, with language and direction, and
 * the reading is shown first; a Latin name stays alone. reading may be NULL. Borrows all three. */
struct part_name part_name_of(const char *name, const char *reading, const char *href);

/* A button of a form or, with href alone, a link. */
struct part_act {
    const char *label;      /* "Done" */
    const char *about;      /* for those who do not see the row: "Thank Dr. Hassan for the rotation" */
    const char *href;       /* where it leads, or where it posts to when is_post */
    bool is_post;           /* a button of the form around it */
    const char *name;       /* field and value that go along with a post */
    const char *value;
    bool is_main;
    bool is_quiet;
    bool is_risk;
    const char *key;        /* "e" done, "u" undo: the letter that presses it in a row with the focus */
    const char *busy;       /* what it says while the form is on its way: "Saving…" */
    const char *off_id;     /* id of the words that say why it is off; NULL: it is on */
};

struct part_menu {
    const char *label;      /* "Not now" */
    const char *about;
    const struct part_act *acts;
    size_t n_acts;
};

/* A next thing to do, in its order: whom and what, why, until when, minutes, money, strategy. */
struct part_step {
    struct part_tie tie;
    const char *before;     /* "Tell" */
    struct part_name name;  /* whom; its href is the link of the whole title */
    const char *after;      /* "your exam date" */
    const char *why;
    const char *due;        /* "due today", "9 days late" */
    bool is_late;
    int64_t minutes;        /* 0: not shown */
    int64_t cents;          /* 0: "free"; negative: not shown */
    const char *strategy;
    const char *strategy_href;
    const char *const *more;        /* "pinned by you" */
    size_t n_more;
    int64_t id;                     /* goes along with every act as `id`; 0: none */
    const char *back;               /* goes along as `back`: the address to return to; NULL: none */
    const struct part_act *acts;
    size_t n_acts;
    const struct part_menu *later;  /* "Not now"; NULL: none */
    bool is_done;                   /* one quiet line */
    const char *came;               /* beside a done one, before minutes and money: "done"; NULL: none */
};

/* A value of a fact, and from where it is known. */
struct part_value {
    const char *text;
    const char *href;
    const char *source;     /* "LinkedIn export, 11 May 2026" */
};

struct part_fact {
    const char *kind;       /* "Works at" */
    const struct part_value *values;    /* the one that counts first */
    size_t n_values;
    const char *clash;      /* "Two sources differ. The newer one counts."; NULL: they agree */
    struct part_act decide;
};

/* An entry of a timeline, the newest first. */
struct part_entry {
    const char *id;         /* to link to; NULL: none */
    bool is_silence;        /* only `text` */
    bool is_open;           /* one way, or still to do */
    const char *title;
    struct part_name name;  /* after the title; latin NULL: nobody */
    const char *when;       /* "Thu 2 July 2026, mail" */
    const char *text;
};

/* read = added + updated + same + refused. */
struct part_sum {
    int64_t added, updated, same, refused, read;
    const char *added_href, *updated_href, *same_href, *refused_href;
};

/* Kept up to date by the script from the events at `events`, and by the next look at the page without it. */
struct part_progress {
    const char *id;             /* of the element, unique in the page */
    const char *label;          /* "Saving 812 rows": for the bar's name when nothing else names it */
    int64_t done, total;        /* total 0: no end in sight */
    const char *doing;          /* "matching people by address and profile" */
    const char *left;           /* "about 4 seconds left" */
    const char *events;         /* address of the server-sent events; NULL: still picture */
    const char *next_href;      /* where to go at the end */
};

enum part_tone {
    PART_TELL,
    PART_CARE,
    PART_STOP,
};

struct part_note {
    enum part_tone tone;
    const char *head;           /* bold first sentence */
    const char *text;
};

struct part_option {
    const char *value;
    const char *label;
    bool is_chosen;
};

/* Label above, hint below; a refusal is said at the field and what was typed stays. */
struct part_field {
    const char *name;
    const char *id;             /* NULL: as the name */
    const char *label;
    const char *type;           /* "text", "date", "email", "tel", "url", "number", "password", "textarea", "select",
                                   "checkbox"; NULL: "text" */
    const char *value;
    const char *hint;
    const char *error;          /* NULL: nothing wrong */
    const char *autocomplete;
    const char *inputmode;
    const struct part_option *options;  /* of a select */
    size_t n_options;
    bool is_required;
    bool is_checked;            /* of a checkbox */
};

struct part_chip {
    const char *label;
    const char *href;
    bool is_on;                 /* in force: its link takes it away */
};

/* Says what is missing and offers one thing to do first. */
struct part_empty {
    const char *title;          /* NULL: the lead alone */
    const char *lead;
    const char *text;
    struct part_act act;        /* label NULL: nothing to offer */
    bool has_thread;            /* shows the loose thread: only where the whole page is empty */
};

struct part_pager {
    int64_t first, last, total; /* "1 to 25 of 61" */
    const char *previous_href, *next_href;      /* NULL: no such page */
    int64_t size;               /* "Next 25" */
    const char *about;          /* "Pages of the list" */
};

/* Appears when a row of the form around it is ticked. */
struct part_bulk {
    const struct part_act *acts;
    size_t n_acts;
    const char *clear_href;
};

#endif
