/* Exact identifiers: what makes two records surely the same person. Each kind has one canonical text. */
#ifndef LIGATURE_BASE_IDENT_H
#define LIGATURE_BASE_IDENT_H

#include <glib.h>
#include <stdbool.h>

enum ident_kind { IDENT_NONE, IDENT_EMAIL, IDENT_URL, IDENT_PHONE, IDENT_NPI, IDENT_UID, IDENT_ORCID, N_IDENT };

const char *ident_kind_text(enum ident_kind kind);        /* "email", "url", ... borrowed */
enum ident_kind ident_kind_parse(const char *text);       /* IDENT_NONE when unknown */

/* Canonical form, new string, or NULL when value is not usable as one:
 * email  lower case domain and local part, no mailto:, must look like an address (no Exchange /o=...); a
 *        placeholder is none; domains in their ASCII form
 * url    a profile: linkedin.com/in/<slug> folded (scheme, www, country host, trailing slash, query,
 *        percent-encoding, capitals); for other hosts only personal profile URLs of known sites
 *        (data/profile_sites.tsv); an ordinary home page is not an identifier
 * phone  digits with + country when known, extension dropped; fewer than 7 digits is none. Without a country code
 *        the national digits stand alone ("n:" prefix) and match only the same national digits
 * npi    10 digits with Luhn check (over 80840 + NPI)
 * uid    as written, trimmed, urn:uuid: prefix dropped, lower case if a UUID
 * orcid  0000-0000-0000-000X, check digit right */
char *ident_normal(enum ident_kind kind, const char *value);

#endif
