/* Facts: written and read both ways, compared, and folded by the rules of fact.h. */
#include "model/fact_fold.h"

#include "base/error.h"
#include "base/random.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* ---- text ---- */

static GString *encoded(const struct fact *facts, size_t n)
{
    GString *out = g_string_new(NULL);
    facts_encode(facts, n, out);
    return out;
}

static bool is_same_fact(const struct fact *a, const struct fact *b)
{
    bool is_same = a->kind == b->kind && a->op == b->op && a->is_preferred == b->is_preferred &&
                   strcmp(a->value, b->value) == 0 && g_strcmp0(a->label, b->label) == 0 &&
                   g_strcmp0(a->begins, b->begins) == 0 && g_strcmp0(a->ends, b->ends) == 0;
    for (int i = 0; i < FACT_PARTS; i++) {
        is_same = is_same && g_strcmp0(a->part[i], b->part[i]) == 0;
    }
    return is_same;
}

static void a_set_has_one_text(void **state)
{
    struct fact facts[] = {
        {.kind = FACT_NAME,
         .value = "Dr. “Ami\\na” \"H\"\n\t\x01",
         .part = {"Dr.", "Amina", NULL, "H"}},
        {.kind = FACT_WORK,
         .value = "X",
         .label = "now",
         .op = FACT_SET,
         .is_preferred = true,
         .begins = "2024-03",
         .ends = ""},
    };
    g_autoptr(GString) text = encoded(facts, 2);
    assert_string_equal(
        text->str,
        "[[\"name\",\"Dr. “Ami\\\\na” "
        "\\\"H\\\"\\n\\t\\u0001\",{\"0\":\"Dr.\",\"1\":\"Amina\",\"3\":\"H\"}],"
        "[\"work\",\"X\",{\"l\":\"now\",\"o\":2,\"f\":1,\"b\":\"2024-03\",\"e\":\"\"}]]");
    g_autoptr(GString) none = encoded(NULL, 0);
    assert_string_equal(none->str, "[]");
}

/* A text of any letters, controls among them. */
static const char *any_text(struct prng *prng, GStringChunk *arena, bool may_be_empty)
{
    static const char *const pieces[] = {"a",   "Z",  "\"", "\\", "\n", "\x02", "\x1f", "é",
                                         "حسن", "😀", "/",  "{",  "]",  "\x7f", " "};
    g_autoptr(GString) text = g_string_new(may_be_empty ? NULL : "x");
    for (uint32_t n = prng_below(prng, 12); n > 0; n--) {
        g_string_append(text, pieces[prng_below(prng, G_N_ELEMENTS(pieces))]);
    }
    return g_string_chunk_insert(arena, text->str);
}

static void any_set_comes_back_and_passes_through_jansson(void **state)
{
    struct prng prng;
    prng_init(&prng, 42);
    for (int round = 0; round < 500; round++) {
        g_autoptr(GStringChunk) arena = g_string_chunk_new(1024);
        struct fact facts[6] = {0};
        size_t n = prng_below(&prng, 7);
        for (size_t i = 0; i < n; i++) {
            facts[i].kind = 1 + prng_below(&prng, N_FACT - 1);
            facts[i].op = prng_below(&prng, 3);
            facts[i].is_preferred = prng_below(&prng, 2);
            facts[i].value = any_text(&prng, arena, false);
            facts[i].label = prng_below(&prng, 2) ? any_text(&prng, arena, true) : NULL;
            facts[i].ends = prng_below(&prng, 2) ? "" : NULL;
            for (int part = 0; part < FACT_PARTS; part++) {
                facts[i].part[part] =
                    prng_below(&prng, 3) == 0 ? any_text(&prng, arena, true) : NULL;
            }
        }
        g_autoptr(GString) text = encoded(facts, n);
        g_autoptr(GArray) back = g_array_new(FALSE, FALSE, sizeof(struct fact));
        g_autoptr(GError) error = NULL;
        assert_true(facts_decode(text->str, arena, back, &error));
        assert_int_equal(back->len, n);
        for (size_t i = 0; i < n; i++) {
            assert_true(is_same_fact(&facts[i], &g_array_index(back, struct fact, i)));
        }
        json_t *json = json_loads(text->str, 0, NULL);
        assert_non_null(json);
        g_autofree char *theirs = json_dumps(json, JSON_COMPACT);
        json_decref(json);
        assert_string_equal(theirs, text->str);
    }
}

