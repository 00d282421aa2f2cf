/* Parts of the platforms feature: what a profile lacks, by the archive of one's own account; who
 * was never written to; a rhythm of posts and comments. */
#ifndef LIGATURE_FEATURE_PLATFORM_H
#define LIGATURE_FEATURE_PLATFORM_H

#include "model/outlook.h"
#include "page/feature.h"

struct data_profile_checks; /* data_profile_checks.h */
struct data_platform_rhythm;

enum platform_answer {
    PLATFORM_MISSING = 1,
    PLATFORM_THERE,
    PLATFORM_UNSEEN, /* the archive does not tell: not counted */
};
struct platform_check {
    const struct data_profile_checks *row;
    enum platform_answer answer;
    const char *found; /* "23 letters", "2 skills"; NULL */
};

/* When the newest archive of one's own profile was made; AT_NONE: there is none. self may be NULL.
 */
int64_t platform_archive_at(const struct person *self);
/* Every row of data/profile_checks.tsv, in its order; only what the archive says counts, not what
 * was typed or came from elsewhere. Appends struct platform_check; strings live in text. Nothing
 * without an archive. */
void platform_checks(const struct person *self, GStringChunk *text, GArray *checks_out);
/* "9 of 12": how many are there, of how many were seen. */
int platform_n(const GArray *checks, enum platform_answer answer);

/* Came out in the week from monday: presence items of a kind (post, comment). */
int platform_n_out(const GArray *pursuits, const char *kind, int32_t monday);
/* Connected, and never a word since. */
bool platform_is_unwritten(const struct contact *contact);

struct platform_invitations {
    int n_sent;      /* people you invited */
    int n_accepted;  /* who were connected on that day or after */
    int n_connected; /* whoever began it */
};
bool platform_invitations(struct book *book, struct platform_invitations *sum_out, GError **error);
struct platform_unwritten {
    int64_t person_id;
    int32_t connected_day;
};
/* Connected and never a real touch since, oldest first: appends struct platform_unwritten. */
bool platform_unwritten_list(struct book *book, GArray *unwritten_out, GError **error);
/* Days of touches whose note begins with "commented": appends int32_t. */
bool platform_comment_days(struct book *book, int32_t from_day, GArray *days_out, GError **error);

extern const struct strategy digital_platforms_strategy;
page_fn platform_page;

#endif
