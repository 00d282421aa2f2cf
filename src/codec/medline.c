/* MEDLINE records. Lines become (tag, value) pairs with continuation lines joined; a table says what a tag means.
 *
 * Format: NLM, MEDLINE/PubMed Data Element (Field) Descriptions. Tags stand in columns 1-4; files padded wrongly
 * ("SO- ", "PMID-1") are read too. A record begins at PMID, in PMC's variant at PMC; blank lines alone do not end
 * it, since mailed files have them between all lines. Each value is copied once, so reading is linear. */
#include "codec/medline_part.h"

#include <stddef.h>
#include <string.h>

struct medline_reader {
    const char *text;           /* borrowed */
    size_t len;
    size_t at;
    int64_t line;               /* that at stands on, from 1 */
    bool is_pmc;                /* the file's records begin with PMC */
    int n_records;
    int n_closed;               /* records that had the last tag of a record, SO */
};

struct line {
    const char *start;
    size_t len;                 /* without the line end */
    size_t next;                /* place in the text after the line end */
};

/* --- lines ---------------------------------------------------------------------------------------------- */

static struct line line_at(const struct medline_reader *reader, size_t at)
{
    const char *start = reader->text + at;
    const char *end = memchr(start, '\n', reader->len - at);
    size_t len = end != NULL ? (size_t)(end - start) : reader->len - at;
    struct line line = { .start = start, .len = len, .next = at + len + (end != NULL ? 1 : 0) };
    while (line.len > 0 && (start[line.len - 1] == '\r' || start[line.len - 1] == ' '
                            || start[line.len - 1] == '\t')) {
        line.len--;
    }
    return line;
}

/* Length of "TAG - " at the start of a line, 0 if there is none; the tag itself into tag[5]. */
static size_t tag_of(const char *start, size_t len, char *tag)
{
    size_t n = 0;
    while (n < len && n < 4 && (g_ascii_isupper(start[n]) || (n > 0 && g_ascii_isdigit(start[n])))) {
        tag[n] = start[n];
        n++;
    }
    tag[n] = '\0';
    size_t at = n;
    while (at < len && at < 6 && start[at] == ' ') {
        at++;
    }
    if (n < 2 || at >= len || start[at] != '-') {
        return 0;
    }
    at++;
    return at + (at < len && start[at] == ' ' ? 1 : 0);
}

/* --- tags ----------------------------------------------------------------------------------------------- */

/* What one tag of a record does; NULL take: the value goes to the text field at offset (the first one stays). */
struct meaning {
    char tag[5];
    void (*take)(struct medline_draft *draft, const char *value);
    size_t offset;
};

#define TEXT(tag, field) { tag, NULL, offsetof(struct medline_record, field) }

static void take_pmcid(struct medline_draft *draft, const char *value)
{
    if (*value != '\0') {
        g_free(draft->record->pmcid);
        draft->record->pmcid = g_ascii_isdigit(*value) ? g_strconcat("PMC", value, NULL) : g_strdup(value);
    }
}

/* "10.1136/x [doi]", "doi:10.1016/x", "10.1016/x" */
static void take_article_id(struct medline_draft *draft, const char *value)
{
    struct medline_record *record = draft->record;
    const char *bracket = strchr(value, '[');
    if (record->doi[0] != '\0' || (bracket != NULL && !g_str_has_prefix(bracket, "[doi]"))) {
        return;
    }
    g_autofree char *text = bracket != NULL ? g_strndup(value, (size_t)(bracket - value)) : g_strdup(value);
    const char *doi = strstr(text, "10.");
    bool is_marked = bracket != NULL || g_ascii_strncasecmp(text, "doi:", 4) == 0 || doi == text;
    if (doi != NULL && is_marked && strchr(doi, '/') != NULL) {
        g_free(record->doi);
        record->doi = g_strstrip(g_strdup(doi));
    }
}

static void take_title(struct medline_draft *draft, const char *value)
{
    size_t len = strlen(value);
    struct medline_record *record = draft->record;
    if (len == 0 || record->title[0] != '\0') {
        return;
    }
    g_free(record->title);
    /* in brackets when NLM translated it */
    bool is_translated = len > 2 && value[0] == '['
        && (value[len - 1] == ']' || (value[len - 1] == '.' && value[len - 2] == ']'));
    record->title = is_translated ? g_strndup(value + 1, (size_t)(strrchr(value, ']') - value - 1)) : g_strdup(value);
}