static void what_is_no_set_is_damage(void **state)
{
    static const char *const bad[] = {"",
                                      "[",
                                      "]",
                                      "[[]]",
                                      "[[\"name\"]]",
                                      "[[\"name\",\"\"]]",
                                      "[[\"nome\",\"x\"]]",
                                      "[[\"name\",\"x\"]",
                                      "[[\"name\",\"x\"]]]",
                                      "[[\"name\",\"x\",{}]]",
                                      "[[\"name\",\"x\",{\"9\":\"y\"}]]",
                                      "[[\"name\",\"x\",{\"0\":\"y\",\"0\":\"z\"}]]",
                                      "[[\"name\",\"\\u0041\"]]",
                                      "[[\"name\",\"x\\q\"]]",
                                      "[[\"name\",\"x",
                                      "[[\"name\",\"x\",{\"o\":3}]]",
                                      " []",
                                      "[] "};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GStringChunk) arena = g_string_chunk_new(64);
        g_autoptr(GArray) back = g_array_new(FALSE, FALSE, sizeof(struct fact));
        g_autoptr(GError) error = NULL;
        if (facts_decode(bad[i], arena, back, &error)) {
            fail_msg("“%s” was read", bad[i]);
        }
        assert_true(error_has_code(error, "fact.damaged"));
    }
}

static void faces_give_and_take_facts(void **state)
{
    g_autoptr(GStringChunk) arena = g_string_chunk_new(256);
    g_autoptr(GError) error = NULL;
    struct fact fact = {.kind = FACT_PLACE,
                        .value = "Toledo, Ohio",
                        .part = {"Toledo", "Ohio"},
                        .is_preferred = true};
    struct fact back;
    json_t *json = fact_json(&fact);
    assert_true(fact_from_json(json, arena, &back, &error));
    assert_true(is_same_fact(&fact, &back));
    json_decref(json);
    static const char *const bad[] = {
        "{}",
        "{\"kind\":\"plase\",\"value\":\"x\"}",
        "{\"kind\":\"place\"}",
        "{\"kind\":\"place\",\"value\":5}",
        "{\"kind\":\"place\",\"value\":\"x\",\"parts\":{\"zip\":\"1\"}}",
        "{\"kind\":\"work\",\"value\":\"x\",\"begins\":\"May\"}",
        "{\"kind\":\"work\",\"value\":\"x\",\"op\":\"burn\"}"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        json = json_loads(bad[i], 0, NULL);
        g_clear_error(&error);
        assert_false(fact_from_json(json, arena, &back, &error));
        assert_true(error_has_code(error, "fact.invalid"));
        json_decref(json);
    }
}

/* ---- equality ---- */

