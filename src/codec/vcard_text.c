/* Bytes of old phones -> clean text: charsets, quoted-printable (RFC 2045 6.7), backslash escapes
 * (RFC 6350 3.4).
 *
 * Everything that leaves this file is valid UTF-8 and, past vcard_clean(), free of controls but tab
 * and line feed. */
#include "codec/vcard_private.h"

/* windows-1252, 0x80-0x9F; 0: not assigned. The rest is ISO 8859-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* Charsets that CHARSET may name; iconv knows more, and some of those have had holes. */
static const char *const charsets[] = {
    "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",
    "ISO-8859-8",   "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-11",  "ISO-8859-13",  "ISO-8859-14",
    "ISO-8859-15",  "ISO-8859-16",  "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1253", "WINDOWS-1254",
    "WINDOWS-1255", "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "CP1250",       "CP1251",
    "CP1253",       "CP1254",       "CP1255",       "CP1256",       "CP1257",       "CP1258",
    "CP437",        "CP850",        "CP852",        "CP866",        "KOI8-R",       "KOI8-U",
    "MACINTOSH",    "TIS-620",      "GB2312",       "GBK",          "GB18030",      "BIG5",
    "SHIFT_JIS",    "SHIFT-JIS",    "EUC-JP",       "EUC-KR",       "UTF-16",       "UTF-16LE",
    "UTF-16BE",
};

static const char *const latin_charsets[] = { "ISO-8859-1", "LATIN1", "ISO_8859-1", "WINDOWS-1252",
                                              "CP1252" };

/* Length of the valid sequence at text (RFC 3629); 0: none. A control other than tab and line feed
 * is none. */
static inline size_t clean_sequence(const unsigned char *text, size_t len)
{
    unsigned char c = text[0];
    if (c < 0x80) {
        return (c >= 0x20 && c != 0x7F) || c == '\t' || c == '\n';
    }
    if (c < 0xE0) {
        return c >= 0xC2 && len > 1 && (text[1] & 0xC0) == 0x80 ? 2 : 0;
    }
    if (c < 0xF0) {
        if (len < 3 || (text[1] & 0xC0) != 0x80 || (text[2] & 0xC0) != 0x80) {
            return 0;
        }
        return (c == 0xE0 && text[1] < 0xA0) || (c == 0xED && text[1] > 0x9F) ? 0 : 3;
    }
    if (c > 0xF4 || len < 4 || (text[1] & 0xC0) != 0x80 || (text[2] & 0xC0) != 0x80
        || (text[3] & 0xC0) != 0x80) {
        return 0;
    }
    return (c == 0xF0 && text[1] < 0x90) || (c == 0xF4 && text[1] > 0x8F) ? 0 : 4;
}

/* One byte of windows-1252; controls become U+FFFD. Returns its length in UTF-8, at most 3. */
static size_t put_latin(char *out, unsigned char c)
{
    uint32_t code = c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c;
    if (code == 0 || c < 0x20 || c == 0x7F) {
        code = 0xFFFD;
    }
    return (size_t)g_unichar_to_utf8(code, out);
}

struct vcard_span vcard_clean(struct vcard_arena *arena, struct vcard_span raw)
{
    const unsigned char *in = (const unsigned char *)raw.at;
    size_t good = 0;
    while (good < raw.len) {
        size_t n = clean_sequence(in + good, raw.len - good);
        if (n == 0) {
            break;
        }
        good += n;
    }
    if (good == raw.len) {
        return raw;
    }
    char *copy = vcard_arena_take(arena, good + 3 * (raw.len - good));
    memcpy(copy, in, good);
    size_t len = good;
    for (size_t i = good; i < raw.len;) {
        size_t n = clean_sequence(in + i, raw.len - i);
        if (n > 0) {
            memcpy(copy + len, in + i, n);
            len += n;
            i += n;
        } else if (in[i] == '\r') {
            copy[len++] = '\n';
            i += i + 1 < raw.len && in[i + 1] == '\n' ? 2 : 1;
        } else {
            len += put_latin(copy + len, in[i++]);
        }
    }
    vcard_arena_trim(arena, copy, len);
    return (struct vcard_span){ copy, len };
}