static void take_keyword(struct medline_draft *draft, const char *value)
{
    while (*value == '*') {
        value++;
    }
    medline_list_add(draft->keywords, value);
}

static void take_mesh(struct medline_draft *draft, const char *value)
{
    medline_list_add(draft->mesh, value);
}

static void take_type(struct medline_draft *draft, const char *value)
{
    medline_list_add(draft->types, value);
}

static void take_language(struct medline_draft *draft, const char *value)
{
    medline_list_add(draft->languages, value);
}

static void take_collective(struct medline_draft *draft, const char *value)
{
    medline_list_add(draft->collectives, value);
    draft->author = NULL;       /* an affiliation that follows is the group's */
}

/* Editors and collaborators: what follows belongs to them, not to the author before. */
static void take_other_person(struct medline_draft *draft, const char *value)
{
    draft->author = NULL;
    draft->has_other_person = true;
}

static void take_electronic_date(struct medline_draft *draft, const char *value)
{
    if (strlen(value) >= 8 && draft->electronic_date == NULL) {
        draft->electronic_date = g_strdup(value);
    }
}

static void take_source(struct medline_draft *draft, const char *value)
{
    draft->is_closed = true;
}

static const struct meaning meanings[] = {
    TEXT("PMID", pmid),
    { "PMC", take_pmcid, 0 },
    { "LID", take_article_id, 0 },
    { "AID", take_article_id, 0 },
    { "TI", take_title, 0 },
    TEXT("TT", original_title),
    TEXT("BTI", book_title),
    TEXT("CTI", collection_title),
    TEXT("JT", journal),
    TEXT("TA", journal_abbrev),
    TEXT("DP", date),
    { "DEP", take_electronic_date, 0 },
    TEXT("VI", volume),
    TEXT("IP", issue),
    TEXT("PG", pages),
    TEXT("AB", abstract),
    TEXT("STAT", status),
    { "FAU", medline_take_full_author, 0 },
    { "AU", medline_take_author, 0 },
    { "AUID", medline_take_author_id, 0 },
    { "AD", medline_take_affiliation, 0 },
    { "CN", take_collective, 0 },
    { "FED", take_other_person, 0 },
    { "ED", take_other_person, 0 },
    { "FIR", take_other_person, 0 },
    { "IR", take_other_person, 0 },
    { "LA", take_language, 0 },
    { "PT", take_type, 0 },
    { "OT", take_keyword, 0 },
    { "MH", take_mesh, 0 },
    { "SO", take_source, 0 },
};

/* Does what a tag says. Unknown ones say nothing to us. */
static void take(struct medline_draft *draft, const char *tag, const char *value)
{
    for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++) {
        const struct meaning *meaning = &meanings[i];
        if (strcmp(tag, meaning->tag) != 0) {
            continue;
        }
        if (meaning->take != NULL) {
            meaning->take(draft, value);
            return;
        }
        char **field = (char **)((char *)draft->record + meaning->offset);
        if (**field == '\0') {
            g_free(*field);
            *field = g_strdup(value);
        }
        return;
    }
}

/* --- records -------------------------------------------------------------------------------------------- */

/* True when a line with this tag begins another record than the one being read. */
static bool is_start(const struct medline_reader *reader, const struct medline_draft *draft, const char *tag,
                     bool is_after_blank)
{
    if (draft->n_tags == 0) {
        return false;
    }
    if (reader->is_pmc) {
        return strcmp(tag, "PMC") == 0 && is_after_blank;
    }
    return strcmp(tag, "PMID") == 0 && (draft->record->pmid[0] != '\0' || is_after_blank);
}

/* Gives a finished tag to the draft. */
static void flush(struct medline_draft *draft)
{
    if (draft->tag[0] != '\0') {
        take(draft, draft->tag, draft->value->str);
    }
    draft->tag[0] = '\0';
    g_string_truncate(draft->value, 0);
}

/* Adds a line's text to the value, one blank between. */
static void append(struct medline_draft *draft, const char *start, size_t len)
{
    while (len > 0 && (*start == ' ' || *start == '\t')) {
        start++;
        len--;
    }
    if (len == 0) {
        return;
    }
    if (draft->value->len > 0) {
        g_string_append_c(draft->value, ' ');
    }
    g_string_append_len(draft->value, start, (gssize)len);
}