static void equal_facts_say_the_same(void **state)
{
    static const struct {
        struct fact a;
        struct fact b;
        bool is_equal;
    } pairs[] = {
        {{.kind = FACT_EMAIL, .value = "A@B.example"},
         {.kind = FACT_EMAIL, .value = "mailto:a@b.example", .label = "work"},
         true},
        {{.kind = FACT_EMAIL, .value = "a@b.example"},
         {.kind = FACT_EMAIL, .value = "c@b.example"},
         false},
        {{.kind = FACT_TAG, .value = "Mentor"}, {.kind = FACT_TAG, .value = "mentor"}, true},
        {{.kind = FACT_NOTE, .value = "Mentor"}, {.kind = FACT_NOTE, .value = "mentor"}, false},
        {{.kind = FACT_WORK, .value = "X", .begins = "2020"},
         {.kind = FACT_WORK, .value = "X", .begins = "2021"},
         false},
        {{.kind = FACT_PLACE, .value = "X", .part = {"T"}},
         {.kind = FACT_PLACE, .value = "X"},
         false},
        {{.kind = FACT_CUSTOM, .value = "1", .label = "a"},
         {.kind = FACT_CUSTOM, .value = "1", .label = "b"},
         false},
        {{.kind = FACT_TAG, .value = "x"}, {.kind = FACT_SKILL, .value = "x"}, false},
        {{.kind = FACT_TAG, .value = "😀"}, {.kind = FACT_TAG, .value = "🎉"}, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        if (fact_equal(&pairs[i].a, &pairs[i].b) != pairs[i].is_equal) {
            fail_msg("pair %zu", i);
        }
    }
}

/* ---- the fold ---- */

struct said {
    const char *family;
    const char *key;
    const struct fact *facts;
    size_t n;
};
#define SAID(family, key, ...)                        \
    {family, key, (const struct fact[]){__VA_ARGS__}, \
     G_N_ELEMENTS(((const struct fact[]){__VA_ARGS__}))}

struct folding {
    struct fact_set sets[6];
    GString *texts[6];
    int n;
    struct fact_fold *fold;
};

static void fold_said(struct folding *f, const struct said *said, int n)
{
    g_autoptr(GError) error = NULL;
    f->n = n;
    for (int i = 0; i < n; i++) {
        f->texts[i] = encoded(said[i].facts, said[i].n);
        f->sets[i] = (struct fact_set){.fact_set_id = i + 1,
                                       .person_id = 7,
                                       .family = said[i].family,
                                       .record_key = said[i].key,
                                       .facts = f->texts[i]->str};
    }
    f->fold = fact_fold(f->sets, n, &error);
    assert_non_null(f->fold);
}

static void fold_done(struct folding *f)
{
    fact_fold_free(f->fold);
    for (int i = 0; i < f->n; i++) {
        g_string_free(f->texts[i], TRUE);
    }
}

/* "name:Amina* tag:x(2)!": kind:value, * yours, (n) origins when several, ! conflict, ~ beside */
static void assert_fold(const struct said *said, int n, const char *wanted)
{
    struct folding f;
    fold_said(&f, said, n);
    g_autoptr(GString) got = g_string_new(NULL);
    for (guint i = 0; i < f.fold->facts->len; i++) {
        const struct folded_fact *fact = &g_array_index(f.fold->facts, struct folded_fact, i);
        g_string_append_printf(got, "%s%s:%s%s", i > 0 ? " " : "", fact_kind_text(fact->fact.kind),
                               fact->fact.value, fact->is_yours ? "*" : "");
        if (fact->n_origins > 1) {
            g_string_append_printf(got, "(%d)", fact->n_origins);
        }
        g_string_append_printf(got, "%s%s", fact->has_conflict ? "!" : "",
                               fact->is_beside ? "~" : "");
    }
    assert_string_equal(got->str, wanted);
    fold_done(&f);
}
#define F(k, v) {.kind = FACT_##k, .value = v}
#define OP(k, o, v) {.kind = FACT_##k, .op = FACT_##o, .value = v}

static void a_newer_set_of_a_record_replaces_the_older(void **state)
{
    const struct said said[] = {SAID("linkedin", "a", F(NAME, "Amina"), F(EMAIL, "old@x.example")),
                                SAID("linkedin", "a", F(NAME, "Amina Hassan")),
                                SAID("linkedin", "b", F(EMAIL, "b@x.example"))};
    assert_fold(said, 3, "name:Amina Hassan email:b@x.example");
}

static void families_are_united_and_equal_facts_joined(void **state)
{
    const struct said said[] = {
        SAID("vcard", "a", F(NAME, "Amina Hassan"), F(EMAIL, "a@x.example")),
        SAID("google", "a", F(NAME, "AMINA HASSAN"), F(EMAIL, "A@X.example"), F(TAG, "ohio"))};
    assert_fold(said, 2, "name:AMINA HASSAN(2) email:A@X.example(2) tag:ohio");
}

static void differing_sources_conflict_unless_one_holds_the_other(void **state)
{
    const struct said differ[] = {SAID("vcard", "a", F(PLACE, "Houston, Texas")),
                                  SAID("google", "a", F(PLACE, "Cleveland, Ohio"))};
    assert_fold(differ, 2, "place:Cleveland, Ohio! place:Houston, Texas!~");
    const struct said agree[] = {SAID("vcard", "a", F(PLACE, "Toledo, Ohio")),
                                 SAID("google", "a", F(PLACE, "Toledo"))};
    assert_fold(agree, 2, "place:Toledo place:Toledo, Ohio~");
    const struct said birth[] = {SAID("vcard", "a", F(BIRTHDAY, "1988-06-15")),
                                 SAID("google", "a", F(BIRTHDAY, "--06-15"))};
    assert_fold(birth, 2, "birthday:--06-15 birthday:1988-06-15~");
}

static void your_word_wins_and_your_last_word_counts(void **state)
{
    const struct said said[] = {SAID("you", "1", OP(HEADLINE, SET, "Chief")),
                                SAID("you", "2", OP(HEADLINE, SET, "Director")),
                                SAID("linkedin", "a", F(HEADLINE, "Resident"))};
    assert_fold(said, 3, "headline:Director* headline:Resident~");
    const struct said added[] = {SAID("you", "1", F(NAME, "Amina")),
                                 SAID("vcard", "a", F(NAME, "Ameena"))};
    assert_fold(added, 2, "name:Amina* name:Ameena~");
}

static void removals_hide_and_later_edits_bring_back(void **state)
{
    const struct said hidden[] = {
        SAID("you", "1", OP(TAG, REMOVE, "Ohio"), OP(EMAIL, REMOVE, "A@x.example")),
        SAID("vcard", "a", F(TAG, "ohio"), F(TAG, "mentor"), F(EMAIL, "a@x.example"))};
    assert_fold(hidden, 2, "tag:mentor");
    const struct said back[] = {SAID("vcard", "a", F(TAG, "ohio")),
                                SAID("you", "1", OP(TAG, REMOVE, "ohio")),
                                SAID("you", "2", F(TAG, "ohio"))};
    assert_fold(back, 3, "tag:ohio*");
    const struct said moved[] = {SAID("you", "1", F(TAG, "ohio")),
                                 SAID("you", "2", OP(TAG, REMOVE, "ohio"), F(TAG, "texas"))};
    assert_fold(moved, 2, "tag:texas*");
    const struct said unset[] = {SAID("vcard", "a", F(HEADLINE, "Resident")),
                                 SAID("you", "1", OP(HEADLINE, SET, "Chief")),
                                 SAID("you", "2", OP(HEADLINE, REMOVE, "Chief"))};
    assert_fold(unset, 3, "headline:Resident");
}

static void one_set_in_memory_folds_as_its_text_does(void **state)
{
    const struct fact facts[] = {F(EMAIL, "a@x.example"), F(NAME, "Amina"), F(EMAIL, "A@x.example"),
                                 F(NAME, "Ameena")};
    struct fact_set set = {.family = "vcard", .record_key = "a"};
    struct fact_fold *fold = fact_fold_one(&set, facts, G_N_ELEMENTS(facts));
    assert_int_equal(fold->facts->len, 3);
    assert_false(fold->has_conflict);
    assert_string_equal(fact_fold_first(fold, FACT_NAME)->value, "Amina");
    assert_null(fact_fold_first(fold, FACT_TAG));
    fact_fold_free(fold);
}

static void a_damaged_set_is_our_fault(void **state)
{
    struct fact_set set = {.family = "vcard", .record_key = "a", .facts = "[["};
    g_autoptr(GError) error = NULL;
    assert_null(fact_fold(&set, 1, &error));
    assert_false(error_is_theirs(error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_has_one_text),
        cmocka_unit_test(any_set_comes_back_and_passes_through_jansson),
        cmocka_unit_test(what_is_no_set_is_damage),
        cmocka_unit_test(faces_give_and_take_facts),
        cmocka_unit_test(equal_facts_say_the_same),
        cmocka_unit_test(a_newer_set_of_a_record_replaces_the_older),
        cmocka_unit_test(families_are_united_and_equal_facts_joined),
        cmocka_unit_test(differing_sources_conflict_unless_one_holds_the_other),
        cmocka_unit_test(your_word_wins_and_your_last_word_counts),
        cmocka_unit_test(removals_hide_and_later_edits_bring_back),
        cmocka_unit_test(one_set_in_memory_folds_as_its_text_does),
        cmocka_unit_test(a_damaged_set_is_our_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
