/* Authors of a MEDLINE record, and the record's own making and clearing. FAU ("Brinjikji, Waleed") and AU
 * ("Brinjikji W") come in pairs or alone; AUID and AD are about the author just before them. */
#include "codec/medline_part.h"

#include "codec/when.h"

#include <string.h>

static const char *const suffixes[] = { "Jr", "Jr.", "Sr", "Sr.", "2nd", "3rd", "4th", "5th", "II", "III",
    "IV", NULL };

/* --- records -------------------------------------------------------------------------------------------- */

static void author_free(gpointer data)
{
    struct medline_author *author = data;
    g_free(author->family);
    g_free(author->given);
    g_free(author->initials);
    g_free(author->suffix);
    g_free(author->orcid);
    g_free(author->email);
    g_strfreev(author->affiliations);
    g_free(author);
}

/* Its text fields, in no order that matters. */
#define N_TEXTS 15

static void texts_of(struct medline_record *record, char **texts[N_TEXTS])
{
    char **all[N_TEXTS] = {
        &record->pmid, &record->pmcid, &record->doi, &record->title, &record->original_title, &record->book_title,
        &record->collection_title, &record->journal, &record->journal_abbrev, &record->date, &record->volume,
        &record->issue, &record->pages, &record->abstract, &record->status,
    };
    memcpy(texts, all, sizeof all);
}

void medline_record_init(struct medline_record *record)
{
    char **texts[N_TEXTS];
    *record = (struct medline_record){ 0 };
    texts_of(record, texts);
    for (int i = 0; i < N_TEXTS; i++) {
        *texts[i] = g_strdup("");
    }
    record->authors = g_ptr_array_new_with_free_func(author_free);
}

void medline_record_clear(struct medline_record *record)
{
    char **texts[N_TEXTS];
    texts_of(record, texts);
    for (int i = 0; i < N_TEXTS; i++) {
        g_free(*texts[i]);
    }
    g_strfreev(record->languages);
    g_strfreev(record->types);
    g_strfreev(record->keywords);
    g_strfreev(record->mesh);
    g_strfreev(record->collectives);
    if (record->authors != NULL) {
        g_ptr_array_free(record->authors, TRUE);
    }
    *record = (struct medline_record){ 0 };
}

void medline_list_add(GPtrArray *list, const char *value)
{
    if (*value != '\0') {
        g_ptr_array_add(list, g_strdup(value));
    }
}

void medline_draft_init(struct medline_draft *draft, struct medline_record *record)
{
    *draft = (struct medline_draft){ .record = record, .value = g_string_new(NULL) };
    draft->keywords = g_ptr_array_new();
    draft->mesh = g_ptr_array_new();
    draft->types = g_ptr_array_new();
    draft->languages = g_ptr_array_new();
    draft->collectives = g_ptr_array_new();
    draft->affiliations = g_ptr_array_new();
    draft->early = g_ptr_array_new();
}

/* --- affiliations --------------------------------------------------------------------------------------- */

static bool is_local_part(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("._%+-'", c) != NULL);
}

/* First e-mail address in a text, without the point that ends the sentence; NULL when there is none. */
static char *find_email(const char *text)
{
    for (const char *at = text; (at = strchr(at, '@')) != NULL; at++) {
        const char *start = at;
        const char *end = at + 1;
        while (start > text && is_local_part(start[-1])) {
            start--;
        }
        while (g_ascii_isalnum(*end) || *end == '.' || *end == '-') {
            end++;
        }
        while (end > at + 1 && (end[-1] == '.' || end[-1] == '-')) {
            end--;
        }
        if (start < at && *start != '.' && memchr(at, '.', (size_t)(end - at)) != NULL && at[1] != '.') {
            return g_strndup(start, (size_t)(end - start));
        }
    }
    return NULL;
}

