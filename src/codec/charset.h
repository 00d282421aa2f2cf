/* Any bytes -> UTF-8, saying what was assumed. The result is always valid UTF-8 without NUL and without BOM.
 *
 * In this order: a byte order mark decides; UTF-16 without one is told by its zero bytes; valid UTF-8 is UTF-8;
 * else the hint, and without a hint windows-1252. In a file taken for UTF-8 a byte that does not fit is read
 * as windows-1252 on its own (such files exist: two programs wrote into one), counted in n_repaired. */
#ifndef LIGATURE_CODEC_CHARSET_H
#define LIGATURE_CODEC_CHARSET_H

#include "codec/stream.h"

enum charset {
    CHARSET_NONE,               /* not known yet */
    CHARSET_UTF8,
    CHARSET_UTF16LE,
    CHARSET_UTF16BE,
    CHARSET_WINDOWS_1252,       /* ISO 8859-1 and ASCII are read as this */
    N_CHARSET,
};

struct charset_report {
    enum charset charset;
    bool has_bom;
    bool is_guess;              /* neither BOM nor valid UTF-8 said so: worth a sentence in a preview */
    size_t n_repaired;          /* bytes or code units that did not fit the charset */
    size_t n_nul;               /* NUL characters left out */
};

const char *charset_text(enum charset charset);         /* "UTF-8", "UTF-16LE", "windows-1252"; borrowed */
enum charset charset_parse(const char *text);           /* also "latin1", "cp1252"...; CHARSET_NONE when unknown */

/* What these first bytes of a file are in. is_whole: nothing follows (a sequence cut at the end then counts
 * as an error). */
void charset_guess(const void *bytes, size_t len, bool is_whole, enum charset hint, struct charset_report *report_out);

/* All at once. NULL: more than limit bytes of UTF-8 would come out ("file.too_large"). report_out may be NULL. */
GString *charset_decode(const void *bytes, size_t len, enum charset hint, size_t limit,
                        struct charset_report *report_out, GError **error);

/* In pieces: a stream of UTF-8 over inner, which it owns. *report (borrowed from the caller, may be NULL) must live as
 * long as the stream; charset, has_bom and is_guess are set by the first read, the counts grow. */
struct stream *charset_stream(struct stream *inner, enum charset hint, struct charset_report *report);

#endif
