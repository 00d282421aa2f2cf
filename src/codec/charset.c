/* Bytes -> UTF-8. One decoder serves the whole and the piecewise form: `struct decoder` eats pieces and keeps the
 * few bytes of a sequence that a piece cut in two. Invariant: what leaves it is valid UTF-8 without NUL. */
#include "codec/charset.h"

#include "base/error.h"

#include <string.h>

#define PIECE (64 * 1024)
#define LOOK (64 * 1024)        /* bytes that are enough to tell the charset */

static const char *const names[N_CHARSET] = {
    [CHARSET_NONE] = "",
    [CHARSET_UTF8] = "UTF-8",
    [CHARSET_UTF16LE] = "UTF-16LE",
    [CHARSET_UTF16BE] = "UTF-16BE",
    [CHARSET_WINDOWS_1252] = "windows-1252",
};

/* Names found in files and options, compared without case, '-' and '_'. */
static const struct {
    const char *folded;
    enum charset charset;
} aliases[] = {
    { "utf8", CHARSET_UTF8 },
    { "utf16", CHARSET_UTF16LE },
    { "utf16le", CHARSET_UTF16LE },
    { "ucs2", CHARSET_UTF16LE },
    { "unicode", CHARSET_UTF16LE },
    { "utf16be", CHARSET_UTF16BE },
    { "windows1252", CHARSET_WINDOWS_1252 },
    { "cp1252", CHARSET_WINDOWS_1252 },
    { "1252", CHARSET_WINDOWS_1252 },
    { "latin1", CHARSET_WINDOWS_1252 },
    { "iso88591", CHARSET_WINDOWS_1252 },
    { "ascii", CHARSET_WINDOWS_1252 },
    { "usascii", CHARSET_WINDOWS_1252 },
    { "ansi", CHARSET_WINDOWS_1252 },
};

/* Windows-1252 0x80-0x9F (WHATWG Encoding Standard: the five unassigned bytes are C1 controls); the rest is
 * ISO 8859-1. */
static const guint16 windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
    0x009D, 0x017E, 0x0178,
};

const char *charset_text(enum charset charset)
{
    return charset < N_CHARSET ? names[charset] : "";
}

enum charset charset_parse(const char *text)
{
    char folded[16];
    size_t n = 0;
    for (const char *c = text != NULL ? text : ""; *c != '\0'; c++) {
        if (*c == '-' || *c == '_' || *c == ' ') {
            continue;
        }
        if (n == sizeof folded - 1) {
            return CHARSET_NONE;
        }
        folded[n++] = g_ascii_tolower(*c);
    }
    folded[n] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(aliases); i++) {
        if (strcmp(folded, aliases[i].folded) == 0) {
            return aliases[i].charset;
        }
    }
    return CHARSET_NONE;
}

/* --- guessing ------------------------------------------------------------------------------------------- */

/* Length of the valid UTF-8 sequence at the start of bytes (RFC 3629): 0 when it is none, -1 when it is only
 * cut off. */
static int sequence_len(const guint8 *bytes, size_t len)
{
    guint8 first = bytes[0];
    if (first < 0x80) {
        return 1;
    }
    int n = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    for (int i = 1; i < n; i++) {
        if ((size_t)i >= len) {
            return -1;
        }
        guint8 low = 0x80;
        guint8 high = 0xBF;
        if (i == 1) {           /* no overlong forms, no surrogates, nothing above U+10FFFF */
            low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        }
        if (bytes[i] < low || bytes[i] > high) {
            return 0;
        }
    }
    return n;
}

/* UTF-16 without BOM: text is mostly ASCII here, so every other byte is zero. */
static enum charset guess_utf16(const guint8 *bytes, size_t len)
{
    if (len < 4) {
        return CHARSET_NONE;
    }
    size_t n_pairs = MIN(len, (size_t)4096) / 2;
    size_t zero_even = 0;
    size_t zero_odd = 0;
    for (size_t i = 0; i < n_pairs; i++) {
        zero_even += bytes[2 * i] == 0;
        zero_odd += bytes[2 * i + 1] == 0;
    }
    if (zero_odd * 10 >= n_pairs * 6 && zero_even * 10 <= n_pairs) {
        return CHARSET_UTF16LE;
    }
    if (zero_even * 10 >= n_pairs * 6 && zero_odd * 10 <= n_pairs) {
        return CHARSET_UTF16BE;
    }
    return CHARSET_NONE;
}

/* UTF-8 unless sequences that do not fit are more than the multi-byte ones that do. */
static bool is_utf8(const guint8 *bytes, size_t len, bool is_whole, bool *is_mixed_out)
{
    size_t n_good = 0;
    size_t n_bad = 0;
    for (size_t i = 0; i < len;) {
        int n = sequence_len(bytes + i, len - i);
        if (n < 0 && !is_whole) {
            break;
        }
        n_bad += n <= 0;
        n_good += n > 1;
        i += n > 0 ? (size_t)n : 1;
    }
    *is_mixed_out = n_bad > 0;
    return n_bad == 0 || n_good > n_bad;
}

