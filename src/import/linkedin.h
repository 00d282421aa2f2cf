/* The members of a LinkedIn export, read by what they tell: people, yourself, touches. Parts of
 * linkedin_source.c. */
#ifndef LIGATURE_IMPORT_LINKEDIN_H
#define LIGATURE_IMPORT_LINKEDIN_H

#include "import/table.h"

typedef bool linkedin_reader(const struct source_member *member, struct record_sink *sink,
                             GError **error);

linkedin_reader linkedin_read_connections;
linkedin_reader linkedin_read_contacts; /* Contacts.csv, Imported Contacts.csv */
linkedin_reader linkedin_read_messages;
linkedin_reader linkedin_read_invitations;
linkedin_reader linkedin_read_recommendations; /* received and given */
linkedin_reader linkedin_read_endorsements;    /* received and given */
linkedin_reader linkedin_read_self;            /* Profile, Positions, Education, Skills ... */

/* A column that has had several names over the years: the first that has something in this row,
 * else "". */
const char *linkedin_cell(struct table *table, const char *const *names);
/* "Farah Siddiqui" of Profile.csv in the same export; NULL when there is none. New string. */
char *linkedin_owner_name(struct bundle *bundle);

#endif
