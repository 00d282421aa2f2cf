/* A field for each column. First the header's words are asked (data/column_words.tsv), then the cells, which
 * may overrule them: a column called "Contact" that holds telephone numbers is a telephone. Then the columns
 * are looked at together: "Name" beside "Vorname" is the family name. */
#include "codec/columns.h"

#include "data_column_words.h"

#include <string.h>

#define SURE 95                 /* the header is the word */
#define NEARLY 90               /* the header is the word with a number, or "Home", "Work" before it */
#define PARTLY 60               /* the word is in the header */
#define BY_CELLS 80
#define GUESS 45
#define FEW 3                   /* cells that are too few to overrule a header */

static const struct {
    const char *text;
    const char *words;
    const char *says;           /* why, when the header said it */
    bool repeats;
} fields[N_COLUMN] = {
    [COLUMN_NONE] = { "", "", "", false },
    [COLUMN_IGNORE] = { "ignore", "Leave out", "The header names nothing about a person.", true },
    [COLUMN_CUSTOM] = { "custom", "Keep under its own name", "The header is not a word that Ligature knows.", true },
    [COLUMN_NAME] = { "name", "Name", "The header says name.", false },
    [COLUMN_PREFIX] = { "prefix", "Title before the name", "The header says prefix.", false },
    [COLUMN_GIVEN] = { "given", "First name", "The header says first name.", false },
    [COLUMN_MIDDLE] = { "middle", "Middle name", "The header says middle name.", false },
    [COLUMN_FAMILY] = { "family", "Last name", "The header says last name.", false },
    [COLUMN_SUFFIX] = { "suffix", "Suffix or credentials", "The header says suffix.", false },
    [COLUMN_NICKNAME] = { "nickname", "Nickname", "The header says nickname.", false },
    [COLUMN_EMAIL] = { "email", "E-mail", "The header says e-mail.", true },
    [COLUMN_PHONE] = { "phone", "Telephone", "The header says telephone.", true },
    [COLUMN_URL] = { "url", "Web page or profile", "The header says web page.", true },
    [COLUMN_ORG] = { "org", "Hospital or organisation", "The header says organisation.", false },
    [COLUMN_DEPARTMENT] = { "department", "Department", "The header says department.", false },
    [COLUMN_TITLE] = { "title", "Position", "The header says position.", false },
    [COLUMN_SPECIALTY] = { "specialty", "Specialty", "The header says specialty.", false },
    [COLUMN_PLACE] = { "place", "Place or address", "The header says place.", false },
    [COLUMN_STREET] = { "street", "Street", "The header says street.", false },
    [COLUMN_CITY] = { "city", "City", "The header says city.", false },
    [COLUMN_REGION] = { "region", "State or region", "The header says state.", false },
    [COLUMN_POSTCODE] = { "postcode", "Postal code", "The header says postal code.", false },
    [COLUMN_COUNTRY] = { "country", "Country", "The header says country.", false },
    [COLUMN_SCHOOL] = { "school", "Medical school", "The header says school.", false },
    [COLUMN_SCHOOL_YEAR] = { "school_year", "Year of graduation", "The header says year of graduation.", false },
    [COLUMN_DEGREE] = { "degree", "Degree", "The header says degree.", false },
    [COLUMN_BIRTHDAY] = { "birthday", "Birthday", "The header says birthday.", false },
    [COLUMN_LANGUAGE] = { "language", "Language", "The header says language.", true },
    [COLUMN_NPI] = { "npi", "NPI number", "The header says NPI.", false },
    [COLUMN_NOTE] = { "note", "Note", "The header says note.", true },
    [COLUMN_TAG] = { "tag", "Tag", "The header says tag.", true },
    [COLUMN_MET] = { "met", "How you met", "The header says how you met.", false },
    [COLUMN_LAST_TOUCH] = { "last_touch", "Last in touch", "The header says last contact.", false },
};

