/* Names taken apart. The order is always the same: tidy, take credentials behind commas, titles off
 * the front, credentials and generations off the end, then see what is family and what is given. A
 * word only counts as a credential where it cannot be the name: behind a comma or in its written
 * capitals, and never when nothing would be left of the family name ("Do" and "Ma" are families).
 * Nothing is dropped: what is not understood stays in the name. The words themselves are in
 * base/name_words.c. */
#include "base/name.h"

#include "base/fold.h"
#include "base/name_words.h"
#include "base/reading.h"
#include "base/reading_part.h"
#include "data_credentials.h"

#include <string.h>

#define WORDS_MAX 40            /* of one name; what follows stays with the last word */

void name_clear(struct name *name)
{
    g_clear_pointer(&name->prefix, g_free);
    g_clear_pointer(&name->given, g_free);
    g_clear_pointer(&name->additional, g_free);
    g_clear_pointer(&name->family, g_free);
    g_clear_pointer(&name->suffix, g_free);
    g_clear_pointer(&name->credentials, g_free);
    g_clear_pointer(&name->full, g_free);
}

/* What is taken off a name, while it is collected. */
struct parts {
    GString *prefix;
    GString *suffix;
    GString *credentials;
};

static void parts_init(struct parts *parts)
{
    parts->prefix = g_string_new(NULL);
    parts->suffix = g_string_new(NULL);
    parts->credentials = g_string_new(NULL);
}

/* Appends word behind the separator unless it is there already. */
static void add_word(GString *list, const char *word, const char *separator)
{
    g_auto(GStrv) known = g_strsplit(list->str, separator, -1);
    if (g_strv_contains((const char *const *)known, word)) {
        return;
    }
    if (list->len > 0) {
        g_string_append(list, separator);
    }
    g_string_append(list, word);
}

/* NULL for an empty string. */
static char *take_string(GString *string)
{
    bool is_empty = string->len == 0;
    return g_string_free(string, is_empty);
}

static char *copy_or_null(const char *text)
{
    return *text == '\0' ? NULL : g_strdup(text);
}

/* Pictures and signs people put around their names. */
static bool is_ornament(gunichar c)
{
    if (c == 0xfffd) { /* stands for a broken byte: the letter was there */
        return false;
    }
    if (c < 0x80) {
        return c == '*' || c == '|' || c == '~';
    }
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_OTHER_SYMBOL || type == G_UNICODE_MATH_SYMBOL
           || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_PRIVATE_USE
           || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f000 && c <= 0x1faff)
           || (c >= 0xe0020 && c <= 0xe007f) || c == 0x20e3;
}

/* text (owned, given back) without punctuation at its ends. */
static char *trim(char *text)
{
    size_t from = strspn(text, " ,;-/");
    size_t len = strlen(text);
    while (len > from && strchr(" ,;-/", text[len - 1]) != NULL) {
        len--;
    }
    memmove(text, text + from, len - from);
    text[len - from] = '\0';
    return text;
}

/* text without ornaments and outer punctuation, blanks tidied. Returns a new string, "" for NULL.
 */
static char *tidy(const char *text)
{
    if (text == NULL || *text == '\0') {
        return g_strdup("");
    }
    g_autofree char *clean = text_clean(text);
    if (strpbrk(clean, "*|~\n\t") == NULL && g_str_is_ascii(clean)) {
        return trim(g_steal_pointer(&clean));
    }
    g_autoptr(GString) out = g_string_sized_new(strlen(clean));
    bool was_ornament = false;
    for (const char *at = clean; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        bool is_joiner = was_ornament && c == 0x200d;       /* within a picture of several people */
        was_ornament = is_joiner || is_ornament(c);
        if (was_ornament || c == '\n' || c == '\t') {
            g_string_append_c(out, ' ');
        } else {
            g_string_append_unichar(out, c);
        }
    }
    return trim(text_clean(out->str));
}

/* Takes titles off the front of text in place ("Prof. Dr. Anna" -> "Anna"). keep_last: a title that
 * is all there is stays. */
static void take_titles(char *text, bool keep_last, struct parts *parts)
{
    size_t len;
    const char *title;
    while (*text != '\0' && (title = name_title_at(text, &len)) != NULL) {
        const char *rest = text + len + strspn(text + len, " .,");
        if (*rest == '\0' && keep_last) {
            return;
        }
        add_word(parts->prefix, title, " ");
        memmove(text, rest, strlen(rest) + 1);
    }
}