/* list as NULL-terminated vector; the list is freed. */
static char **to_vector(GPtrArray *list)
{
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

/* The current author's affiliations are complete. */
static void close_author(struct medline_draft *draft)
{
    struct medline_author *author = draft->author;
    if (author == NULL || draft->affiliations->len == 0) {
        return;
    }
    /* an author may come back when FAU and AU stand apart: add to what is there */
    GPtrArray *all = g_ptr_array_new();
    for (char **old = author->affiliations; *old != NULL; old++) {
        g_ptr_array_add(all, *old);
    }
    for (guint i = 0; i < draft->affiliations->len; i++) {
        char *affiliation = draft->affiliations->pdata[i];
        char *email = *author->email == '\0' ? find_email(affiliation) : NULL;
        if (email != NULL) {
            g_free(author->email);
            author->email = email;
        }
        g_ptr_array_add(all, affiliation);
    }
    g_free(author->affiliations);
    author->affiliations = to_vector(all);
    g_ptr_array_set_size(draft->affiliations, 0);
}

void medline_take_affiliation(struct medline_draft *draft, const char *value)
{
    if (draft->author != NULL) {
        medline_list_add(draft->affiliations, value);
    } else if (draft->record->authors->len == 0 && !draft->has_other_person && draft->collectives->len == 0) {
        medline_list_add(draft->early, value);
    }
}

/* --- authors -------------------------------------------------------------------------------------------- */

static struct medline_author *author_add(struct medline_draft *draft)
{
    struct medline_author *author = g_new0(struct medline_author, 1);
    author->family = g_strdup("");
    author->given = g_strdup("");
    author->initials = g_strdup("");
    author->suffix = g_strdup("");
    author->orcid = g_strdup("");
    author->email = g_strdup("");
    author->affiliations = g_new0(char *, 1);
    g_ptr_array_add(draft->record->authors, author);
    return author;
}

static void author_choose(struct medline_draft *draft, struct medline_author *author)
{
    if (draft->author != author) {
        close_author(draft);
        draft->author = author;
    }
    draft->has_other_person = false;
}

static void set(char **field, const char *value)
{
    g_free(*field);
    *field = g_strdup(value);
}

/* Takes a suffix off the end of text ("Frank R Jr" -> "Frank R"); it stays when it is all there is. */
static void split_suffix(char *text, char **suffix)
{
    char *blank = strrchr(text, ' ');
    if (blank != NULL && g_strv_contains(suffixes, blank + 1)) {
        set(suffix, blank + 1);
        *blank = '\0';
        g_strchomp(text);
    }
}

/* First letters of given names: "Vitor M" -> "VM". New string. */
static char *initials_of(const char *given)
{
    GString *out = g_string_new(NULL);
    bool is_start = true;
    for (const char *c = given; *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        if (is_start && g_unichar_isalpha(letter)) {
            g_string_append_unichar(out, g_unichar_toupper(letter));
        }
        is_start = letter == ' ' || letter == '-' || letter == '.';
    }
    return g_string_free(out, FALSE);
}

void medline_take_full_author(struct medline_draft *draft, const char *value)
{
    if (*value == '\0') {
        return;
    }
    struct medline_author *author = author_add(draft);
    author_choose(draft, author);
    g_autofree char *text = g_strdup(value);
    char *comma = strchr(text, ',');
    if (comma != NULL) {
        *comma = '\0';
        g_autofree char *given = g_strstrip(g_strdup(comma + 1));
        split_suffix(given, &author->suffix);
        set(&author->given, given);
    }
    set(&author->family, g_strstrip(text));
}

/* True for "W", "VM", "JP", "HÅ": capitals only, as AU writes initials. */
static bool is_initials(const char *text)
{
    int n = 0;
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar letter = g_utf8_get_char(text);
        if (!g_unichar_isupper(letter) && letter != '-' && letter != '.') {
            return false;
        }
        n++;
    }
    return n > 0 && n <= 6;
}

void medline_take_author(struct medline_draft *draft, const char *value)
{
    GPtrArray *authors = draft->record->authors;
    if (*value == '\0') {
        return;
    }
    g_autofree char *family = g_strdup(value);
    g_autofree char *suffix = g_strdup("");
    g_autofree char *initials = g_strdup("");
    split_suffix(family, &suffix);
    char *blank = strrchr(family, ' ');
    if (blank != NULL && is_initials(blank + 1)) {
        set(&initials, blank + 1);
        *blank = '\0';
    }
    struct medline_author *author = draft->n_paired < authors->len ? authors->pdata[draft->n_paired] : NULL;
    g_autofree char *a = g_utf8_casefold(author != NULL ? author->family : "", -1);
    g_autofree char *b = g_utf8_casefold(family, -1);
    if (author == NULL || strcmp(a, b) != 0) {
        /* the pair is out of step: the newest author if it has no AU yet, else an author of its own */
        author = authors->len > draft->n_paired ? authors->pdata[authors->len - 1] : author_add(draft);
    }
    bool is_next = author == authors->pdata[MIN(draft->n_paired, authors->len - 1)];
    draft->n_paired = is_next ? draft->n_paired + 1 : authors->len;
    author_choose(draft, author);
    if (author->family[0] == '\0') {
        set(&author->family, family);
    }
    set(&author->initials, initials);
    if (author->suffix[0] == '\0') {
        set(&author->suffix, suffix);
    }
}