/* Words that stand beside the word that matters. */
static const char *const beside[] = {
    "home", "work", "business", "other", "primary", "secondary", "personal", "main", "current", "value",
    "contact", "contacts",
    "the", "your", "their", "of", "privat", "geschaftlich", "s", "optional", "required", "mentor", "doctor",
    "physician", NULL,
};

const char *column_field_text(enum column_field field)
{
    return field < N_COLUMN ? fields[field].text : "";
}

enum column_field column_field_parse(const char *text)
{
    for (enum column_field field = COLUMN_IGNORE; field < N_COLUMN; field++) {
        if (strcmp(fields[field].text, text) == 0) {
            return field;
        }
    }
    return COLUMN_NONE;
}

const char *column_field_words(enum column_field field)
{
    return field < N_COLUMN ? fields[field].words : "";
}

bool column_field_repeats(enum column_field field)
{
    return field < N_COLUMN && fields[field].repeats;
}

/* --- the header's words --------------------------------------------------------------------------------- */

/* Letters and digits without case and accents, words parted by one blank; splits "FirstName" too if asked.
 * New string. */
static char *fold(const char *text, bool splits_camels)
{
    g_autofree char *apart = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);
    GString *out = g_string_new(NULL);
    bool was_lower = false;
    for (const char *c = apart != NULL ? apart : ""; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        bool is_word = g_unichar_isalnum(letter);
        if (g_unichar_ismark(letter) || letter == '\'' || letter == 0x2019) {
            continue;
        }
        bool is_break = !is_word || (splits_camels && was_lower && g_unichar_isupper(letter));
        if (is_break && out->len > 0 && out->str[out->len - 1] != ' ') {
            g_string_append_c(out, ' ');
        }
        if (is_word) {
            g_string_append_unichar(out, letter);
        }
        was_lower = g_unichar_islower(letter);
    }
    g_autofree char *folded = g_utf8_casefold(g_strchomp(out->str), -1);
    g_string_free(out, TRUE);
    return g_steal_pointer(&folded);
}

/* Folded word -> field, the first row wins. */
static GHashTable *read_words(void)
{
    GHashTable *words = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < n_data_column_words; i++) {
        enum column_field field = column_field_parse(data_column_words[i].field);
        g_auto(GStrv) parts = g_strsplit(data_column_words[i].words, ", ", -1);
        for (char **part = parts; *part != NULL; part++) {
            char *folded = fold(*part, false);
            if (g_hash_table_contains(words, folded)) {
                g_free(folded);
            } else {
                g_hash_table_insert(words, folded, GINT_TO_POINTER(field));
            }
        }
    }
    return words;
}

/* The same, made once: as constant as the table that it indexes, and never freed. */
static GHashTable *all_words(void)
{
    static gsize words;
    if (g_once_init_enter(&words)) {
        g_once_init_leave(&words, (gsize)read_words());
    }
    return (GHashTable *)words;
}

static enum column_field look_up(GHashTable *words, const char *folded)
{
    return (enum column_field)GPOINTER_TO_INT(g_hash_table_lookup(words, folded));
}

/* The longest run of words that is one of ours; of two equally long ones the later, where English and German
 * put the thing itself. */
static enum column_field look_inside(GHashTable *words, char **parts, int n)
{
    for (int len = n - 1; len > 0; len--) {
        for (int start = n - len; start >= 0; start--) {
            char *after = parts[start + len];
            parts[start + len] = NULL;
            g_autofree char *run = g_strjoinv(" ", parts + start);
            parts[start + len] = after;
            enum column_field field = look_up(words, run);
            if (field != COLUMN_NONE && field != COLUMN_IGNORE && g_utf8_strlen(run, -1) >= 3) {
                return field;
            }
        }
    }
    return COLUMN_NONE;
}