/* Reads the lines of one record into the draft. Returns false when there is no further text. */
static bool read_lines(struct medline_reader *reader, struct medline_draft *draft)
{
    bool is_after_blank = true;
    for (; reader->at < reader->len; reader->line++) {
        struct line line = line_at(reader, reader->at);
        char tag[5];
        size_t tag_len = tag_of(line.start, line.len, tag);
        if (tag_len > 0 && is_start(reader, draft, tag, is_after_blank)) {
            break;
        }
        if (tag_len > 0 && draft->has_loose_text && draft->n_tags == 0) {
            break;              /* text before the first record: told apart from it */
        }
        reader->at = line.next;
        if (line.len == 0) {
            is_after_blank = true;
            continue;
        }
        if (draft->record->line == 0) {
            draft->record->line = reader->line;
        }
        draft->record->n_lines = (int)MIN(reader->line - draft->record->line + 1, INT32_MAX);
        if (tag_len > 0) {
            flush(draft);
            if (reader->n_records == 0 && draft->n_tags == 0) {
                reader->is_pmc = strcmp(tag, "PMC") == 0;
            }
            memcpy(draft->tag, tag, sizeof tag);
            draft->n_tags++;
            append(draft, line.start + tag_len, line.len - tag_len);
        } else if (draft->tag[0] != '\0') {
            append(draft, line.start, line.len);
        } else {
            draft->has_loose_text = true;
        }
        is_after_blank = false;
    }
    flush(draft);
    return draft->n_tags > 0 || draft->has_loose_text;
}

/* Why a record is none; NULL when it is one. */
static const char *fault_of(const struct medline_reader *reader, const struct medline_draft *draft)
{
    const struct medline_record *record = draft->record;
    bool has_id = record->pmid[0] != '\0' || record->pmcid[0] != '\0' || record->doi[0] != '\0';
    if (draft->n_tags == 0) {
        return "This text is no MEDLINE record.";
    }
    if (!has_id && record->title[0] == '\0') {
        return "This record has neither an identifier nor a title.";
    }
    bool is_last = reader->at >= reader->len;
    if (is_last && !draft->is_closed && reader->n_records > 0 && reader->n_closed == reader->n_records) {
        return "This record ends before its last line. The file may be cut off here.";
    }
    return NULL;
}

struct medline_reader *medline_reader_new(const char *text, size_t len)
{
    struct medline_reader *reader = g_new0(struct medline_reader, 1);
    reader->text = text;
    reader->len = len;
    reader->line = 1;
    return reader;
}

void medline_reader_free(struct medline_reader *reader)
{
    g_free(reader);
}

enum medline_step medline_reader_next(struct medline_reader *reader, struct medline_record *record_out,
                                      const char **reason_out)
{
    medline_record_clear(record_out);
    medline_record_init(record_out);
    *reason_out = NULL;
    struct medline_draft draft;
    medline_draft_init(&draft, record_out);
    bool has_text = read_lines(reader, &draft);
    medline_draft_finish(&draft);
    enum medline_step step = MEDLINE_STEP_END;
    if (has_text) {
        *reason_out = fault_of(reader, &draft);
        step = *reason_out != NULL ? MEDLINE_STEP_REFUSED : MEDLINE_STEP_RECORD;
        reader->n_records += step == MEDLINE_STEP_RECORD;
        reader->n_closed += step == MEDLINE_STEP_RECORD && draft.is_closed;
    }
    return step;
}

bool medline_is_likely(const char *text, size_t len)
{
    struct medline_reader reader = { .text = text, .len = len };
    int n_tags = 0;
    bool has_id = false;
    for (size_t at = 0; at < len && n_tags < 3;) {
        struct line line = line_at(&reader, at);
        char tag[5];
        at = line.next;
        if (line.len == 0 || *line.start == ' ') {
            continue;
        }
        /* RIS looks alike ("TY  - JOUR"), but its tags have two letters and its first is TY */
        if (tag_of(line.start, line.len, tag) == 0 || strcmp(tag, "TY") == 0) {
            return false;
        }
        has_id |= strcmp(tag, "PMID") == 0 || strcmp(tag, "PMC") == 0;
        n_tags++;
    }
    return has_id;
}
