/* The fold. Every fact that counts becomes an entry (fact, set); entries that say the same are
 * joined; one-valued kinds pick a winner; your removals hide. Quadratic within one kind of one
 * person, on purpose: kinds hold a handful. */
#include "model/fact_fold.h"

#include "base/fold.h"
#include "base/name.h"
#include "model/fact_source.h"

#include <string.h>

struct entry {
    struct fact fact;
    int set;   /* index; larger is newer */
    int place; /* within the set */
    bool is_yours;
};

/* ---- which sets count ---- */

static bool is_yours(const struct fact_set *set)
{
    return strcmp(set->family, FAMILY_YOU) == 0;
}

/* Is there a newer set of the same record? Your edits are a log: all of them count. */
static bool is_replaced(const struct fact_set *sets, int n_sets, int index)
{
    if (is_yours(&sets[index])) {
        return false;
    }
    for (int i = index + 1; i < n_sets; i++) {
        if (strcmp(sets[i].record_key, sets[index].record_key) == 0 &&
            strcmp(sets[i].family, sets[index].family) == 0) {
            return true;
        }
    }
    return false;
}

static bool gather(const struct fact_set *sets, int n_sets, GStringChunk *text, GArray *entries,
                   GError **error)
{
    g_autoptr(GArray) facts = g_array_new(FALSE, FALSE, sizeof(struct fact));
    for (int i = 0; i < n_sets; i++) {
        if (is_replaced(sets, n_sets, i)) {
            continue;
        }
        g_array_set_size(facts, 0);
        if (!facts_decode(sets[i].facts, text, facts, error)) {
            return false;
        }
        for (guint k = 0; k < facts->len; k++) {
            struct entry entry = {g_array_index(facts, struct fact, k), i, (int)k,
                                  is_yours(&sets[i])};
            g_array_append_val(entries, entry);
        }
    }
    return true;
}

/* ---- your edits ---- */

/* Does your removal speak of this fact? By kind and value, whatever parts, dates and label. */
static bool is_hidden_by(const struct fact *removal, const struct fact *fact)
{
    if (removal->kind != fact->kind) {
        return false;
    }
    struct fact bare = {.kind = fact->kind, .value = fact->value, .label = fact->label};
    struct fact wanted = {.kind = removal->kind,
                          .value = removal->value,
                          .label = removal->label != NULL ? removal->label : fact->label};
    return fact_equal(&bare, &wanted);
}

/* Of a one-valued kind only your latest word counts. */
static bool is_outdated_edit(const struct entry *all, guint n, guint i)
{
    if (!all[i].is_yours || all[i].fact.op == FACT_REMOVE ||
        !fact_is_one_valued(all[i].fact.kind)) {
        return false;
    }
    for (guint k = i + 1; k < n; k++) {
        if (all[k].is_yours && all[k].fact.kind == all[i].fact.kind &&
            all[k].fact.op != FACT_REMOVE) {
            return true;
        }
    }
    return false;
}

/* Takes out what your edits hide: what a removal names, of every other source and of yours before
 * it, and your own outdated words. Entries are oldest first. */
static void apply_edits(GArray *entries)
{
    const struct entry *all = (const struct entry *)entries->data;
    g_autofree bool *is_out = g_new0(bool, entries->len + 1);
    for (guint r = 0; r < entries->len; r++) {
        is_out[r] |= is_outdated_edit(all, entries->len, r);
        if (all[r].fact.op != FACT_REMOVE) {
            continue;
        }
        is_out[r] = true;
        for (guint i = 0; i < entries->len; i++) {
            bool is_later_edit =
                all[i].is_yours && (all[i].set > all[r].set || (all[i].set == all[r].set && i > r));
            if (!is_out[i] && !is_later_edit && all[i].fact.op != FACT_REMOVE &&
                is_hidden_by(&all[r].fact, &all[i].fact)) {
                is_out[i] = true;
            }
        }
    }
    guint kept = 0;
    for (guint i = 0; i < entries->len; i++) {
        if (!is_out[i]) {
            g_array_index(entries, struct entry, kept) = all[i];
            kept++;
        }
    }
    g_array_set_size(entries, kept);
}

/* ---- joining ---- */

/* By kind; within a one-valued kind yours first; then newest first, then as written. */
static int compare_entries(gconstpointer a_, gconstpointer b_)
{
    const struct entry *a = a_;
    const struct entry *b = b_;
    if (a->fact.kind != b->fact.kind) {
        return a->fact.kind < b->fact.kind ? -1 : 1;
    }
    if (a->is_yours != b->is_yours && fact_is_one_valued(a->fact.kind)) {
        return a->is_yours ? -1 : 1;
    }
    if (a->set != b->set) {
        return a->set > b->set ? -1 : 1;
    }
    return a->place - b->place;
}

/* Makes folded facts of sorted entries: equal ones become one with several origins. */
static void join(struct fact_fold *fold, const GArray *entries)
{
    const struct entry *all = (const struct entry *)entries->data;
    g_autofree bool *is_taken = g_new0(bool, entries->len + 1);
    g_autoptr(GArray) origins = g_array_new(FALSE, FALSE, sizeof(int));
    for (guint i = 0; i < entries->len; i++) {
        if (is_taken[i]) {
            continue;
        }
        struct folded_fact folded = {.fact = all[i].fact, .is_yours = all[i].is_yours};
        g_array_set_size(origins, 0);
        g_array_append_val(origins, all[i].set);
        for (guint k = i + 1; k < entries->len && all[k].fact.kind == all[i].fact.kind; k++) {
            if (is_taken[k] || !fact_equal(&all[i].fact, &all[k].fact)) {
                continue;
            }
            is_taken[k] = true;
            folded.is_yours |= all[k].is_yours;
            folded.fact.is_preferred |= all[k].fact.is_preferred;
            if (folded.fact.label == NULL) {
                folded.fact.label = all[k].fact.label;
            }
            if (all[k].set != g_array_index(origins, int, origins->len - 1)) {
                g_array_append_val(origins, all[k].set);
            }
        }
        folded.n_origins = (int)origins->len;
        folded.origins = g_memdup2(origins->data, origins->len * sizeof(int));
        g_array_append_val(fold->facts, folded);
    }
}