/* What a header of these words proposes; field NONE when nothing. */
static struct column_proposal ask_words(GHashTable *words, const char *folded)
{
    struct column_proposal proposal = { .field = look_up(words, folded), .confidence = SURE };
    if (proposal.field != COLUMN_NONE || *folded == '\0') {
        return proposal;
    }
    g_auto(GStrv) parts = g_strsplit(folded, " ", 16);
    int n = 0;
    for (char **part = parts; *part != NULL; part++) {
        bool is_number = strspn(*part, "0123456789") == strlen(*part);
        if (is_number || g_strv_contains(beside, *part)) {
            g_free(*part);
        } else {
            parts[n++] = *part;
        }
    }
    parts[n] = NULL;
    g_autofree char *rest = g_strjoinv(" ", parts);
    proposal = (struct column_proposal){ .field = look_up(words, rest), .confidence = NEARLY };
    if (proposal.field == COLUMN_NONE) {
        proposal = (struct column_proposal){ .field = look_inside(words, parts, n), .confidence = PARTLY };
    }
    return proposal;
}

static struct column_proposal ask_header(GHashTable *words, const char *name)
{
    if (strlen(name) > 200) {           /* no name, a text */
        return (struct column_proposal){ 0 };
    }
    g_autofree char *folded = fold(name, false);
    g_autofree char *split = fold(name, true);
    struct column_proposal whole = ask_words(words, folded);
    struct column_proposal apart = ask_words(words, split);
    struct column_proposal best = apart.field != COLUMN_NONE
        && (whole.field == COLUMN_NONE || apart.confidence > whole.confidence)
        ? apart : whole;
    best.why = best.field != COLUMN_NONE ? fields[best.field].says : NULL;
    return best;
}

/* --- the cells ------------------------------------------------------------------------------------------ */

/* True when at least percent of the cells that are not empty are of that kind. */
static bool mostly(const struct column_sample *sample, int count, int percent)
{
    int n = sample->cells - sample->empty;
    return n > 0 && count * 100 >= n * percent;
}

/* Says what the cells say against or without the header. */
static void ask_cells(const struct column_sample *sample, struct column_proposal *proposal)
{
    int n = sample->cells - sample->empty;
    enum column_field field = proposal->field;
    bool is_numeric_field = field == COLUMN_NPI || field == COLUMN_POSTCODE || field == COLUMN_IGNORE;
    if (n == 0) {
        return;
    }
    if (mostly(sample, sample->email, 60) && field != COLUMN_EMAIL) {
        *proposal = (struct column_proposal){ COLUMN_EMAIL, BY_CELLS, "The cells look like e-mail addresses." };
    } else if (mostly(sample, sample->npi, 90) && n >= FEW && field != COLUMN_PHONE && field != COLUMN_NPI) {
        *proposal = (struct column_proposal){ COLUMN_NPI, BY_CELLS,
            "The cells are numbers with the check digit of an NPI." };
    } else if (mostly(sample, sample->phone, 80) && field != COLUMN_PHONE && !is_numeric_field) {
        *proposal = (struct column_proposal){ COLUMN_PHONE, BY_CELLS, "The cells look like telephone numbers." };
    } else if (mostly(sample, sample->url, 60) && field != COLUMN_URL) {
        *proposal = (struct column_proposal){ COLUMN_URL, BY_CELLS, "The cells look like web addresses." };
    } else if (field == COLUMN_TITLE && sample->longest <= 6) {
        *proposal = (struct column_proposal){ COLUMN_PREFIX, BY_CELLS,
            "The cells are short, as titles before a name are." };
    } else if (n >= FEW && ((field == COLUMN_EMAIL && !mostly(sample, sample->email, 20))
                            || (field == COLUMN_PHONE && !mostly(sample, sample->phone, 20))
                            || (field == COLUMN_BIRTHDAY && !mostly(sample, sample->date, 20))
                            || (field == COLUMN_LAST_TOUCH && !mostly(sample, sample->date, 20)))) {
        *proposal = (struct column_proposal){ COLUMN_CUSTOM, BY_CELLS, "The cells are not what the header says." };
    }
}

