/* Half-HTML to text. Only names of real HTML elements count as tags, so that "x < y" and "<name>" survive.
 * One pass, no nesting, nothing is looked up from outside. Invariant: the result is no longer
 * than the input. */
#include "codec/plain.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TAG 2048            /* bytes of one tag: a bound for the search of its end */

enum tag_effect { TAG_NONE, TAG_INLINE, TAG_BREAK, TAG_BLOCK, TAG_ITEM, TAG_HIDDEN };

static const struct {
    const char *name;
    enum tag_effect effect;
} tags[] = {
    { "a", TAG_INLINE }, { "abbr", TAG_INLINE }, { "b", TAG_INLINE }, { "big", TAG_INLINE }, { "code", TAG_INLINE },
    { "em", TAG_INLINE }, { "font", TAG_INLINE }, { "i", TAG_INLINE }, { "img", TAG_INLINE }, { "mark", TAG_INLINE },
    { "small", TAG_INLINE }, { "span", TAG_INLINE }, { "strike", TAG_INLINE }, { "strong", TAG_INLINE },
    { "sub", TAG_INLINE },
    { "sup", TAG_INLINE }, { "u", TAG_INLINE }, { "s", TAG_INLINE }, { "label", TAG_INLINE }, { "button", TAG_INLINE },
    { "html", TAG_INLINE }, { "body", TAG_INLINE }, { "meta", TAG_INLINE }, { "link", TAG_INLINE },
    { "input", TAG_INLINE },
    { "br", TAG_BREAK }, { "tr", TAG_BREAK },
    { "p", TAG_BLOCK }, { "div", TAG_BLOCK }, { "h1", TAG_BLOCK }, { "h2", TAG_BLOCK }, { "h3", TAG_BLOCK },
    { "h4", TAG_BLOCK },
    { "h5", TAG_BLOCK }, { "h6", TAG_BLOCK }, { "ul", TAG_BLOCK }, { "ol", TAG_BLOCK }, { "table", TAG_BLOCK },
    { "tbody", TAG_BLOCK }, { "thead", TAG_BLOCK }, { "td", TAG_BLOCK }, { "th", TAG_BLOCK },
    { "blockquote", TAG_BLOCK },
    { "pre", TAG_BLOCK }, { "hr", TAG_BLOCK }, { "section", TAG_BLOCK }, { "article", TAG_BLOCK },
    { "header", TAG_BLOCK },
    { "footer", TAG_BLOCK }, { "center", TAG_BLOCK }, { "form", TAG_BLOCK }, { "dl", TAG_BLOCK },
    { "dt", TAG_BLOCK }, { "dd", TAG_BLOCK },
    { "li", TAG_ITEM },
    { "script", TAG_HIDDEN }, { "style", TAG_HIDDEN }, { "head", TAG_HIDDEN }, { "title", TAG_HIDDEN },
};

/* The entities that mail and message texts hold (HTML 4 Latin 1 and the common signs). */
static const struct {
    const char *name;
    gunichar letter;
} entities[] = {
    { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' }, { "nbsp", ' ' },
    { "hellip", 0x2026 }, { "ndash", 0x2013 }, { "mdash", 0x2014 }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 },
    { "sbquo", 0x201A },
    { "ldquo", 0x201C }, { "rdquo", 0x201D }, { "bdquo", 0x201E }, { "laquo", 0xAB }, { "raquo", 0xBB },
    { "bull", 0x2022 },
    { "middot", 0xB7 }, { "euro", 0x20AC }, { "pound", 0xA3 }, { "copy", 0xA9 }, { "reg", 0xAE }, { "trade", 0x2122 },
    { "deg", 0xB0 }, { "times", 0xD7 }, { "frac12", 0xBD }, { "micro", 0xB5 }, { "szlig", 0xDF }, { "agrave", 0xE0 },
    { "aacute", 0xE1 }, { "acirc", 0xE2 }, { "atilde", 0xE3 }, { "auml", 0xE4 }, { "aring", 0xE5 }, { "aelig", 0xE6 },
    { "ccedil", 0xE7 }, { "egrave", 0xE8 }, { "eacute", 0xE9 }, { "ecirc", 0xEA }, { "euml", 0xEB },
    { "igrave", 0xEC },
    { "iacute", 0xED }, { "icirc", 0xEE }, { "iuml", 0xEF }, { "ntilde", 0xF1 }, { "ograve", 0xF2 },
    { "oacute", 0xF3 },
    { "ocirc", 0xF4 }, { "otilde", 0xF5 }, { "ouml", 0xF6 }, { "oslash", 0xF8 }, { "ugrave", 0xF9 },
    { "uacute", 0xFA },
    { "ucirc", 0xFB }, { "uuml", 0xFC }, { "Agrave", 0xC0 }, { "Aacute", 0xC1 }, { "Auml", 0xC4 }, { "Aring", 0xC5 },
    { "Ccedil", 0xC7 }, { "Eacute", 0xC9 }, { "Ntilde", 0xD1 }, { "Oacute", 0xD3 }, { "Ouml", 0xD6 },
    { "Oslash", 0xD8 },
    { "Uuml", 0xDC }, { "iexcl", 0xA1 }, { "iquest", 0xBF }, { "shy", 0 }, { "zwnj", 0x200C }, { "zwj", 0x200D },
};