/* Takes one piece between commas if all of it is credentials and generations ("MD FACP",
 * "M.D./Ph.D.", "Jr."). */
static bool take_piece(const char *piece, struct parts *parts)
{
    const struct data_credentials *whole = name_credential(piece);
    if (whole != NULL) {
        add_word(parts->credentials, whole->id, ", ");
        return true;
    }
    g_auto(GStrv) words = g_strsplit_set(piece, " /&", -1);
    int n = 0;
    for (char **word = words; *word != NULL; word++) {
        if (**word != '\0' && name_credential(*word) == NULL && name_suffix(*word) == NULL) {
            return false;
        }
        n += **word != '\0';
    }
    for (char **word = words; *word != NULL; word++) {
        const struct data_credentials *credential = name_credential(*word);
        if (credential != NULL) {
            add_word(parts->credentials, credential->id, ", ");
        } else if (**word != '\0') {
            add_word(parts->suffix, name_suffix(*word), " ");
        }
    }
    return n > 0;
}

/* "Smith, Ma" and "Rahman, Md" are family and given name: letters that are a name too, not in
 * capitals, behind a family name of one word. */
static bool is_given_behind_comma(const char *family, const char *piece)
{
    const struct data_credentials *credential = name_credential(piece);
    bool is_name_too =
        credential != NULL && (*credential->is_name_too != '\0' || strcmp(piece, "Md") == 0);
    return is_name_too && strchr(family, ' ') == NULL && !name_is_written_so(credential, piece);
}

/* Takes what stands behind commas and is credentials or generations off text. Returns a new string,
 * in which pieces that are neither stay behind ", " ("Smith, John"). */
static char *take_comma_pieces(const char *text, struct parts *parts)
{
    if (strchr(text, ',') == NULL && strchr(text, ';') == NULL) {
        return g_strdup(text);
    }
    g_auto(GStrv) pieces = g_strsplit_set(text, ",;", -1);
    GString *rest = g_string_sized_new(strlen(text));
    for (int i = 0; pieces[i] != NULL; i++) {
        g_strstrip(pieces[i]);
        bool may_take =
            i > 0 && rest->len > 0 && !(i == 1 && is_given_behind_comma(rest->str, pieces[i]));
        if (*pieces[i] == '\0' || (may_take && take_piece(pieces[i], parts))) {
            continue;
        }
        g_string_append(rest, rest->len > 0 ? ", " : "");
        g_string_append(rest, pieces[i]);
    }
    return g_string_free(rest, FALSE);
}

static bool is_all_capitals(const char *text)
{
    for (; *text != '\0'; text++) {
        if (g_ascii_islower(*text) || (unsigned char)*text >= 0x80) {
            return false;
        }
    }
    return true;
}

/* What take_endings needs to know to leave names alone. */
struct ending {
    int n_elsewhere;            /* words of the name that stand in other fields */
    bool is_shouted;            /* the whole name is in capitals, so capitals tell nothing */
    bool found_credential;      /* one stood behind this word already */
};

/* True when word, at the end of a name of which n_left words would remain, is a credential. */
static bool is_credential_ending(const struct data_credentials *credential, const char *word,
                                 int n_left, const struct ending *ending)
{
    if (credential == NULL || n_left < 1 || !name_is_written_so(credential, word)) {
        return false;
    }
    if (*credential->is_name_too == '\0') {
        return true;
    }
    return n_left + ending->n_elsewhere >= 2 && (!ending->is_shouted || ending->found_credential);
}

/* "Ada Eze MD/PhD" -> "Ada Eze MD PhD", in place. */
static void part_slashed(char *text)
{
    char *last = strrchr(text, ' ');
    if (last == NULL || strpbrk(last, "/&") == NULL) {
        return;
    }
    g_auto(GStrv) words = g_strsplit_set(last + 1, "/&", -1);
    for (char **word = words; *word != NULL; word++) {
        if (name_credential(*word) == NULL) {
            return;
        }
    }
    g_strdelimit(last, "/&", ' ');
}

