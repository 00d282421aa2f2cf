/* MEDLINE: the authors of a paper become people, the paper a shared work. A paper on which the
 * account's owner stands makes the others co-authors; any other paper makes people worth knowing.
 * Journals' addresses are read one paper at a time. */
#include "import/affiliation.h"
#include "import/draft.h"

#include "base/error.h"
#include "base/fold.h"
#include "base/name.h"
#include "codec/charset.h"
#include "codec/medline.h"

#include <string.h>

#define MEDLINE_LIMIT (256u << 20)

struct papers {
    struct record_sink *sink;
    struct draft draft;
    const char *file;
    const char *owner; /* name of the account's owner, NULL: unknown */
};

/* "first", "last" or "middle": what a place in the list of authors says. */
static const char *position_of(guint i, guint n)
{
    return i == 0 ? "first" : i + 1 == n ? "last" : "middle";
}

static char *author_name(const struct medline_author *author)
{
    return g_strstrip(g_strjoin(" ", *author->given != '\0' ? author->given : author->initials,
                                author->family, author->suffix, NULL));
}

/* The owner: same family name, and a given name or initial that agrees. */
static bool is_owner(const struct papers *papers, const struct medline_author *author)
{
    if (papers->owner == NULL) {
        return false;
    }
    struct name owner = {0};
    name_parse(papers->owner, &owner);
    g_autofree char *mine = fold_text(owner.family != NULL ? owner.family : "");
    g_autofree char *theirs = fold_text(author->family);
    g_autofree char *my_given = fold_text(owner.given != NULL ? owner.given : "");
    g_autofree char *given = fold_text(*author->given != '\0' ? author->given : author->initials);
    bool is_full = strlen(given) > 2 && strlen(my_given) > 2;
    bool is_same = *mine != '\0' && strcmp(mine, theirs) == 0 && *given != '\0' &&
                   (is_full ? strncmp(given, my_given, MIN(strlen(given), strlen(my_given))) == 0
                            : given[0] == my_given[0]);
    name_clear(&owner);
    return is_same;
}

/* The paper as a fact of whoever wrote it. */
static void add_paper(struct draft *draft, const struct medline_record *paper, const char *position)
{
    char year[12] = "";
    if (paper->year > 0) {
        g_snprintf(year, sizeof year, "%d", paper->year);
    }
    const char *const part[FACT_PARTS] = {
        paper->pmid, paper->doi,
        *paper->journal_abbrev != '\0' ? paper->journal_abbrev : paper->journal, year, position};
    draft_parts(draft, FACT_PAPER, *paper->title != '\0' ? paper->title : paper->pmid, NULL, part);
}

static const char *paper_key(const struct medline_record *paper)
{
    return *paper->pmid != '\0' ? paper->pmid : *paper->doi != '\0' ? paper->doi : paper->title;
}

static bool send_author(struct papers *papers, const struct medline_record *paper, guint i,
                        bool is_shared, GError **error)
{
    const struct medline_author *author = g_ptr_array_index(paper->authors, i);
    bool is_self = is_owner(papers, author);
    g_autofree char *name = author_name(author);
    draft_start(&papers->draft, is_self ? ABOUT_SELF : ABOUT_PERSON, "medline", papers->file,
                (long)paper->line);
    if (!is_self) {
        const char *const part[5] = {NULL,
                                     *author->given != '\0' ? author->given : author->initials,
                                     NULL, author->family, author->suffix};
        draft_name_parts(&papers->draft, part);
        draft_fact(&papers->draft, FACT_ORCID, author->orcid, NULL);
        draft_fact(&papers->draft, FACT_EMAIL, author->email, "paper");
        for (char **place = author->affiliations; *place != NULL; place++) {
            struct affiliation at;
            affiliation_read(*place, &at);
            draft_work(&papers->draft, at.org, at.department, NULL, at.place);
            affiliation_clear(&at);
        }
    }
    add_paper(&papers->draft, paper, position_of(i, paper->authors->len));
    if (is_shared && !is_self) {
        draft_fact(&papers->draft, FACT_RELATION, "you", "coauthor");
    }
    g_autofree char *key = g_strdup_printf("%s|%s", paper_key(paper), name);
    return draft_send(&papers->draft, papers->sink, key, error);
}

static bool send_paper(struct papers *papers, const struct medline_record *paper, GError **error)
{
    bool is_shared = false;
    for (guint i = 0; i < paper->authors->len && !is_shared; i++) {
        is_shared = is_owner(papers, g_ptr_array_index(paper->authors, i));
    }
    if (paper->authors->len == 0) {
        return papers->sink->refuse_row(papers->sink->data, papers->file, (long)paper->line,
                                        "A paper without authors. There is nobody to keep.", error);
    }
    for (guint i = 0; i < paper->authors->len; i++) {
        if (!send_author(papers, paper, i, is_shared, error)) {
            return false;
        }
    }
    return true;
}

static bool read_papers(struct papers *papers, struct medline_reader *reader, size_t len,
                        GError **error)
{
    struct medline_record paper = {0};
    bool is_well = true;
    while (is_well) {
        const char *reason = NULL;
        enum medline_step step = medline_reader_next(reader, &paper, &reason);
        if (step == MEDLINE_STEP_END) {
            break;
        }
        is_well = step == MEDLINE_STEP_RECORD
                      ? send_paper(papers, &paper, error)
                      : papers->sink->refuse_row(papers->sink->data, papers->file, (long)paper.line,
                                                 reason, error);
        if (is_well && papers->sink->progress != NULL &&
            !papers->sink->progress(papers->sink->data, paper.line, 0)) {
            is_well = refuse(error, "action.cancelled", "Stopped. Nothing of this file was kept.");
        }
    }
    medline_record_clear(&paper);
    return is_well;
}

static int order(enum file_kind kind)
{
    return kind == FILE_MEDLINE ? 1 : 0;
}

static bool read_member(const struct source_member *member, struct record_sink *sink,
                        GError **error)
{
    g_autoptr(GBytes) bytes = bundle_read(member->bundle, member->index, MEDLINE_LIMIT, error);
    if (bytes == NULL) {
        return false;
    }
    gsize len = 0;
    const void *raw = g_bytes_get_data(bytes, &len);
    GString *text = charset_decode(raw, len, CHARSET_NONE, MEDLINE_LIMIT, NULL, error);
    if (text == NULL) {
        return false;
    }
    struct papers papers = {.sink = sink,
                            .file = bundle_member(member->bundle, member->index)->name,
                            .owner = member->options->owner_name};
    draft_init(&papers.draft);
    g_autoptr(medline_reader) reader = medline_reader_new(text->str, text->len);
    bool is_well = read_papers(&papers, reader, text->len, error);
    draft_clear(&papers.draft);
    g_clear_pointer(&reader, medline_reader_free);
    g_string_free(text, true);
    return is_well;
}

const struct import_source source_medline = {
    .name = "medline", .words = "MEDLINE papers", .order = order, .read = read_member};