struct writer {
    GString *out;
    int n_breaks;               /* line breaks wanted before the next letter */
    bool wants_blank;           /* a blank is wanted before the next letter of the same line */
    bool keeps_lines;           /* line breaks in the source are meant */
};

/* --- tags ----------------------------------------------------------------------------------------------- */

/* What the element of this name does. */
static enum tag_effect effect_of(const char *name, size_t len)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++) {
        if (strlen(tags[i].name) == len && g_ascii_strncasecmp(tags[i].name, name, len) == 0) {
            return tags[i].effect;
        }
    }
    return TAG_NONE;
}

/* The tag at text ('<' first): its effect, and its length. TAG_NONE: no tag. */
static enum tag_effect tag_at(const char *text, size_t *len_out, bool *is_end_out)
{
    const char *name = text + 1;
    if (strncmp(text, "<!--", 4) == 0) {
        const char *end = strstr(text + 4, "-->");
        *len_out = end != NULL ? (size_t)(end + 3 - text) : strlen(text);
        *is_end_out = false;
        return TAG_INLINE;
    }
    *is_end_out = *name == '/';
    name += *is_end_out ? 1 : 0;
    size_t n = 0;
    while (g_ascii_isalnum(name[n])) {
        n++;
    }
    if (n == 0 || (name[n] != '>' && name[n] != '/' && !g_ascii_isspace(name[n]))) {
        return TAG_NONE;
    }
    enum tag_effect effect = effect_of(name, n);
    if (effect == TAG_NONE) {
        return TAG_NONE;
    }
    const char *end = name + n;
    for (char quote = '\0'; *end != '\0' && end < text + MAX_TAG && (quote != '\0' || *end != '>'); end++) {
        if (quote == '\0' && (*end == '"' || *end == '\'') && end[-1] == '=') {
            quote = *end;
        } else if (quote != '\0' && *end == quote) {
            quote = '\0';
        }
    }
    *len_out = (size_t)(end + 1 - text);
    return *end == '>' && end < text + MAX_TAG ? effect : TAG_NONE;
}

/* Counts real tags, and whether some make lines. Stops searching where a "<" has no ">" after it at all. */
static int count_tags(const char *text, bool *has_lines_out)
{
    int n = 0;
    *has_lines_out = false;
    const char *last = strrchr(text, '>');
    for (const char *c = text; last != NULL && (c = strchr(c, '<')) != NULL && c < last;) {
        size_t len = 1;
        bool is_end = false;
        enum tag_effect effect = tag_at(c, &len, &is_end);
        if (effect != TAG_NONE) {
            n++;
            *has_lines_out |= effect == TAG_BREAK || effect == TAG_BLOCK || effect == TAG_ITEM;
            c += len;
        } else {
            c++;
        }
    }
    return n;
}

/* --- entities ------------------------------------------------------------------------------------------- */

/* Code point of a number in a reference; 0 when it is none that may stand in a text. */
static gunichar number_of(const char *digits, size_t len)
{
    bool is_hex = *digits == 'x' || *digits == 'X';
    gunichar value = 0;
    for (size_t i = is_hex ? 1 : 0; i < len; i++) {
        int digit = is_hex ? g_ascii_xdigit_value(digits[i]) : g_ascii_digit_value(digits[i]);
        if (digit < 0 || value > 0x10FFFF) {
            return 0;
        }
        value = value * (is_hex ? 16 : 10) + (gunichar)digit;
    }
    bool is_text = g_unichar_validate(value) && (value >= 32 || value == '\n' || value == '\t') && value != 0x7F;
    return is_text ? value : 0;
}