/* Takes credentials in written capitals and generations off the end of text in place. */
static void take_endings(char *text, int n_elsewhere, struct parts *parts)
{
    part_slashed(text);
    struct ending ending = { .n_elsewhere = n_elsewhere, .is_shouted = is_all_capitals(text),
                             .found_credential = parts->credentials->len > 0 };
    g_autoptr(GString) found = g_string_new(NULL);
    g_autoptr(GString) suffixes = g_string_new(NULL);
    int n_words = 1;
    for (const char *at = text; *at != '\0'; at++) {
        n_words += *at == ' ';
    }
    for (char *blank; (blank = strrchr(text, ' ')) != NULL; n_words--) {
        g_autofree char *word = g_strdup(blank + 1);
        g_strstrip(g_strdelimit(word, "()[]", ' '));
        const struct data_credentials *credential = name_credential(word);
        const char *suffix = n_words - 1 + n_elsewhere >= 2 ? name_suffix(word) : NULL;
        if (is_credential_ending(credential, word, n_words - 1, &ending)) {
            ending.found_credential = true;
            g_string_prepend(found, found->len > 0 ? ", " : "");
            g_string_prepend(found, credential->id);
        } else if (suffix != NULL) {
            g_string_prepend(suffixes, suffixes->len > 0 ? " " : "");
            g_string_prepend(suffixes, suffix);
        } else if (*word != '\0') {
            break;
        }
        *blank = '\0';
    }
    if (suffixes->len > 0) {
        add_word(parts->suffix, suffixes->str, " ");
    }
    if (found->len > 0) {
        g_string_prepend(parts->credentials, parts->credentials->len > 0 ? ", " : "");
        g_string_prepend(parts->credentials, found->str);
    }
}

/* The script of one unparted word of China, Korea or Japan; USCRIPT_COMMON for any other text. */
static UScriptCode east_script(const char *text)
{
    UScriptCode script = USCRIPT_COMMON;
    if ((unsigned char)*text < 0xe0) {              /* all their letters take three bytes */
        return script;
    }
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        UScriptCode found = reading_script(g_utf8_get_char(at));
        if (found != USCRIPT_HAN && found != USCRIPT_HANGUL) {
            return USCRIPT_COMMON;
        }
        script = script == USCRIPT_COMMON ? found : script;
    }
    return script;
}

/* "김민수" -> family and given. False when text is not shaped so. */
static bool split_east(const char *text, struct name *name_out)
{
    size_t len = strlen(text);
    UScriptCode script = east_script(text);
    glong n = script == USCRIPT_COMMON ? 0 : g_utf8_strlen(text, -1);
    if (n < 2 || n > 5) {
        return false;
    }
    bool is_known = false;
    size_t family_len = reading_family_len(text, len, &is_known);
    if (n > 3 && script == USCRIPT_HAN && !is_known) {
        /* Japanese names: mostly two and two. */
        family_len = (size_t)(g_utf8_offset_to_pointer(text, 2) - text);
    }
    name_out->family = g_strndup(text, family_len);
    name_out->given = g_strdup(text + family_len);
    return true;
}

/* "王 小明", "김 민수": the first word is the family. */
static bool is_family_first(const char *first)
{
    size_t len = strlen(first);
    bool is_known = false;
    return east_script(first) != USCRIPT_COMMON && g_utf8_strlen(first, -1) <= 2
        && (reading_family_len(first, len, &is_known), is_known);
}

/* "Nguyễn Văn Đức": a Vietnamese name in Vietnamese order. Without its marks only the middle names
 * Van and Thi show it. */
static bool is_vietnamese_order(const char *text, char **words, int n)
{
    if (n < 2 || !name_is_vietnamese_family(words[0])
        || (n == 2 && name_is_vietnamese_family(words[1]))) {
        return false;
    }
    bool has_middle = n >= 3 && (strcmp(words[1], "Van") == 0 || strcmp(words[1], "Thi") == 0);
    static const char *const marks[] = { "ễ", "ầ", "ê", "ạ", "à", "ỳ", "ũ", "õ", "ặ", "ù", "ỗ",
                                         "ồ", "ô", "ơ", "ý", "ị", "ă", "đ", "Đ", "ư", "ế", "ệ",
                                         "ố", "ộ", "ứ", "ữ", "ả", "ấ", "ậ", "ì", "ú", "á" };
    for (size_t i = 0; i < G_N_ELEMENTS(marks) && !has_middle; i++) {
        has_middle = strstr(text, marks[i]) != NULL;
    }
    return has_middle;
}

/* words[from..to) with blanks; NULL when there are none. */
static char *join(char **words, int from, int to)
{
    GString *out = g_string_new(NULL);
    for (int i = from; i < to; i++) {
        g_string_append(out, i > from ? " " : "");
        g_string_append(out, words[i]);
    }
    return take_string(out);
}

