/* What titles and tags say somebody is, by data/roles.tsv. Pure. */
#ifndef LIGATURE_MODEL_CONTACT_ROLE_H
#define LIGATURE_MODEL_CONTACT_ROLE_H

/* Bits of enum contact_flags. title: as written; tags: parted by blanks, a tag's own blanks "-".
 * Either may be NULL. */
unsigned contact_roles(const char *title, const char *tags);

#endif
