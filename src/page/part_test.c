/* Filters and parts: the words and numbers of LOOK 2, 5 and 7. */
#include "page/filter.h"
#include "page/html.h"
#include "page/part.h"
#include "part.tpl.h"

#include "data_tie_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

static struct html_out out;

static int begin(void **state)
{
    html_out_init(&out, 100000);
    return 0;
}

static int end(void **state)
{
    html_out_clear(&out);
    return 0;
}

/* What was written since the last time. */
static const char *written(void)
{
    static char text[100001];
    if (out.length > 0) {
        memcpy(text, out.text, out.length);
    }
    text[out.length] = '\0';
    out.length = 0;
    return text;
}

static void lengths_of_time_are_told_as_in_a_diary(void **state)
{
    filter_minutes(&out, 20);
    assert_string_equal(written(), "20 min");
    filter_minutes(&out, 60);
    assert_string_equal(written(), "1 h");
    filter_minutes(&out, 105);
    assert_string_equal(written(), "1 h 45");
    filter_minutes(&out, 125);
    assert_string_equal(written(), "2 h 05");
}

static void money_is_free_or_has_its_sign(void **state)
{
    filter_cents(&out, 0);
    assert_string_equal(written(), "free");
    filter_cents(&out, 125000);
    assert_string_equal(written(), "$1,250");
    filter_cents(&out, 1205);
    assert_string_equal(written(), "$12.05");
}

static void counts_are_grouped_by_thousands(void **state)
{
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 1000001, "1,000,001" }, { -52034, "-52,034" },
                  { INT64_MAX, "9,223,372,036,854,775,807" } };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        filter_count(&out, cases[i].number);
        assert_string_equal(written(), cases[i].text);
    }
    filter_plural(&out, 1, "person", "people");
    assert_string_equal(written(), "1 person");
    filter_plural(&out, 1200, "person", "people");
    assert_string_equal(written(), "1,200 people");
}

static void shares_are_positions_in_per_cent(void **state)
{
    filter_percent(&out, 47, 812);
    assert_string_equal(written(), "5.8%");
    filter_percent(&out, 812, 812);
    assert_string_equal(written(), "100%");
    filter_percent(&out, 3, 0);
    assert_string_equal(written(), "0%");
}

static void sizes_are_told_in_words(void **state)
{
    filter_size(&out, 812);
    assert_string_equal(written(), "812 bytes");
    filter_size(&out, 3400000);
    assert_string_equal(written(), "3.4 MB");
    filter_size(&out, 999999);
    assert_string_equal(written(), "1.0 MB");
}

static void line_ends_are_kept_and_markup_is_not(void **state)
{
    filter_lines(&out, "one <b>\ntwo\n\nthree");
    assert_string_equal(written(), "one &lt;b&gt;<br>two<br><br>three");
}

static void warmth_follows_the_table_of_limits(void **state)
{
    assert_int_equal(part_warmth_of(0.9, false), PART_UNTIED);
    assert_int_equal(part_warmth_of(0.0, true), PART_FAINT);
    assert_int_equal(part_warmth_of(0.1499, true), PART_FAINT);
    assert_int_equal(part_warmth_of(0.15, true), PART_THIN);
    assert_int_equal(part_warmth_of(0.35, true), PART_STEADY);
    assert_int_equal(part_warmth_of(0.6, true), PART_WARM);
    assert_int_equal(part_warmth_of(0.85, true), PART_TIED);
    assert_int_equal(part_warmth_of(1.0, true), PART_TIED);
}

/* The glyph is for eyes only; its word stands beside it, and is the word of data/tie_words.tsv. */
static void every_tie_says_its_word(void **state)
{
    for (size_t i = 0; i < n_data_tie_words; i++) {
        struct part_tie tie = { .warmth = (enum part_warmth)(PART_UNTIED + i) };
        part_tie(&out, &tie);
        g_autofree char *word = g_strdup_printf("</svg><span>%s</span></span>", data_tie_words[i].word);
        const char *text = written();
        assert_non_null(strstr(text, word));
        assert_non_null(strstr(text, "aria-hidden=\"true\""));
    }
    struct part_tie slack = { .warmth = PART_STEADY, .is_slack = true };
    part_tie(&out, &slack);
    const char *text = written();
    assert_non_null(strstr(text, "<span>steady, slack</span>"));
    assert_non_null(strstr(text, "M9 8Q32 19 55 8"));
    struct part_tie none = { 0 };
    part_tie(&out, &none);
    assert_string_equal(written(), "");
}

