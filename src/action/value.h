/* From what a face received to the canonical JSON value of a parameter, or a sentence that says
 * what is wrong.
 *
 * Canonical: text, int, real, bool as in JSON (a flag that is off is left out); id: base-32 text;
 * day: "2026-07-21"; at: RFC 3339 UTC; span: a number of days; money: {"cents": 4500, "currency":
 * "USD"}; choice: the choice; file: the name people know it by; repeated: an array of these. */
#ifndef LIGATURE_ACTION_VALUE_H
#define LIGATURE_ACTION_VALUE_H

#include "action/action.h"

/* One value. NULL, and *sentence_out (owned), when raw is no such value. Faces that only know text
 * may give text for every type; numbers and booleans are taken as they are. */
json_t *value_parse(const struct param *param, const json_t *raw, const struct env *env,
                    char **sentence_out);

/* "2026-07-21", "today", "yesterday", "tomorrow", "last tuesday", "tuesday" (the last one), "3 days
 * ago", "2 weeks ago", "in 3 days", "5 july", "july 5 2025". False when it is none of these. */
bool value_day(const char *text, int32_t today, int32_t *day_out);
/* "90d", "6w", "3m" (30 days each), "1y" (365 days), "90". False when it is none of these. */
bool value_span(const char *text, int64_t *days_out);
/* "45", "$45", "1,250.50 EUR", "EUR 20". Without a currency: USD. False when it is none of these.
 */
bool value_money(const char *text, int64_t *cents_out, char currency_out[static 4]);

#endif
