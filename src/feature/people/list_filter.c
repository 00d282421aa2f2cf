/* Filters as links: every chip is this list's address with a word more or less, so that they work
 * without script and can be kept. */
#include "feature/people/list_filter.h"

#include "model/recognise.h"

#include <string.h>

static void put(GString *out, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        g_string_append_printf(out, "%c%s=", out->len > strlen("/people") ? '&' : '?', name);
        g_string_append_uri_escaped(out, value, ":", FALSE);
    }
}

const char *list_address_write(struct page *page, const struct list_address *address)
{
    GString *out = g_string_new("/people");
    put(out, "q", address->query);
    put(out, "where", address->where);
    put(out, "sort", address->sort);
    put(out, "import", address->import);
    put(out, "new", address->is_new);
    put(out, "after", address->after);
    if (address->from > 0) {
        g_string_append_printf(out, "&from=%d", address->from);
    }
    return page_keep(page, g_string_free(out, FALSE));
}

char **list_words(const char *where)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    GString *word = g_string_new(NULL);
    bool is_quoted = false;
    for (const char *at = where != NULL ? where : "";; at++) {
        if (*at == '"') {
            is_quoted = !is_quoted;
        }
        if (*at != '\0' && (*at != ' ' || is_quoted)) {
            g_string_append_c(word, *at);
            continue;
        }
        if (word->len > 0) {
            g_ptr_array_add(words, g_strdup(word->str));
            g_string_truncate(word, 0);
        }
        if (*at == '\0') {
            break;
        }
    }
    g_string_free(word, TRUE);
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_steal(words, NULL);
}

/* The value behind "field:", without quotes. New string; NULL when it is another field. */
static char *value_of(const char *word, const char *field)
{
    if (!g_str_has_prefix(word, field)) {
        return NULL;
    }
    g_auto(GStrv) pieces = g_strsplit(word + strlen(field), "\"", -1);
    return g_strjoinv("", pieces);
}

