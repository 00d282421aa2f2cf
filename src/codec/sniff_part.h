/* What the parts of sniffing share. Not for others. */
#ifndef LIGATURE_CODEC_SNIFF_PART_H
#define LIGATURE_CODEC_SNIFF_PART_H

#include "codec/sniff.h"

/* Kind by the first bytes; FILE_NONE when they could be text. */
enum file_kind sniff_magic(const void *bytes, size_t len);
/* Kind by how a text begins; FILE_NONE when it could be CSV. text is UTF-8, len > 0, not all blanks. */
enum file_kind sniff_text(const char *text, size_t len);
/* Kind by a row of names; FILE_NONE when it is the header of nothing known. name: of the file, may be NULL. */
enum file_kind sniff_header(const struct csv_header *header, const char *name);
/* True when a row looks like names of columns, not like data: for lists of no known program. */
bool sniff_is_plain_header(const struct csv_header *header);

#endif
