/* Message cells come out as text. */
#include "codec/plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *text, const char *wanted)
{
    g_autofree char *got = plain_text(text);
    assert_string_equal(got, wanted);
}

static void entities_are_read_once(void **state)
{
    expect("R&amp;D &lt;team&gt; &#8217;24 &#x2014; caf&eacute;&nbsp;x", "R&D <team> ’24 — café x");
    expect("&amp;lt;", "&lt;");
    expect("AT&T &unknown; &#0; &#x110000; &#xD800; & &;", "AT&T &unknown; &#0; &#x110000; &#xD800; & &;");
}

static void tags_go_and_blocks_become_lines(void **state)
{
    expect("<p>Dear Ada,</p><p>I hope<br>all is <b>well</b>.</p>", "Dear Ada,\nI hope\nall is well.");
    expect("<div>a</div>\n\n<div>b</div>", "a\nb");
    expect("one<br/><br><br />two", "one\n\ntwo");
    expect("<ul><li>first</li><li class=\"x>y\">second</li></ul>end", "- first\n- second\nend");
    expect("<style>p { color: red }</style>Hi<script>alert('<p>')</script>!<!-- note -->", "Hi!");
    expect("<SCRIPT>never closed", "");
    expect("see <a href='https://example.com/?a=1&amp;b=2'>this</a> page", "see this page");
}

static void what_only_looks_like_a_tag_stays(void **state)
{
    expect("x < y and y > z", "x < y and y > z");
    expect("write to <ada@example.org> <3", "write to <ada@example.org> <3");
    expect("<hello> <b", "<hello> <b");
}

static void lines_of_plain_text_stay(void **state)
{
    expect("Hi,\r\n\r\n\r\n\r\nthank  you.\n", "Hi,\n\nthank you.");
    expect("a <b>bold</b>\nnext line", "a bold\nnext line");
    expect("", "");
    expect(" \n ", "");
}

static void mail_outs_are_told_from_letters(void **state)
{
    assert_true(plain_is_sponsored("<p>Hi</p><p>buy</p>"));
    assert_true(plain_is_sponsored("<p class=\"spinmail-quill-editor__spin-break\">Hi"));
    assert_false(plain_is_sponsored("Hi <b>Ada</b>"));
    assert_false(plain_is_sponsored("x < y > z < a > b"));
    assert_true(plain_has_tags("a<br>b"));
    assert_false(plain_has_tags("a<bra>b"));
}

static void a_flood_of_brackets_is_read_in_time(void **state)
{
    g_autofree char *opens = g_strnfill(2000000, '<');
    g_autofree char *got = plain_text(opens);
    assert_int_equal(strlen(got), 2000000);
    g_autoptr(GString) quotes = g_string_new(NULL);
    for (int i = 0; i < 150000; i++) {
        g_string_append(quotes, "<a x=\"\"<x ");
    }
    g_string_append(quotes, "\">");
    g_autofree char *text = plain_text(quotes->str);
    assert_true(strlen(text) > 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entities_are_read_once),
        cmocka_unit_test(tags_go_and_blocks_become_lines),
        cmocka_unit_test(what_only_looks_like_a_tag_stays),
        cmocka_unit_test(lines_of_plain_text_stay),
        cmocka_unit_test(mail_outs_are_told_from_letters),
        cmocka_unit_test(a_flood_of_brackets_is_read_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