void charset_guess(const void *bytes, size_t len, bool is_whole, enum charset hint, struct charset_report *report_out)
{
    const guint8 *first = bytes;
    *report_out = (struct charset_report){ .charset = CHARSET_UTF8 };
    if (len >= 3 && memcmp(first, "\xEF\xBB\xBF", 3) == 0) {
        report_out->has_bom = true;
        return;
    }
    if (len >= 2 && ((first[0] == 0xFF && first[1] == 0xFE) || (first[0] == 0xFE && first[1] == 0xFF))) {
        report_out->charset = first[0] == 0xFF ? CHARSET_UTF16LE : CHARSET_UTF16BE;
        report_out->has_bom = true;
        return;
    }
    enum charset utf16 = guess_utf16(first, len);
    if (utf16 != CHARSET_NONE) {
        report_out->charset = utf16;
        report_out->is_guess = true;
        return;
    }
    bool is_mixed = false;
    if (is_utf8(first, MIN(len, (size_t)LOOK), is_whole && len <= LOOK, &is_mixed)) {
        report_out->is_guess = is_mixed;
        return;
    }
    report_out->charset = hint == CHARSET_NONE || hint == CHARSET_UTF8 ? CHARSET_WINDOWS_1252 : hint;
    report_out->is_guess = true;
}

/* --- decoding ------------------------------------------------------------------------------------------- */

struct decoder {
    enum charset hint;
    struct charset_report *report;      /* borrowed */
    bool is_started;
    guint8 rest[4];                     /* start of a sequence that continues in the next piece */
    size_t rest_len;
};

static void append_windows_1252(GString *out, guint8 byte)
{
    gunichar c = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
    char utf8[6];
    g_string_append_len(out, utf8, g_unichar_to_utf8(c, utf8));
}

/* Appends UTF-8 that may hold bytes that do not fit. Returns how many bytes were used; fewer only before the end. */
static size_t decode_utf8(struct decoder *decoder, const guint8 *bytes, size_t len, bool is_last, GString *out)
{
    size_t i = 0;
    while (i < len) {
        const char *end = NULL;
        g_utf8_validate_len((const char *)bytes + i, len - i, &end);    /* stops at a NUL too */
        size_t n_valid = (size_t)(end - ((const char *)bytes + i));
        g_string_append_len(out, (const char *)bytes + i, (gssize)n_valid);
        i += n_valid;
        if (i == len) {
            break;
        }
        int n = sequence_len(bytes + i, len - i);
        if (n < 0 && !is_last) {
            break;
        }
        if (bytes[i] == 0) {
            for (; i + 1 < len && bytes[i + 1] == 0; i++) {
                decoder->report->n_nul++;
            }
            decoder->report->n_nul++;
        } else if (n > 0) {             /* never: GLib and RFC 3629 agree; kept so that the loop always moves on */
            g_string_append_len(out, (const char *)bytes + i, n);
            i += (size_t)n - 1;
        } else {
            append_windows_1252(out, bytes[i]);
            decoder->report->n_repaired++;
        }
        i++;
    }
    return i;
}

static size_t decode_windows_1252(struct decoder *decoder, const guint8 *bytes, size_t len, GString *out)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] == 0) {
            decoder->report->n_nul++;
        } else if (bytes[i] < 0x80) {
            g_string_append_c(out, (char)bytes[i]);
        } else {
            append_windows_1252(out, bytes[i]);
        }
    }
    return len;
}

/* RFC 2781. A surrogate without its other half becomes U+FFFD. */
static size_t decode_utf16(struct decoder *decoder, const guint8 *bytes, size_t len, bool is_last, GString *out)
{
    bool is_big = decoder->report->charset == CHARSET_UTF16BE;
    size_t i = 0;
    while (i + 1 < len) {
        gunichar c = is_big ? (gunichar)(bytes[i] << 8 | bytes[i + 1]) : (gunichar)(bytes[i + 1] << 8 | bytes[i]);
        size_t n = 2;
        if (c >= 0xD800 && c <= 0xDFFF) {
            if (c < 0xDC00 && i + 3 >= len && !is_last) {
                break;
            }
            gunichar low = i + 3 >= len ? 0 : is_big ? (gunichar)(bytes[i + 2] << 8 | bytes[i + 3])
                                                     : (gunichar)(bytes[i + 3] << 8 | bytes[i + 2]);
            if (c < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                n = 4;
            } else {
                c = 0xFFFD;
                decoder->report->n_repaired++;
            }
        }
        if (c == 0) {
            decoder->report->n_nul++;
        } else {
            char utf8[6];
            g_string_append_len(out, utf8, g_unichar_to_utf8(c, utf8));
        }
        i += n;
    }
    if (is_last && i < len) {           /* half a code unit */
        decoder->report->n_repaired++;
        i = len;
    }
    return i;
}