/* --- all columns together ------------------------------------------------------------------------------- */

static int find_field(int n, const struct column_proposal *proposals, enum column_field field)
{
    for (int i = 0; i < n; i++) {
        if (proposals[i].field == field) {
            return i;
        }
    }
    return -1;
}

/* Settles which parts of a name there are. */
static void settle_names(int n, const struct column_sample *samples, struct column_proposal *proposals)
{
    int name = find_field(n, proposals, COLUMN_NAME);
    int given = find_field(n, proposals, COLUMN_GIVEN);
    int family = find_field(n, proposals, COLUMN_FAMILY);
    if (name >= 0 && given >= 0 && family < 0 && proposals[name].confidence >= NEARLY
        && (samples == NULL || !mostly(&samples[name], samples[name].name, 50))) {
        proposals[name] = (struct column_proposal){ COLUMN_FAMILY, BY_CELLS, "A first name stands beside it." };
    } else if (name < 0 && (given < 0) != (family < 0)) {
        int only = given >= 0 ? given : family;
        if (samples == NULL || mostly(&samples[only], samples[only].name, 50)) {
            proposals[only] = (struct column_proposal){ COLUMN_NAME, BY_CELLS,
                "No other part of a name stands beside it." };
        }
    } else if (name < 0 && given < 0 && samples != NULL) {
        for (int i = 0; i < n; i++) {
            if (proposals[i].field == COLUMN_CUSTOM && mostly(&samples[i], samples[i].name, 70)) {
                proposals[i] = (struct column_proposal){ COLUMN_NAME, GUESS, "The cells look like names." };
                return;
            }
        }
    }
}

/* Leaves each field that does not repeat to the column that is surest of it. */
static void settle_repeats(int n, struct column_proposal *proposals)
{
    for (enum column_field field = COLUMN_NAME; field < N_COLUMN; field++) {
        if (fields[field].repeats) {
            continue;
        }
        int best = -1;
        for (int i = 0; i < n; i++) {
            if (proposals[i].field == field && (best < 0 || proposals[i].confidence > proposals[best].confidence)) {
                best = i;
            }
        }
        for (int i = 0; i < n; i++) {
            if (proposals[i].field == field && i != best) {
                proposals[i] = (struct column_proposal){ COLUMN_CUSTOM, 50, "Another column is that already." };
            }
        }
    }
}

void columns_propose(int n, const char *const *names, const struct column_sample *samples,
                     struct column_proposal *proposals_out)
{
    GHashTable *words = all_words();
    for (int i = 0; i < n; i++) {
        struct column_proposal *proposal = &proposals_out[i];
        *proposal = ask_header(words, names[i]);
        if (samples != NULL) {
            ask_cells(&samples[i], proposal);
        }
        bool is_nothing = *names[i] == '\0' && (samples == NULL || samples[i].cells == samples[i].empty);
        if (is_nothing) {
            *proposal = (struct column_proposal){ COLUMN_IGNORE, SURE, "The column has neither a name nor cells." };
        } else if (proposal->field == COLUMN_NONE) {
            *proposal = (struct column_proposal){ COLUMN_CUSTOM, 50, fields[COLUMN_CUSTOM].says };
        }
    }
    settle_names(n, samples, proposals_out);
    settle_repeats(n, proposals_out);
}

bool columns_can_make_people(int n, const struct column_proposal *proposals)
{
    return find_field(n, proposals, COLUMN_NAME) >= 0 || find_field(n, proposals, COLUMN_FAMILY) >= 0
        || find_field(n, proposals, COLUMN_GIVEN) >= 0 || find_field(n, proposals, COLUMN_EMAIL) >= 0
        || find_field(n, proposals, COLUMN_PHONE) >= 0;
}