/* The reference at text ('&' first): its letter and length. false: it is none. */
static bool entity_at(const char *text, gunichar *letter_out, size_t *len_out)
{
    size_t n = 0;
    while (n < 10 && (g_ascii_isalnum(text[1 + n]) || (n == 0 && text[1] == '#'))) {
        n++;
    }
    if (n < 2 || text[1 + n] != ';') {
        return false;
    }
    *len_out = n + 2;
    if (text[1] == '#') {
        *letter_out = number_of(text + 2, n - 1);
        return n > 1 && *letter_out != 0;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(entities); i++) {
        if (strlen(entities[i].name) == n && strncmp(entities[i].name, text + 1, n) == 0) {
            *letter_out = entities[i].letter;
            return true;
        }
    }
    return false;
}

/* --- writing -------------------------------------------------------------------------------------------- */

static void write_letter(struct writer *writer, gunichar letter)
{
    if (letter == 0 || letter == 0xAD || letter == '\r') {      /* soft hyphens are for line breaking only */
        return;
    }
    if (letter == '\n' && writer->keeps_lines) {
        writer->n_breaks = MIN(writer->n_breaks + 1, 2);
        return;
    }
    if (letter == ' ' || letter == '\t' || letter == '\n' || letter == 0xA0) {
        writer->wants_blank = true;
        return;
    }
    if (writer->out->len > 0 && writer->n_breaks > 0) {
        g_string_append_len(writer->out, "\n\n", writer->n_breaks);
    } else if (writer->out->len > 0 && writer->wants_blank) {
        g_string_append_c(writer->out, ' ');
    }
    writer->n_breaks = 0;
    writer->wants_blank = false;
    g_string_append_unichar(writer->out, letter);
}

/* Does what a tag means; returns how far to go on. */
static size_t write_tag(struct writer *writer, const char *text, enum tag_effect effect, size_t len, bool is_end)
{
    switch (effect) {
    case TAG_NONE:
    case TAG_INLINE:
        break;
    case TAG_BREAK:
        writer->n_breaks = MIN(writer->n_breaks + 1, 2);
        break;
    case TAG_BLOCK:
        writer->n_breaks = MAX(writer->n_breaks, 1);
        break;
    case TAG_ITEM:
        writer->n_breaks = MAX(writer->n_breaks, 1);
        if (!is_end) {
            write_letter(writer, '-');
            writer->wants_blank = true;
        }
        break;
    case TAG_HIDDEN:
        if (!is_end) {          /* to its end tag; without one to the end of the text */
            g_autofree char *end_tag = g_strdup_printf("</%.*s", (int)strcspn(text + 1, "> \t\n/"), text + 1);
            const char *rest = text + len;
            for (; *rest != '\0' && g_ascii_strncasecmp(rest, end_tag, strlen(end_tag)) != 0; rest++) {
            }
            return (size_t)(rest - text);
        }
        break;
    }
    return len;
}

char *plain_text(const char *text)
{
    bool has_lines = false;
    bool has_tags = count_tags(text, &has_lines) > 0;
    const char *last = strrchr(text, '>');
    struct writer writer = { .out = g_string_sized_new(strlen(text)), .keeps_lines = !has_lines };
    while (*text != '\0') {
        size_t len = 1;
        bool is_end = false;
        gunichar letter = 0;
        enum tag_effect effect = has_tags && *text == '<' && text < last ? tag_at(text, &len, &is_end) : TAG_NONE;
        if (effect != TAG_NONE) {
            text += write_tag(&writer, text, effect, len, is_end);
        } else if (*text == '&' && entity_at(text, &letter, &len)) {
            write_letter(&writer, letter);
            text += len;
        } else {
            write_letter(&writer, g_utf8_get_char(text));
            text = g_utf8_next_char(text);
        }
    }
    return g_string_free(writer.out, FALSE);
}

bool plain_has_tags(const char *text)
{
    bool has_lines = false;
    return count_tags(text, &has_lines) > 0;
}

bool plain_is_sponsored(const char *text)
{
    bool has_lines = false;
    int n = count_tags(text, &has_lines);
    return n > 0 && (n >= 3 || strstr(text, "spinmail") != NULL || strstr(text, "%FIRSTNAME%") != NULL);
}