/* Eats one piece; the start of an unfinished sequence waits in decoder->rest. */
static void decoder_feed(struct decoder *decoder, const guint8 *bytes, size_t len, bool is_last, GString *out)
{
    g_autofree guint8 *joined = NULL;
    if (!decoder->is_started) {
        charset_guess(bytes, len, is_last, decoder->hint, decoder->report);
        decoder->is_started = true;
        size_t bom_len = !decoder->report->has_bom ? 0 : decoder->report->charset == CHARSET_UTF8 ? 3 : 2;
        bytes += bom_len;
        len -= bom_len;
    } else if (decoder->rest_len > 0) {
        joined = g_malloc(decoder->rest_len + len);
        memcpy(joined, decoder->rest, decoder->rest_len);
        if (len > 0) {
            memcpy(joined + decoder->rest_len, bytes, len);
        }
        bytes = joined;
        len += decoder->rest_len;
    }
    size_t used = 0;
    switch (decoder->report->charset) {
    case CHARSET_UTF16LE:
    case CHARSET_UTF16BE:
        used = decode_utf16(decoder, bytes, len, is_last, out);
        break;
    case CHARSET_WINDOWS_1252:
        used = decode_windows_1252(decoder, bytes, len, out);
        break;
    case CHARSET_NONE:
    case CHARSET_UTF8:
    case N_CHARSET:
        used = decode_utf8(decoder, bytes, len, is_last, out);
        break;
    }
    decoder->rest_len = len - used;
    g_assert(decoder->rest_len < sizeof decoder->rest);
    if (decoder->rest_len > 0) {
        memcpy(decoder->rest, bytes + used, decoder->rest_len);
    }
}

GString *charset_decode(const void *bytes, size_t len, enum charset hint, size_t limit,
                        struct charset_report *report_out, GError **error)
{
    struct charset_report report;
    struct decoder decoder = { .hint = hint, .report = &report };
    const guint8 *all = bytes;
    GString *out = g_string_sized_new(MIN(len, limit) + 1);
    /* the first piece is all that the guess may look at */
    size_t at = MIN(len, (size_t)LOOK);
    decoder_feed(&decoder, all, at, at == len, out);
    while (at < len && out->len <= limit) {
        size_t n = MIN(len - at, (size_t)PIECE);
        decoder_feed(&decoder, all + at, n, at + n == len, out);
        at += n;
    }
    if (report_out != NULL) {
        *report_out = report;
    }
    if (out->len > limit) {
        g_string_free(out, TRUE);
        refuse(error, "file.too_large", "This file is larger than %zu MB, which is more than Ligature reads at once. "
               "Split it and bring the parts. Nothing was changed.", limit / 1000000);
        return NULL;
    }
    return out;
}

/* --- in pieces ------------------------------------------------------------------------------------------ */

struct charset_state {
    struct stream *inner;       /* owned */
    struct charset_report own;
    struct decoder decoder;
    guint8 *piece;              /* owned, PIECE bytes */
    GString *out;               /* owned; decoded, given out up to at */
    size_t at;
    bool is_last;
};

static gssize charset_read(void *data, void *buffer, size_t len, GError **error)
{
    struct charset_state *state = data;
    while (state->at == state->out->len) {
        if (state->is_last) {
            return 0;
        }
        gssize n = stream_read(state->inner, state->piece, PIECE, error);
        if (n < 0) {
            return -1;
        }
        state->is_last = n < PIECE;
        g_string_truncate(state->out, 0);
        state->at = 0;
        decoder_feed(&state->decoder, state->piece, (size_t)n, state->is_last, state->out);
    }
    size_t n = MIN(len, state->out->len - state->at);
    memcpy(buffer, state->out->str + state->at, n);
    state->at += n;
    return (gssize)n;
}

static void charset_close(void *data)
{
    struct charset_state *state = data;
    stream_free(state->inner);
    g_string_free(state->out, TRUE);
    g_free(state->piece);
    g_free(state);
}

struct stream *charset_stream(struct stream *inner, enum charset hint, struct charset_report *report)
{
    static const struct stream_kind kind = { charset_read, charset_close };
    struct charset_state *state = g_new0(struct charset_state, 1);
    state->inner = inner;
    state->decoder = (struct decoder){ .hint = hint, .report = report != NULL ? report : &state->own };
    state->piece = g_malloc(PIECE);
    state->out = g_string_sized_new(2 * PIECE);
    return stream_new(&kind, state);
}
