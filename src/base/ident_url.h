/* Addresses of profiles, for base/ident.c. */
#ifndef LIGATURE_BASE_IDENT_URL_H
#define LIGATURE_BASE_IDENT_URL_H

/* The canonical address of a profile on a known site (data/profile_sites.tsv), new string; NULL for any other address.
 * value is valid UTF-8 without blanks around it. */
char *ident_url_normal(const char *value);

#endif