/* ---- one-valued kinds ---- */

/* Every word of a is a word of b. */
static bool is_words_within(const char *a, const char *b)
{
    g_auto(GStrv) words_a = g_strsplit(a, " ", -1);
    g_auto(GStrv) words_b = g_strsplit(b, " ", -1);
    for (char **word = words_a; *word != NULL; word++) {
        if (!g_strv_contains((const char *const *)words_b, *word)) {
            return false;
        }
    }
    return true;
}

/* Two values of a one-valued kind that can both be so. */
static bool is_agreeing(const struct fact *a, const struct fact *b)
{
    if (a->kind == FACT_PHOTO || a->kind == FACT_DO_NOT_CONTACT) {
        return true;
    }
    if (a->kind == FACT_BIRTHDAY) {
        bool is_short = strncmp(a->value, "--", 2) == 0 || strncmp(b->value, "--", 2) == 0;
        size_t skip_a = strncmp(a->value, "--", 2) == 0 ? 2 : strlen(a->value) > 5 ? 5 : 0;
        size_t skip_b = strncmp(b->value, "--", 2) == 0 ? 2 : strlen(b->value) > 5 ? 5 : 0;
        return is_short ? strcmp(a->value + skip_a, b->value + skip_b) == 0
                        : strcmp(a->value, b->value) == 0;
    }
    if (a->kind == FACT_NAME && is_other_script(a->value) != is_other_script(b->value)) {
        return name_is_compatible(a->value, b->value);
    }
    g_autofree char *folded_a = fold_text(a->value);
    g_autofree char *folded_b = fold_text(b->value);
    return is_words_within(folded_a, folded_b) || is_words_within(folded_b, folded_a);
}

/* Within each one-valued kind the first counts (the sort put it there), the others stand beside it.
 */
static void decide(struct fact_fold *fold)
{
    struct folded_fact *facts = (struct folded_fact *)(void *)fold->facts->data;
    int n = (int)fold->facts->len;
    for (int i = 0; i < n; i++) {
        if (!fact_is_one_valued(facts[i].fact.kind)) {
            continue;
        }
        int first = i;
        for (; i + 1 < n && facts[i + 1].fact.kind == facts[first].fact.kind; i++) {
            struct folded_fact *other = &facts[i + 1];
            other->is_beside = true;
            bool is_decided = facts[first].is_yours;
            bool is_same_set = other->origins[0] == facts[first].origins[0];
            if (!is_decided && !is_same_set && !is_agreeing(&facts[first].fact, &other->fact)) {
                other->has_conflict = true;
                facts[first].has_conflict = true;
                fold->has_conflict = true;
            }
        }
    }
}

/* ---- the fold ---- */

static void clear_folded(gpointer data)
{
    struct folded_fact *folded = data;
    g_free((gpointer)folded->origins);
}

static struct fact_fold *fold_new(const struct fact_set *sets, int n_sets)
{
    struct fact_fold *fold = g_new0(struct fact_fold, 1);
    fold->text = g_string_chunk_new(512);
    fold->facts = g_array_sized_new(FALSE, TRUE, sizeof(struct folded_fact), 16);
    g_array_set_clear_func(fold->facts, clear_folded);
    fold->sets = sets;
    fold->n_sets = n_sets;
    return fold;
}

static void fold_entries(struct fact_fold *fold, GArray *entries)
{
    apply_edits(entries);
    g_array_sort(entries, compare_entries);
    join(fold, entries);
    decide(fold);
}

struct fact_fold *fact_fold(const struct fact_set *sets, int n_sets, GError **error)
{
    struct fact_fold *fold = fold_new(sets, n_sets);
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    if (!gather(sets, n_sets, fold->text, entries, error)) {
        fact_fold_free(fold);
        return NULL;
    }
    fold_entries(fold, entries);
    return fold;
}

struct fact_fold *fact_fold_one(const struct fact_set *set, const struct fact *facts, size_t n)
{
    struct fact_fold *fold = fold_new(set, 1);
    g_autoptr(GArray) entries = g_array_sized_new(FALSE, FALSE, sizeof(struct entry), (guint)n);
    for (size_t i = 0; i < n; i++) {
        struct entry entry = {facts[i], 0, (int)i, is_yours(set)};
        g_array_append_val(entries, entry);
    }
    fold_entries(fold, entries);
    return fold;
}

void fact_fold_free(struct fact_fold *fold)
{
    if (fold == NULL) {
        return;
    }
    g_array_unref(fold->facts);
    g_string_chunk_free(fold->text);
    g_free(fold);
}

const struct fact *fact_fold_first(const struct fact_fold *fold, enum fact_kind kind)
{
    for (guint i = 0; i < fold->facts->len; i++) {
        const struct folded_fact *folded = &g_array_index(fold->facts, struct folded_fact, i);
        if (folded->fact.kind == kind) {
            return &folded->fact;
        }
    }
    return NULL;
}