/* Splits words in the order they are spoken, into given, additional and family; a single word is
 * the given name. Names of the east and of Vietnam have the family first, and their full name stays
 * in the order it is written in. */
static void split_spoken(const char *text, struct name *name_out)
{
    if (split_east(text, name_out)) {
        return;
    }
    g_auto(GStrv) words = g_strsplit(text, " ", WORDS_MAX);
    int n = (int)g_strv_length(words);
    if (n <= 1) {
        name_out->given = copy_or_null(text);
    } else if (n == 2 && is_family_first(words[0])) {
        name_out->family = g_strdup(words[0]);
        name_out->given = g_strdup(words[1]);
    } else if (is_vietnamese_order(text, words, n)) {
        name_out->family = g_strdup(words[0]);
        name_out->additional = join(words, 1, n - 1);
        name_out->given = g_strdup(words[n - 1]);
        name_out->full = g_strdup(text);
    } else {
        int start = n - 1;
        while (start > 1 && name_is_particle(words[start - 1])) {
            start--;                                /* "van der Berg", "de la Cruz" */
        }
        name_out->given = g_strdup(words[0]);
        name_out->additional = join(words, 1, start);
        name_out->family = join(words, start, n);
    }
}

/* Given names of one field: the first word is the given name, the rest additional, unless that is
 * known already. */
static void split_given(const char *text, struct name *name_out)
{
    const char *blank = name_out->additional == NULL ? strchr(text, ' ') : NULL;
    if (blank == NULL) {
        name_out->given = copy_or_null(text);
        return;
    }
    name_out->given = g_strndup(text, (gsize)(blank - text));
    name_out->additional = g_strdup(blank + 1);
}

static bool is_east(const char *text)
{
    return text != NULL && east_script(text) != USCRIPT_COMMON;
}

/* The name as spoken: titles, name, generation; full holds the middle already where the writer's
 * order is kept. */
static void set_full(struct name *name)
{
    g_autofree char *middle = g_steal_pointer(&name->full);
    if (middle == NULL && is_east(name->family) && (name->given == NULL || is_east(name->given))) {
        middle = g_strconcat(name->family, name->given != NULL ? name->given : "", NULL);
    }
    const char *spoken[] = { name->given, name->additional, name->family };
    const char *written[] = { middle, NULL, NULL };
    const char *const *words = middle != NULL ? written : spoken;
    bool is_title_last =
        name->prefix != NULL && (unsigned char)*name->prefix >= 0xe3 && is_east(name->family);
    const char *parts[] = { is_title_last ? NULL : name->prefix, words[0], words[1], words[2],
                            is_title_last ? name->prefix : NULL, name->suffix };
    GString *full = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i] != NULL) {
            g_string_append(full, full->len > 0 ? " " : "");
            g_string_append(full, parts[i]);
        }
    }
    name->full = g_string_free(full, FALSE);
}

static void finish(struct name *name, struct parts *parts)
{
    name->prefix = take_string(parts->prefix);
    name->suffix = take_string(parts->suffix);
    name->credentials = take_string(parts->credentials);
    set_full(name);
}

/* "user@example.com" where a name should stand. */
static bool is_address(const char *text)
{
    const char *at = strchr(text, '@');
    return at != NULL && at > text && strchr(at, '.') != NULL && strchr(text, ' ') == NULL;
}

/* A single name behind a title is the family name: "Dr. Rossi". */
static void prefer_family(struct name *name, bool has_title)
{
    if (has_title && name->family == NULL) {
        name->family = g_steal_pointer(&name->given);
    }
}

/* The common case in a hundredth of the work: "John Smith", with nothing to take off. */
static bool parse_plain(const char *text, struct name *name_out)
{
    int n_words = 0;
    if (!name_is_plain(text, &n_words) || n_words != 2) {
        return false;
    }
    const char *blank = strchr(text, ' ');
    name_out->given = g_strndup(text, (gsize)(blank - text));
    name_out->family = g_strdup(blank + 1);
    name_out->full = g_strdup(text);
    return true;
}

