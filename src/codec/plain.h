/* Text out of message cells that are half HTML: tags off, entities read. No XML parser: the input is no document. */
#ifndef LIGATURE_CODEC_PLAIN_H
#define LIGATURE_CODEC_PLAIN_H

#include <glib.h>
#include <stdbool.h>

/* Plain text of a cell: entities (`&amp;`, `&#8217;`, `&nbsp;`...) read once; if it has HTML tags, those go,
 * <br> and block ends become line breaks, <script> and <style> go with their content. Text with a lone "<"
 * stays. Blanks trimmed, no more than one empty line in a row. New string, valid UTF-8. text must be valid
 * UTF-8. */
char *plain_text(const char *text);
/* True when it holds at least one real HTML tag. */
bool plain_has_tags(const char *text);
/* True when it is a mail-out made by a machine (sponsored message): several block or link tags, or the
 * markers LinkedIn puts there. */
bool plain_is_sponsored(const char *text);

#endif