const char *list_word_label(struct page *page, const char *word)
{
    static const struct {
        const char *word;
        const char *label;
    } flags[] = {
        {"due", "Due"},
        {"slack", "Slack"},
        {"us_link", "US link"},
        {"conflict", "Sources differ"},
        {"is:deleted", "Deleted"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        if (strcmp(word, flags[i].word) == 0) {
            return flags[i].label;
        }
    }
    g_autofree char *tag = value_of(word, "tag:");
    g_autofree char *region = value_of(word, "region:");
    g_autofree char *specialty = value_of(word, "specialty:");
    g_autofree char *tie = value_of(word, "tie:");
    const char *colon = strchr(word, ':');
    if (tag != NULL) {
        return page_printf(page, "#%s", tag);
    }
    if (region != NULL && region_name(region, true) != NULL) {
        return region_name(region, true);
    }
    if (specialty != NULL && specialty_name(specialty) != NULL) {
        return specialty_name(specialty);
    }
    if (tie != NULL) {
        return page_printf(page, "Tie %s", tie);
    }
    if (colon == NULL) {
        return page_printf(page, "%s", word);
    }
    g_autofree char *field = g_strndup(word, (gsize)(colon + 1 - word));
    return page_keep(page, value_of(word, field));
}

static bool has_word(char *const *words, const char *word)
{
    return g_strv_contains((const char *const *)words, word);
}

/* This list with the word added, or taken away when it is in force; from its top. */
static struct part_chip chip_of(struct page *page, const struct list_address *address,
                                char *const *words, const char *word, const char *label)
{
    bool is_on = has_word(words, word);
    GString *where = g_string_new(NULL);
    for (char *const *other = words; *other != NULL; other++) {
        if (strcmp(*other, word) != 0) {
            g_string_append_printf(where, "%s%s", where->len > 0 ? " " : "", *other);
        }
    }
    if (!is_on) {
        g_string_append_printf(where, "%s%s", where->len > 0 ? " " : "", word);
    }
    struct list_address there = *address;
    there.where = where->str;
    there.after = NULL;
    there.from = 0;
    struct part_chip chip = {.label = label != NULL ? label : list_word_label(page, word),
                             .is_on = is_on,
                             .href = list_address_write(page, &there)};
    g_string_free(where, TRUE);
    return chip;
}

/* "tag:mentor", "school:\"Indus Delta\"": a word that person_filter_parse reads. */
static const char *word_of(struct page *page, const char *field, const struct trait_count *count,
                           bool is_label)
{
    const char *value = is_label && count->label != NULL ? count->label : count->value;
    g_auto(GStrv) plain = g_strsplit(value, "\"", -1);
    g_autofree char *clean = g_strjoinv("", plain);
    return page_printf(page, strchr(clean, ' ') != NULL ? "%s\"%s\"" : "%s%s", field, clean);
}

bool list_offers_load(struct book *book, GStringChunk *text, struct list_offers *offers,
                      GError **error)
{
    return trait_list(book, "tag", 12, text, offers->tags, error) &&
           trait_list(book, "school", 6, text, offers->schools, error) &&
           trait_list(book, "specialty", 10, text, offers->specialties, error) &&
           trait_list(book, "region", 10, text, offers->regions, error) &&
           trait_list(book, "language", 8, text, offers->languages, error);
}

static void offer(struct page *page, const struct list_address *address, char *const *words,
                  const char *word, GArray *chips)
{
    if (!has_word(words, word)) {
        struct part_chip chip = chip_of(page, address, words, word, NULL);
        g_array_append_val(chips, chip);
    }
}

void list_chips(struct page *page, const struct list_address *address,
                const struct list_offers *offers, GArray *chips)
{
    g_auto(GStrv) words = list_words(address->where);
    for (char **word = words; *word != NULL; word++) {
        struct part_chip chip = chip_of(page, address, words, *word, NULL);
        g_array_append_val(chips, chip);
    }
    if (address->import != NULL) {
        struct list_address there = {
            .query = address->query, .where = address->where, .sort = address->sort};
        struct part_chip chip = {.label = address->is_new != NULL ? "New from one import"
                                                                  : "From one import",
                                 .is_on = true,
                                 .href = list_address_write(page, &there)};
        g_array_append_val(chips, chip);
    }
    offer(page, address, words, "due", chips);
    offer(page, address, words, "slack", chips);
    offer(page, address, words, "us_link", chips);
    for (guint i = 0; i < MIN(offers->tags->len, 3); i++) {
        offer(page, address, words,
              word_of(page, "tag:", &g_array_index(offers->tags, struct trait_count, i), true),
              chips);
    }
    if (offers->regions->len > 0) {
        offer(
            page, address, words,
            word_of(page, "region:", &g_array_index(offers->regions, struct trait_count, 0), false),
            chips);
    }
}

/* One group of the menu; nothing when there is nothing to choose. */
static void add_menu(struct page *page, const char *label, GArray *chips, GArray *menus)
{
    struct people_menu menu = {.label = label, .n_chips = chips->len};
    if (chips->len > 0) {
        menu.chips = (const struct part_chip *)(void *)page_keep(
            page, g_memdup2(chips->data, chips->len * sizeof(struct part_chip)));
        g_array_append_val(menus, menu);
    }
    g_array_set_size(chips, 0);
}

/* A kind of trait as filter words: by its label, or by its value (a code). */
struct trait_kind {
    const char *field;
    bool is_label;
    const GArray *counts;
};

static void add_traits(struct page *page, const struct list_address *address, char *const *words,
                       const struct trait_kind *kind, GArray *chips)
{
    const GArray *counts = kind->counts;
    for (guint i = 0; i < counts->len; i++) {
        const struct trait_count *count = &g_array_index(counts, struct trait_count, i);
        const char *word = word_of(page, kind->field, count, kind->is_label);
        const char *label = list_word_label(page, word);
        struct part_chip chip =
            chip_of(page, address, words, word, page_printf(page, "%s (%d)", label, count->n));
        g_array_append_val(chips, chip);
    }
}

void list_menus(struct page *page, const struct list_address *address,
                const struct list_offers *offers, GArray *menus)
{
    static const char *const ties[] = {"tie:tied", "tie:warm",  "tie:steady",
                                       "tie:thin", "tie:faint", "tie:untied"};
    g_auto(GStrv) words = list_words(address->where);
    g_autoptr(GArray) chips = g_array_new(FALSE, TRUE, sizeof(struct part_chip));
    for (size_t i = 0; i < G_N_ELEMENTS(ties); i++) {
        struct part_chip chip = chip_of(page, address, words, ties[i], ties[i] + strlen("tie:"));
        g_array_append_val(chips, chip);
    }
    add_menu(page, "Tie", chips, menus);
    const struct {
        const char *label;
        struct trait_kind kind;
    } kinds[] = {
        {"Specialty", {"specialty:", false, offers->specialties}},
        {"State", {"region:", false, offers->regions}},
        {"School", {"school:", true, offers->schools}},
        {"Language", {"language:", true, offers->languages}},
        {"Tag", {"tag:", true, offers->tags}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        add_traits(page, address, words, &kinds[i].kind, chips);
        add_menu(page, kinds[i].label, chips, menus);
    }
    struct part_chip differ = chip_of(page, address, words, "conflict", NULL);
    g_array_append_val(chips, differ);
    add_menu(page, "Facts", chips, menus);
}