void name_parse(const char *text, struct name *name_out)
{
    *name_out = (struct name){ 0 };
    if (parse_plain(text, name_out)) {
        return;
    }
    g_autofree char *tidied = tidy(text);
    if (*tidied == '\0' || is_address(tidied)) {
        name_out->full = g_strdup("");
        return;
    }
    struct parts parts;
    parts_init(&parts);
    g_autofree char *rest = take_comma_pieces(tidied, &parts);
    take_titles(rest, true, &parts);
    const char *honorific = g_str_is_ascii(rest) ? NULL : name_take_honorific(rest);
    if (honorific != NULL) {
        add_word(parts.prefix, honorific, " ");
    }
    char *comma = strchr(rest, ',');
    if (comma == NULL) {
        take_endings(rest, parts.prefix->len > 0, &parts);
        split_spoken(rest, name_out);
        prefer_family(name_out, parts.prefix->len > 0);
    } else {
        *comma = '\0';
        char *given = g_strstrip(comma + 1);
        take_titles(given, true, &parts);
        take_endings(given, 1, &parts);
        take_endings(rest, 1, &parts);
        split_given(given, name_out);
        name_out->family = copy_or_null(g_strstrip(rest));
    }
    finish(name_out, &parts);
}

/* A prefix field: known titles in their canonical spelling, anything else as written. */
static void take_prefix_field(const char *text, struct parts *parts)
{
    g_autofree char *rest = tidy(text);
    take_titles(rest, false, parts);
    if (*rest != '\0') {
        add_word(parts->prefix, rest, " ");
    }
}

static void take_suffix_field(const char *text, struct parts *parts)
{
    g_autofree char *tidied = tidy(text);
    g_auto(GStrv) pieces = g_strsplit_set(tidied, ",;", -1);
    for (char **piece = pieces; *piece != NULL; piece++) {
        g_strstrip(*piece);
        if (**piece != '\0' && !take_piece(*piece, parts)) {
            add_word(parts->suffix, *piece, " ");
        }
    }
}

/* The family field after everything was taken off: is it nothing but a credential ("John Smith" |
 * "MD")? */
static bool is_credential_alone(const char *given, const char *family)
{
    const struct data_credentials *credential = name_credential(family);
    return credential != NULL && *credential->is_name_too == '\0'
           && name_is_written_so(credential, family) && strchr(given, ' ') != NULL;
}

static bool is_blank(const char *text)
{
    return text == NULL || *text == '\0';
}

/* Given and family name, nothing else, nothing to take off. */
static bool parts_plain(const char *given, const char *family, struct name *name_out)
{
    int n_words = 0;
    if (is_blank(given) || is_blank(family) || !name_is_plain(given, &n_words)
        || !name_is_plain(family, &n_words)) {
        return false;
    }
    name_out->given = g_strdup(given);
    name_out->family = g_strdup(family);
    name_out->full = g_strconcat(given, " ", family, NULL);
    return true;
}

void name_from_parts(const char *prefix, const char *given, const char *additional,
                     const char *family, const char *suffix, struct name *name_out)
{
    *name_out = (struct name){ 0 };
    if (is_blank(prefix) && is_blank(additional) && is_blank(suffix)
        && parts_plain(given, family, name_out)) {
        return;
    }
    g_autofree char *tidy_given = tidy(given);
    g_autofree char *tidy_family = tidy(family);
    g_autofree char *tidy_additional = tidy(additional);
    if (is_address(tidy_given) && *tidy_family == '\0') {
        name_out->full = g_strdup("");
        return;
    }
    struct parts parts;
    parts_init(&parts);
    take_prefix_field(prefix, &parts);
    g_autofree char *family_rest = take_comma_pieces(tidy_family, &parts);
    g_autofree char *given_rest = take_comma_pieces(tidy_given, &parts);
    take_titles(given_rest, *family_rest == '\0', &parts);
    bool has_both = *given_rest != '\0' && *family_rest != '\0';
    take_endings(family_rest, *given_rest != '\0', &parts);
    take_endings(given_rest, has_both, &parts);
    if (has_both && is_credential_alone(given_rest, family_rest)) {
        take_piece(family_rest, &parts);
        *family_rest = '\0';
    }
    take_suffix_field(suffix, &parts);
    name_out->additional = copy_or_null(tidy_additional);
    if (*family_rest == '\0' && *tidy_additional == '\0') {
        split_spoken(given_rest, name_out);         /* the whole name stands in the first field */
        prefer_family(name_out, parts.prefix->len > 0);
    } else if (*given_rest == '\0' && *tidy_given != '\0' && *tidy_additional == '\0') {
        split_spoken(family_rest, name_out);        /* "Dr." | "Anna Rossi" */
        prefer_family(name_out, true);
    } else {
        name_out->given = copy_or_null(given_rest);
        name_out->family = copy_or_null(family_rest);
    }
    finish(name_out, &parts);
}
