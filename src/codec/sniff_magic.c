/* Files that are no CSV: by their first bytes, and texts by how they begin. */
#include "codec/sniff_part.h"

#include "codec/medline.h"

#include <string.h>

/* First bytes (offset 0) of the formats that people pick by mistake. */
static const struct {
    const char *bytes;
    size_t len;
    enum file_kind kind;
} magics[] = {
    { "%PDF-", 5, FILE_PDF },
    { "!BDN", 4, FILE_OUTLOOK_PST },
    { "SQLite format 3", 16, FILE_SQLITE },
    { "\x89PNG\r\n", 6, FILE_IMAGE },
    { "\xFF\xD8\xFF", 3, FILE_IMAGE },
    { "GIF8", 4, FILE_IMAGE },
    { "II*\0", 4, FILE_IMAGE },
    { "MM\0*", 4, FILE_IMAGE },
    { "ID3", 3, FILE_MEDIA },
    { "OggS", 4, FILE_MEDIA },
    { "\x1A\x45\xDF\xA3", 4, FILE_MEDIA },
    { "\x1F\x8B", 2, FILE_ARCHIVE_OTHER },
    { "7z\xBC\xAF\x27\x1C", 6, FILE_ARCHIVE_OTHER },
    { "Rar!\x1A\x07", 6, FILE_ARCHIVE_OTHER },
    { "BZh", 3, FILE_ARCHIVE_OTHER },
    { "\xFD" "7zXZ", 5, FILE_ARCHIVE_OTHER },
    { "\x28\xB5\x2F\xFD", 4, FILE_ARCHIVE_OTHER },
    { "\x7F" "ELF", 4, FILE_PROGRAM },
    { "\xCF\xFA\xED\xFE", 4, FILE_PROGRAM },
    { "{\\rtf", 5, FILE_OFFICE },
};

/* True when text stands somewhere in the bytes. */
static bool has(const void *bytes, size_t len, const char *text)
{
    return memmem(bytes, len, text, strlen(text)) != NULL;
}

/* Which office file, or other ZIP, this is: its first local headers name the members. */
static enum file_kind zip_kind(const void *bytes, size_t len)
{
    if (has(bytes, MIN(len, (size_t)4096), "mimetypeapplication/vnd.oasis.opendocument.")) {
        return has(bytes, MIN(len, (size_t)4096), "opendocument.spreadsheet") ? FILE_ODS : FILE_OFFICE;
    }
    if (has(bytes, len, "[Content_Types].xml") || has(bytes, len, "_rels/.rels")) {
        return has(bytes, len, "xl/") ? FILE_XLSX : FILE_OFFICE;
    }
    return has(bytes, len, "Index/Document.iwa") || has(bytes, len, "Index.zip") ? FILE_NUMBERS : FILE_ARCHIVE_OTHER;
}