static bool is_listed(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (g_ascii_strcasecmp(name, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Converts all of raw; a multi-byte character cut at its end is left out. */
static bool convert(struct vcard_arena *arena, const char *from, struct vcard_span raw,
                    struct vcard_span *out)
{
    GIConv conv = g_iconv_open("UTF-8", from);
    if (conv == (GIConv)-1) {
        return false;
    }
    size_t room = 4 * raw.len + 16;
    char *copy = vcard_arena_take(arena, room);
    char *in_at = (char *)(uintptr_t)raw.at;
    char *out_at = copy;
    size_t in_left = raw.len;
    size_t out_left = room;
    size_t bad = g_iconv(conv, &in_at, &in_left, &out_at, &out_left);
    bool is_good = bad != (size_t)-1 || in_left < 2;
    if (is_good) {
        g_iconv(conv, NULL, NULL, &out_at, &out_left);
    }
    g_iconv_close(conv);
    *out = (struct vcard_span){ copy, (size_t)(out_at - copy) };
    vcard_arena_trim(arena, copy, out->len);
    return is_good;
}

bool vcard_from_charset(struct vcard_arena *arena, struct vcard_span charset, struct vcard_span raw,
                        struct vcard_span *out)
{
    char name[24];
    if (charset.len >= 2 && charset.at[0] == '"' && charset.at[charset.len - 1] == '"') {
        charset = (struct vcard_span){ charset.at + 1, charset.len - 2 };
    }
    if (charset.len == 0 || charset.len >= sizeof name || raw.len == 0) {
        return false;
    }
    memcpy(name, charset.at, charset.len);
    name[charset.len] = '\0';
    if (g_ascii_strcasecmp(name, "UTF-8") == 0) {
        return false;           /* clean() looks for itself, also behind what we do not know */
    }
    if (is_listed(name, charsets, G_N_ELEMENTS(charsets))) {
        return convert(arena, name, raw, out);
    }
    if (!is_listed(name, latin_charsets, G_N_ELEMENTS(latin_charsets))) {
        return false;
    }
    char *copy = vcard_arena_take(arena, 3 * raw.len);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if ((unsigned char)raw.at[i] < 0x80) {
            copy[len++] = raw.at[i];
        } else {
            len += put_latin(copy + len, (unsigned char)raw.at[i]);
        }
    }
    vcard_arena_trim(arena, copy, len);
    *out = (struct vcard_span){ copy, len };
    return true;
}

/* 0..15; 16: no hexadecimal digit */
static inline unsigned hex_digit(char c)
{
    return c >= '0' && c <= '9'                     ? (unsigned)(c - '0')
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (unsigned)((c | 0x20) - 'a') + 10
                                                    : 16;
}

struct vcard_span vcard_unquote_printable(struct vcard_arena *arena, struct vcard_span raw)
{
    if (raw.len == 0 || memchr(raw.at, '=', raw.len) == NULL) {
        return raw;
    }
    char *copy = vcard_arena_take(arena, raw.len);
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.at[i] != '=') {
            copy[len++] = raw.at[i];
        } else if (i + 2 < raw.len && hex_digit(raw.at[i + 1]) < 16
                   && hex_digit(raw.at[i + 2]) < 16) {
            copy[len++] = (char)(hex_digit(raw.at[i + 1]) << 4 | hex_digit(raw.at[i + 2]));
            i += 2;
        } else if (i + 1 < raw.len) {
            copy[len++] = '='; /* not quoted at all, "a=b": what was meant is what stands there */
        } /* a last '=' is a soft break with nothing behind it */
    }
    vcard_arena_trim(arena, copy, len);
    return (struct vcard_span){ copy, len };
}

struct vcard_span vcard_unescape(struct vcard_arena *arena, struct vcard_span raw, unsigned flags)
{
    if ((flags & VCARD_ESCAPED) == 0 || raw.len == 0) {
        return raw;
    }
    const char *end = raw.at + raw.len;
    const char *slash = memchr(raw.at, '\\', raw.len);
    if (slash == NULL) {
        return raw;
    }
    char *copy = vcard_arena_take(arena, raw.len);
    size_t len = (size_t)(slash - raw.at);
    memcpy(copy, raw.at, len);
    for (const char *at = slash; at < end; at++) {
        char next = *at == '\\' && at + 1 < end ? at[1] : '\0';
        if (next == '\\' || next == ';' || next == ',' || next == ':') {
            copy[len++] = next;         /* "\:" is in no standard, but Google writes http\:// */
            at++;
        } else if ((next == 'n' || next == 'N') && (flags & VCARD_WAS_QP) == 0) {
            copy[len++] = '\n';
            at++;
        } else {
            copy[len++] = *at;
        }
    }
    vcard_arena_trim(arena, copy, len);
    return (struct vcard_span){ copy, len };
}

struct vcard_span vcard_escape(struct vcard_arena *arena, struct vcard_span text)
{
    char *copy = vcard_arena_take(arena, 2 * text.len);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '\\' || c == ',' || c == ';' || c == '\n') {
            copy[len++] = '\\';
        }
        copy[len++] = c == '\n' ? 'n' : c;
    }
    vcard_arena_trim(arena, copy, len);
    return (struct vcard_span){ copy, len };
}
