/* Recognising a file: bytes, then text, then the names of its columns, then the shape of its rows. For a bundle the
 * members are recognised one by one, and the whole decides what a member that says little is. */
#include "codec/sniff.h"

#include "base/error.h"
#include "codec/columns.h"
#include "codec/sniff_part.h"

#include <string.h>

#define MEMBER_HEAD (64 * 1024) /* first bytes of a member in a bundle */
#define SHAPE_ROWS 50           /* rows looked at where no header is known */

/* --- one file ------------------------------------------------------------------------------------------- */

/* A csv_is_header: data is the file's name; true for the header of any known program. */
static bool is_known(const struct csv_header *candidate, const void *data)
{
    return sniff_header(candidate, data) != FILE_NONE;
}

/* Looks for the header of a known program. */
static bool find_known(const char *name, const GString *text, struct sniff *sniff)
{
    g_autoptr(csv_reader) reader = csv_reader_of_text(text->str, text->len, NULL);
    if (!csv_reader_header(reader, is_known, name, NULL)) {
        return false;
    }
    const struct csv_header *header = csv_reader_names(reader);
    sniff->kind = sniff_header(header, name);
    sniff->delimiter = csv_reader_delimiter(reader);
    sniff->header_line = header->line;
    return true;
}

/* True when the header names at least one thing that we would look for in a person. */
static bool names_people(const struct csv_header *header)
{
    g_autofree struct column_proposal *proposals = g_new0(struct column_proposal, (size_t)MAX(header->n, 1));
    columns_propose(header->n, header->names, NULL, proposals);
    for (int i = 0; i < header->n; i++) {
        if (proposals[i].field > COLUMN_CUSTOM && proposals[i].confidence >= 90) {
            return true;
        }
    }
    return false;
}

struct shape {
    int n_first;                /* cells of the first row */
    int n_rows;                 /* rows after it */
    int n_alike;                /* of those, with as many cells */
    int n_telling;              /* with a cell that is an e-mail address, a number, a web address or a date */
};

static struct shape shape_of(struct csv_reader *reader)
{
    struct shape shape = { 0 };
    struct csv_row row;
    while (shape.n_rows < SHAPE_ROWS && csv_reader_next(reader, &row, NULL) < CSV_STEP_END) {
        bool is_telling = false;
        for (int i = 0; i < row.n; i++) {
            struct column_sample sample = { 0 };
            column_sample_add(&sample, row.cells[i]);
            is_telling |= sample.email + sample.phone + sample.url + sample.date > 0;
        }
        shape.n_telling += is_telling;
        if (shape.n_first == 0) {
            shape.n_first = row.n;
        } else {
            shape.n_rows++;
            shape.n_alike += row.n == shape.n_first;
        }
    }
    return shape;
}

/* A list of no known program: rows of several cells, nearly all as long as the first. */
static bool find_generic(const GString *text, struct sniff *sniff)
{
    enum file_kind generic = FILE_GENERIC_CSV;
    g_autoptr(csv_reader) shaped = csv_reader_of_text(text->str, text->len, NULL);
    struct shape shape = shape_of(shaped);
    g_autoptr(csv_reader) named = csv_reader_of_text(text->str, text->len, NULL);
    bool has_header = csv_reader_header(named, file_kind_is_header, &generic, NULL);
    const struct csv_header *header = csv_reader_names(named);
    bool is_list = shape.n_first >= 2 && shape.n_rows > 0 && shape.n_alike * 10 >= shape.n_rows * 8;
    if (has_header && (names_people(header) || (is_list && header->line == 1))) {
        sniff->header_line = header->line;
        sniff->delimiter = csv_reader_delimiter(named);
    } else if (shape.n_first >= 2 && shape.n_telling * 2 > shape.n_rows && (is_list || shape.n_rows == 0)) {
        sniff->header_line = 0;
        sniff->delimiter = csv_reader_delimiter(shaped);
    } else {
        return false;
    }
    sniff->kind = FILE_GENERIC_CSV;
    return true;
}

/* Control characters that no text has: more than one in a hundred. */
static bool is_binary(const GString *text, const struct charset_report *report)
{
    size_t n_odd = report->charset == CHARSET_UTF16LE || report->charset == CHARSET_UTF16BE ? 0 : report->n_nul;
    for (size_t i = 0; i < text->len; i++) {
        guint8 c = (guint8)text->str[i];
        n_odd += c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B;
    }
    return n_odd * 100 > text->len + report->n_nul;
}

static bool is_blank(const GString *text)
{
    for (const char *c = text->str; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        if (!g_unichar_isspace(letter) && letter != 0xFEFF && letter != 0x200B) {
            return false;
        }
    }
    return true;
}

void sniff_bytes(const char *name, const void *bytes, size_t len, bool is_whole, struct sniff *sniff_out)
{
    *sniff_out = (struct sniff){ .kind = FILE_EMPTY };
    if (len == 0) {
        return;
    }
    size_t head = MIN(len, (size_t)SNIFF_HEAD);
    sniff_out->kind = sniff_magic(bytes, head);
    if (sniff_out->kind != FILE_NONE) {
        return;
    }
    g_autoptr(GString) text = charset_decode(bytes, head, CHARSET_NONE, 4 * SNIFF_HEAD, &sniff_out->charset, NULL);
    g_assert(text != NULL);     /* UTF-8 of a head is at most three times as long */
    if (is_blank(text)) {
        sniff_out->kind = is_whole && len == head ? FILE_BLANK : FILE_BINARY;
        return;
    }
    if (is_binary(text, &sniff_out->charset)) {
        sniff_out->kind = FILE_BINARY;
        return;
    }
    sniff_out->kind = sniff_text(text->str, text->len);
    if (sniff_out->kind == FILE_NONE && !find_known(name, text, sniff_out) && !find_generic(text, sniff_out)) {
        sniff_out->kind = FILE_TEXT;
    }
}