/* ISO 7064 MOD 11-2 over the first fifteen digits (ORCID, "Structure of the ORCID Identifier"). */
static bool has_check_digit(const char *digits)
{
    int total = 0;
    for (int i = 0; i < 15; i++) {
        total = (total + (digits[i] - '0')) * 2 % 11;
    }
    int check = (12 - total) % 11;
    return digits[15] == (check == 10 ? 'X' : '0' + check);
}

/* "ORCID: 0000-0002-1825-0097", a URL, with or without hyphens. */
void medline_take_author_id(struct medline_draft *draft, const char *value)
{
    char digits[17];
    int n = 0;
    if (draft->author == NULL || g_ascii_strncasecmp(value, "ORCID", 5) != 0) {
        /* identifiers of other kinds are not ours; a bare ORCID or its URL is */
        if (draft->author == NULL || (strstr(value, "orcid.org") == NULL && !g_ascii_isdigit(*value))) {
            return;
        }
    }
    for (; *value != '\0' && n < 16; value++) {
        bool is_x = n == 15 && (*value == 'X' || *value == 'x');
        if (g_ascii_isdigit(*value) || is_x) {
            digits[n++] = is_x ? 'X' : *value;
        } else if (*value != '-') {
            n = 0;
        }
    }
    digits[n] = '\0';
    if (n == 16 && has_check_digit(digits)) {
        g_free(draft->author->orcid);
        draft->author->orcid = g_strdup_printf("%.4s-%.4s-%.4s-%.4s", digits, digits + 4, digits + 8, digits + 12);
    }
}

/* --- finishing ------------------------------------------------------------------------------------------ */

/* The number that a text begins with, at most 9999. */
static int number_of(const char *text)
{
    int number = 0;
    for (; g_ascii_isdigit(*text) && number <= 999; text++) {
        number = number * 10 + (*text - '0');
    }
    return number;
}

/* "2018 Apr", "2016 Jan 5", "2005 Sep-Oct", "2013 06 10", "2014 Winter"; DEP "20170728" where DP says nothing. */
static void read_date(struct medline_record *record, const char *electronic_date)
{
    g_auto(GStrv) parts = g_strsplit_set(record->date, " -/", 4);
    int n = (int)g_strv_length(parts);
    struct when when;
    record->year = n > 0 && strlen(parts[0]) == 4 ? number_of(parts[0]) : 0;
    if (record->year == 0) {
        if (electronic_date != NULL && when_parse(electronic_date, WHEN_ORDER_UNKNOWN, &when, NULL)) {
            record->year = when.year;
            record->month = when.month;
            record->day = when.day;
        }
        return;
    }
    if (n > 1) {
        int month = g_ascii_isdigit(parts[1][0]) ? number_of(parts[1]) : when_month(parts[1]);
        record->month = month >= 1 && month <= 12 ? month : 0;
    }
    if (n > 2 && record->month > 0 && g_ascii_isdigit(parts[2][0])) {
        int day = number_of(parts[2]);
        record->day = day >= 1 && day <= 31 ? day : 0;
    }
}

void medline_draft_finish(struct medline_draft *draft)
{
    struct medline_record *record = draft->record;
    close_author(draft);
    if (draft->early->len > 0 && record->authors->len > 0) {
        GPtrArray *held = draft->affiliations;
        draft->author = record->authors->pdata[0];
        draft->affiliations = draft->early;
        close_author(draft);
        draft->affiliations = held;
    }
    g_ptr_array_set_free_func(draft->early, g_free);
    g_ptr_array_free(draft->early, TRUE);
    g_ptr_array_set_free_func(draft->affiliations, g_free);
    g_ptr_array_free(draft->affiliations, TRUE);
    for (guint i = 0; i < record->authors->len; i++) {
        struct medline_author *author = record->authors->pdata[i];
        if (author->initials[0] == '\0') {
            g_free(author->initials);
            author->initials = initials_of(author->given);
        }
    }
    if (record->title[0] == '\0') {     /* a book has its own, a translation may have only the original */
        const char *other = record->book_title[0] != '\0' ? record->book_title
            : record->collection_title[0] != '\0' ? record->collection_title : record->original_title;
        set(&record->title, other);
    }
    read_date(record, draft->electronic_date);
    record->keywords = to_vector(draft->keywords);
    record->mesh = to_vector(draft->mesh);
    record->types = to_vector(draft->types);
    record->languages = to_vector(draft->languages);
    record->collectives = to_vector(draft->collectives);
    g_free(draft->electronic_date);
    g_string_free(draft->value, TRUE);
}