static void a_name_in_its_own_script_has_language_and_direction(void **state)
{
    struct part_name name = { "Dr. Amina Hassan", "أمينة حسن", "ar", true, "/people/1" };
    part_name(&out, &name);
    assert_string_equal(written(), "<a class=\"name\" href=\"/people/1\">Dr. Amina Hassan</a> "
                                   "<span class=\"own\" lang=\"ar\" dir=\"rtl\">أمينة حسن</span>");
    struct part_name plain = { .latin = "Ann O'Neil" };
    part_name(&out, &plain);
    assert_string_equal(written(), "<span class=\"name\">Ann O&#39;Neil</span>");
}

static void a_refused_field_keeps_what_was_typed_and_says_why(void **state)
{
    struct part_field field = { .name = "when", .label = "When?", .value = "32 \"June\"", .hint = "A date.",
                                .error = "June has 30 days." };
    part_field(&out, &field);
    const char *text = written();
    assert_non_null(strstr(text, "<label for=\"when\">When?</label>"));
    assert_non_null(strstr(text, "value=\"32 &#34;June&#34;\""));
    assert_non_null(strstr(text, "aria-invalid=\"true\" aria-describedby=\"when-error when-hint\""));
    assert_non_null(strstr(text, "June has 30 days.</p>"));
}

static void a_sum_links_every_number_but_zero(void **state)
{
    struct part_sum sum = { 47, 0, 731, 3, 781, "#new", "#changed", "#same", "#refused" };
    part_sum(&out, &sum);
    const char *text = written();
    assert_non_null(strstr(text, "<dt>new</dt><dd><a href=\"#new\">47</a></dd>"));
    assert_non_null(strstr(text, "<dt>changed</dt><dd>0</dd>"));
    assert_non_null(strstr(text, "<dt>read</dt><dd>781</dd>"));
    assert_null(strstr(text, "class=\"chg\""));
    assert_non_null(strstr(text, "<rect class=\"same\" x=\"6%\" width=\"93.6%\""));
}

static void initials_leave_titles_and_degrees_out(void **state)
{
    static const char *const cases[][2] = {
        { "Dr. Amina Hassan", "AH" }, { "Prof. Muhammad Saleem Anjum", "MA" }, { "Émile", "É" },
        { "Grace Nwosu, MD, FACP", "GN" }, { "J. Smith", "JS" }, { "", "" },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        filter_initials(&out, cases[i][0]);
        assert_string_equal(written(), cases[i][1]);
    }
}

static void a_reading_goes_before_a_name_of_another_script(void **state)
{
    struct part_name name = part_name_of("أمينة حسن", "Amina Hassan", "/people/1");
    part_name(&out, &name);
    assert_string_equal(written(), "<a class=\"name\" href=\"/people/1\">Amina Hassan</a> "
                                   "<span class=\"own\" lang=\"ar\" dir=\"rtl\">أمينة حسن</span>");
    struct part_name latin = part_name_of("Zoë Müller", NULL, NULL);
    part_name(&out, &latin);
    assert_string_equal(written(), "<span class=\"name\">Zoë Müller</span>");
}

#define test(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(lengths_of_time_are_told_as_in_a_diary),
        test(money_is_free_or_has_its_sign),
        test(counts_are_grouped_by_thousands),
        test(shares_are_positions_in_per_cent),
        test(sizes_are_told_in_words),
        test(line_ends_are_kept_and_markup_is_not),
        test(warmth_follows_the_table_of_limits),
        test(every_tie_says_its_word),
        test(a_name_in_its_own_script_has_language_and_direction),
        test(a_refused_field_keeps_what_was_typed_and_says_why),
        test(initials_leave_titles_and_degrees_out),
        test(a_reading_goes_before_a_name_of_another_script),
        test(a_sum_links_every_number_but_zero),
    };
    return cmocka_run_group_tests_name("part", tests, NULL, NULL);
}
