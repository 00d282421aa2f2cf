/* The whole account as one JSON document, and back: the same rows, the same ids. */
#ifndef LIGATURE_MODEL_EXPORT_H
#define LIGATURE_MODEL_EXPORT_H

#include "model/book.h"

#include <stdio.h>

/* {"ligature":1,"written_at":...,"account":{...},"tables":{"source":{"columns":[...],"rows":[[...],...]},...}},
 * streamed a row at a time. Sessions, tokens, the password and jobs stay behind. */
bool export_account(struct book *book, FILE *to, GError **error);
/* Into an account that has nobody but yourself: ids stay, its own person is replaced by the
 * document's. Refuses export.unknown_format, export.not_empty, export.damaged (a digest does not
 * fit). */
bool export_read(struct book *book, const char *text, size_t len, GError **error);

#endif