/* --- bundles -------------------------------------------------------------------------------------------- */

/* Office files are ZIPs: their members tell. FILE_NONE: an ordinary ZIP. */
static enum file_kind office_kind(struct bundle *bundle)
{
    bool has_types = false;
    bool has_sheets = false;
    for (size_t i = 0; i < bundle_count(bundle); i++) {
        const char *name = bundle_member(bundle, i)->name;
        has_types |= strcmp(name, "[Content_Types].xml") == 0;
        has_sheets |= g_str_has_prefix(name, "xl/");
        if (g_str_has_prefix(name, "Index/") && g_str_has_suffix(name, ".iwa")) {
            return FILE_NUMBERS;
        }
        if (strcmp(name, "mimetype") == 0) {
            g_autoptr(GBytes) type = bundle_head(bundle, i, 100, NULL, NULL);
            g_autofree char *text = type != NULL
                ? g_strndup(g_bytes_get_data(type, NULL), g_bytes_get_size(type)) : g_strdup("");
            return strstr(text, "spreadsheet") != NULL ? FILE_ODS : FILE_OFFICE;
        }
    }
    return !has_types ? FILE_NONE : has_sheets ? FILE_XLSX : FILE_OFFICE;
}

/* Files of an export that we read: when such a one is damaged, it is worth a word. */
static bool is_wanted_name(const char *name)
{
    static const char *const wanted[] = {
        "Connections.csv", "messages.csv", "Invitations.csv", "Contacts.csv", "ImportedContacts.csv",
        "Profile.csv", "Positions.csv",
        "Education.csv", "Skills.csv", "Languages.csv", "Certifications.csv", "Honors.csv", "Publications.csv",
        "Recommendations_Received.csv", "Recommendations_Given.csv", "Endorsement_Received_Info.csv",
        "Endorsement_Given_Info.csv", NULL,
    };
    for (const char *const *one = wanted; *one != NULL; one++) {
        if (bundle_name_is(name, *one)) {
            return true;
        }
    }
    return false;
}

static bool is_read(enum file_kind kind)
{
    return kind != FILE_NONE && kind != FILE_LINKEDIN_OTHER && kind != FILE_LINKEDIN_ROBOTS
        && !file_kind_is_refused(kind);
}

/* Recognises each member. false: not one could be read. */
static bool sniff_members(struct bundle *bundle, struct sniff *sniffs, GError **error)
{
    size_t n_read = 0;
    g_autoptr(GError) first = NULL;
    for (size_t i = 0; i < bundle_count(bundle); i++) {
        bool is_whole = false;
        g_autoptr(GError) reason = NULL;
        size_t max = bundle_kind(bundle) == BUNDLE_FILE ? SNIFF_HEAD : MEMBER_HEAD;
        g_autoptr(GBytes) head = bundle_head(bundle, i, max, &is_whole, &reason);
        if (head != NULL) {
            sniff_bytes(bundle_member(bundle, i)->name, g_bytes_get_data(head, NULL), g_bytes_get_size(head),
                        is_whole, &sniffs[i]);
            n_read++;
        } else if (first == NULL) {
            first = g_steal_pointer(&reason);
        }
    }
    if (n_read == 0 && first != NULL) {
        g_propagate_error(error, g_steal_pointer(&first));
        return false;
    }
    return true;
}

/* What the members are together. In a LinkedIn export lists of no known shape belong to the export. */
static enum bundle_content judge(struct bundle *bundle, struct sniff *sniffs, enum file_kind *refused_kind_out)
{
    bool has_linkedin = false;
    bool has_read = false;
    *refused_kind_out = FILE_EMPTY;
    bool has_refused = false;
    for (size_t i = 0; i < bundle_count(bundle); i++) {
        has_linkedin |= file_kind_is_linkedin(sniffs[i].kind) && is_read(sniffs[i].kind);
        has_read |= is_read(sniffs[i].kind);
        if (!is_read(sniffs[i].kind) && !has_refused) {
            *refused_kind_out = sniffs[i].kind;
            has_refused = true;
        }
    }
    if (bundle_kind(bundle) != BUNDLE_FILE && has_linkedin) {
        for (size_t i = 0; i < bundle_count(bundle); i++) {
            bool is_foreign = sniffs[i].kind == FILE_GENERIC_CSV || file_kind_is_refused(sniffs[i].kind);
            if (is_foreign && !is_wanted_name(bundle_member(bundle, i)->name)) {
                sniffs[i].kind = FILE_LINKEDIN_OTHER;
            }
        }
    }
    return has_linkedin ? BUNDLE_CONTENT_LINKEDIN : has_read ? BUNDLE_CONTENT_FILES : BUNDLE_CONTENT_REFUSED;
}

bool sniff_bundle(struct bundle *bundle, enum bundle_content *content_out, enum file_kind *refused_kind_out,
                  struct sniff **sniffs_out, GError **error)
{
    g_autofree struct sniff *sniffs = g_new0(struct sniff, bundle_count(bundle) + 1);
    *content_out = BUNDLE_CONTENT_REFUSED;
    enum file_kind office = bundle_kind(bundle) == BUNDLE_ZIP ? office_kind(bundle) : FILE_NONE;
    if (office != FILE_NONE) {
        *refused_kind_out = office;
    } else if (!sniff_members(bundle, sniffs, error)) {
        return false;
    } else {
        *content_out = judge(bundle, sniffs, refused_kind_out);
    }
    if (sniffs_out != NULL) {
        *sniffs_out = g_steal_pointer(&sniffs);
    }
    return true;
}