enum file_kind sniff_magic(const void *bytes, size_t len)
{
    const char *start = bytes;
    for (size_t i = 0; i < G_N_ELEMENTS(magics); i++) {
        if (len >= magics[i].len && memcmp(start, magics[i].bytes, magics[i].len) == 0) {
            return magics[i].kind;
        }
    }
    if (len >= 4 && (memcmp(start, "PK\3\4", 4) == 0 || memcmp(start, "PK\5\6", 4) == 0)) {
        return zip_kind(bytes, len);
    }
    if (len >= 8 && memcmp(start, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0) {      /* [MS-CFB] 2.2 */
        bool is_workbook = memmem(start, len, "W\0o\0r\0k\0b\0o\0o\0k", 15) != NULL
            || memmem(start, len, "B\0o\0o\0k\0\0", 9) != NULL;
        bool is_document = memmem(start, len, "W\0o\0r\0d\0D\0o\0c", 13) != NULL
            || memmem(start, len, "_\0_\0n\0a\0m\0e\0i\0d", 15) != NULL;
        return is_workbook || !is_document ? FILE_XLS : FILE_OFFICE;
    }
    if (len >= 12 && memcmp(start, "RIFF", 4) == 0) {
        return memcmp(start + 8, "WEBP", 4) == 0 ? FILE_IMAGE : FILE_MEDIA;
    }
    if (len >= 12 && memcmp(start + 4, "ftyp", 4) == 0) {
        return memcmp(start + 8, "hei", 3) == 0 || memcmp(start + 8, "mif1", 4) == 0
            || memcmp(start + 8, "avif", 4) == 0
            ? FILE_IMAGE : FILE_MEDIA;
    }
    if (len >= 64 && start[0] == 'M' && start[1] == 'Z' && memchr(start, '\0', 64) != NULL) {
        return FILE_PROGRAM;
    }
    return FILE_NONE;
}

/* --- texts ---------------------------------------------------------------------------------------------- */

static bool begins(const char *text, size_t len, const char *with)
{
    return len >= strlen(with) && g_ascii_strncasecmp(text, with, strlen(with)) == 0;
}

/* Places text at its next line that is not blank; false at the end. */
static bool next_line(const char **text, size_t *len)
{
    const char *end = memchr(*text, '\n', *len);
    size_t used = end != NULL ? (size_t)(end - *text) + 1 : *len;
    *text += used;
    *len -= used;
    while (*len > 0 && g_ascii_isspace(**text)) {
        (*text)++;
        (*len)--;
    }
    return *len > 0;
}

/* A line that begins so, among the first n_lines. */
static bool has_line(const char *text, size_t len, const char *with, int n_lines)
{
    do {
        if (begins(text, len, with)) {
            return true;
        }
    } while (--n_lines > 0 && next_line(&text, &len));
    return false;
}

/* First sign after the one at text; '\0' when there is none. */
static char sign_after(const char *text, size_t len)
{
    for (size_t i = 1; i < len; i++) {
        if (!g_ascii_isspace(text[i])) {
            return text[i];
        }
    }
    return '\0';
}

static bool is_json(const char *text, size_t len)
{
    char sign = sign_after(text, len);
    return (*text == '{' && (sign == '"' || sign == '}'))
        || (*text == '[' && sign != '\0' && strchr("{[\"]", sign) != NULL);
}

/* "<...": a page, a PubMed file, other XML. */
static enum file_kind markup_kind(const char *text, size_t len)
{
    size_t head = MIN(len, (size_t)4096);
    g_autofree char *start = g_ascii_strdown(text, (gssize)head);
    if (strstr(start, "<pubmedarticle") != NULL || strstr(start, "<medlinecitation") != NULL) {
        return FILE_MEDLINE_XML;
    }
    static const char *const pages[] = { "<!doctype html", "<html", "<head", "<body", "<script", "<title",
        "<meta ", "<div", NULL };
    for (const char *const *page = pages; *page != NULL; page++) {
        if (strstr(start, *page) != NULL) {
            return FILE_HTML;
        }
    }
    return g_str_has_prefix(start, "<?xml") || g_ascii_isalpha(start[1]) ? FILE_XML : FILE_NONE;
}

/* Two header lines of RFC 5322 among the first, one of them From. */
static bool is_mail(const char *text, size_t len)
{
    static const char *const fields[] = { "return-path:", "received:", "delivered-to:", "message-id:",
        "mime-version:", "x-mailer:", NULL };
    bool is_first = begins(text, len, "from:") || begins(text, len, "subject:") || begins(text, len, "date:");
    for (const char *const *field = fields; *field != NULL; field++) {
        is_first |= begins(text, len, *field);
    }
    return is_first && has_line(text, len, "from:", 60)
        && (has_line(text, len, "subject:", 60) || has_line(text, len, "message-id:", 60)
            || has_line(text, len, "date:", 60));
}

static bool is_bibtex(const char *text, size_t len)
{
    static const char *const types[] = { "@article{", "@book{", "@inproceedings{", "@misc{", "@string{",
        "@comment{", "@inbook{", "@phdthesis{",
                                         "@techreport{", "@incollection{", NULL };
    for (const char *const *type = types; *type != NULL; type++) {
        if (has_line(text, len, *type, 50)) {
            return true;
        }
    }
    return false;
}

enum file_kind sniff_text(const char *text, size_t len)
{
    while (len > 0 && g_ascii_isspace(*text)) {
        text++;
        len--;
    }
    if (begins(text, len, "begin:vcard")) {
        return FILE_VCARD;
    }
    if (begins(text, len, "begin:vcalendar")) {
        return FILE_ICAL;
    }
    enum file_kind markup = *text == '<' ? markup_kind(text, len) : FILE_NONE;
    if (markup != FILE_NONE) {
        return markup;
    }
    if (is_json(text, len)) {
        return FILE_JSON;
    }
    if (begins(text, len, "dn:") || (begins(text, len, "version: 1") && has_line(text, len, "dn:", 20))) {
        return FILE_LDIF;
    }
    if (begins(text, len, "TY  - ")) {
        return FILE_RIS;
    }
    if (medline_is_likely(text, len)) {
        return FILE_MEDLINE;
    }
    if (begins(text, len, "From ") && memchr(text, '\n', len) != NULL && has_line(text, len, "from:", 100)) {
        return FILE_MBOX;
    }
    if (is_mail(text, len)) {
        return FILE_MAIL;
    }
    if (is_bibtex(text, len)) {
        return FILE_BIBTEX;
    }
    if (has_line(text, len, "begin:vcard\r\n", 100) || has_line(text, len, "begin:vcard\n", 100)) {
        return FILE_VCARD;      /* something stands before the first card */
    }
    if (has_line(text, len, "TY  - ", 30) && has_line(text, len, "ER  -", 300)) {
        return FILE_RIS;
    }
    return FILE_NONE;
}
