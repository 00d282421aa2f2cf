#!/usr/bin/env python3
"""Templates that must fail, fail at their own line; templates that must work, write exactly what they should."""
import pathlib
import subprocess
import sys
import tempfile
import textwrap
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent
SRC = TOOLS.parent / "src"
CC = ["cc", "-std=gnu11", "-Wall", "-Wextra", "-Wshadow", "-Wno-unused-parameter"]
HEAD = '{# view: struct demo_view from "demo.h" #}\n'

DEMO_H = """
#include "page/html.h"
#include <stdbool.h>
enum mood { MOOD_NONE, MOOD_CALM, MOOD_BUSY };
struct pet { const char *name; int age; };
struct person { const char *name; const char *href; struct pet *pets; size_t n_pets; struct pet best; };
struct small_frame { const char *title; };
struct demo_view {
    struct small_frame frame;
    const char *title; char letters[16]; int number; unsigned long many; long long low; bool is_on; enum mood mood;
    struct html ready; struct url link; struct person person; const struct person *friend;
    struct person **others; size_t n_others; const char *const *words; size_t n_words; double rate;
};
"""


class Compiled:
    """A folder with headers and templates, and what the tools make of them."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "src/page").mkdir(parents=True)
        (self.folder / "src/demo.h").write_text("#ifndef DEMO_H\n#define DEMO_H\n" + DEMO_H + "\n#endif\n")
        for name in ("html.h", "html.c"):
            (self.folder / "src/page" / name).write_text((SRC / "page" / name).read_text())
        (self.folder / "src/page/filter.h").write_text(
            '#include "page/html.h"\nvoid filter_twice(struct html_out *out, const char *text);\n'
            "void filter_url(struct html_out *out, const char *text);\n"
            "void filter_plus(struct html_out *out, int64_t number, int64_t more);\n")

    def write(self, name, text):
        path = self.folder / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def translate(self, name):
        stem = self.folder / pathlib.Path(name).with_suffix("").name
        return subprocess.run(["/usr/bin/python3", TOOLS / "template", "--root", self.folder / "src", name,
                               "--header", f"{stem}.tpl.h", "--source", f"{stem}.tpl.c"],
                              capture_output=True, text=True, check=False)

    def compile(self, *stems):
        flags = subprocess.run(["pkg-config", "--cflags", "glib-2.0"], capture_output=True, text=True, check=True)
        return subprocess.run(CC + flags.stdout.split() + ["-Isrc", "-I.", "-fsyntax-only"] +
                              [f"{stem}.tpl.c" for stem in stems], cwd=self.folder, capture_output=True, text=True,
                              check=False)

    def run(self, main, *stems):
        (self.folder / "main.c").write_text(main)
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "glib-2.0"], capture_output=True, text=True, check=True)
        built = subprocess.run(CC + ["-Werror", "-fsanitize=address,undefined", "-Isrc", "-I.", "-o", "demo", "main.c",
                                     "src/page/html.c"] + [f"{stem}.tpl.c" for stem in stems] + flags.stdout.split(),
                               cwd=self.folder, capture_output=True, text=True, check=False)
        if built.returncode != 0:
            raise AssertionError(built.stderr)
        done = subprocess.run([self.folder / "demo"], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        return done.stdout


MAIN = textwrap.dedent("""\
    #include "demo.tpl.h"
    #include "page/filter.h"
    #include <stdio.h>
    void filter_twice(struct html_out *out, const char *text) { html_text(out, text); html_text(out, text); }
    void filter_url(struct html_out *out, const char *text) { html_url_part(out, text); }
    void filter_plus(struct html_out *out, int64_t number, int64_t more) { html_number(out, number + more); }
    int main(void)
    {
        struct pet pets[] = { { "Rex", 3 }, { "Tom & Jerry", 0 } };
        struct person one = { .name = "Ann", .href = "javascript:alert(1)", .pets = pets, .n_pets = 2, .best = { "Mo", 7 } };
        struct person two = { .name = "Bo \\"B\\" O'Neil", .href = "/people/2" };
        struct person *others[] = { &one, &two };
        const char *words[] = { "a", "b", "c" };
        struct demo_view view = { .frame = { "T <1>" }, .title = "<script>alert('x')</script>", .letters = "inside", .number = -5,
            .many = 18446744073709551615ul, .low = -9223372036854775807ll - 1, .is_on = true, .mood = MOOD_BUSY,
            .ready = { "<b>ok</b>", 9 }, .link = { "/a?b=1&c=2" }, .person = one, .friend = &two, .others = others,
            .n_others = 2, .words = words, .n_words = 3 };
        struct html_out out;
        html_out_init(&out, 1 << 20);
        RENDER;
        fwrite(out.text, 1, out.length, stdout);
        html_out_clear(&out);
        return 0;
    }
    """)


class TemplateCase(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.made = Compiled(self.scratch.name)

    def refused(self, body, line, words, head=HEAD):
        """The tool itself refuses, at that line (of the body, from 1)."""
        self.made.write("demo.html", head + body)
        done = self.made.translate("demo.html")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"src/demo.html:{line + 1}: error: ", done.stderr)
        self.assertIn(words, done.stderr)

    def does_not_compile(self, body, line, words):
        """The C compiler refuses, at that line of the template."""
        self.made.write("demo.html", HEAD + body)
        done = self.made.translate("demo.html")
        self.assertEqual(done.returncode, 0, done.stderr)
        built = self.made.compile("demo")
        self.assertNotEqual(built.returncode, 0)
        self.assertRegex(built.stderr, rf"src/demo\.html:{line + 1}:\d+: error: .*{words}")

    def shows(self, body, expected):
        self.made.write("demo.html", HEAD + body)
        done = self.made.translate("demo.html")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.made.run(MAIN.replace("RENDER", "demo_render(&out, &view)"), "demo"), expected)


class Wrong(TemplateCase):
    def test_misspelt_field_fails_at_its_line(self):
        self.does_not_compile("<p>\n{{ title }}\n{{ titel }}</p>", 3, "no member named .titel")

    def test_misspelt_field_of_a_field_fails_at_its_line(self):
        self.does_not_compile("<p>\n\n\n{{ friend.naem }}</p>", 4, "no member named .naem")

    def test_misspelt_field_in_a_loop_in_an_if_fails_at_its_line(self):
        self.does_not_compile("{% if is_on %}\n{% for p in others %}\n<p>\n{{ p.age }}</p>\n{% endfor %}{% endif %}", 4,
                              "no member named .age")

    def test_misspelt_field_in_a_condition_fails_at_its_line(self):
        self.does_not_compile("<p>\n{% if\n frend %}x{% endif %}</p>", 3, "no member named .frend")

    def test_array_without_its_count_fails(self):
        self.does_not_compile("{% for p in person %}x{% endfor %}", 1, "no member named .n_person")

    def test_struct_is_no_text(self):
        self.does_not_compile("\n{{ person }}", 2, "_Generic.*not compatible")

    def test_double_needs_a_filter(self):
        self.does_not_compile("\n{{ rate }}", 2, "_Generic.*not compatible")

    def test_bool_is_no_text(self):
        self.does_not_compile("{{ is_on }}", 1, "_Generic.*not compatible")

    def test_markup_in_an_attribute_fails(self):
        self.does_not_compile('<p>\n<b class="{{ ready }}">x</b></p>', 2, "_Generic.*not compatible")

    def test_markup_in_a_title_fails(self):
        self.does_not_compile("<title>\n{{ ready }}</title>", 2, "_Generic.*not compatible")

    def test_number_at_the_start_of_an_address_fails(self):
        self.does_not_compile('<a href="{{ number }}">x</a>', 1, "_Generic.*not compatible")

    def test_unknown_filter_fails(self):
        self.does_not_compile("\n{{ title|thrice }}", 2, "filter_thrice")

    def test_text_compared_with_a_number_fails(self):
        self.does_not_compile("\n{% if title == 3 %}x{% endif %}", 2, "html_same_text.*makes pointer from integer")

    def test_value_inside_script(self):
        self.refused("<p>x</p>\n<script>var x = {{ title }};</script>", 2, "inside <script>")

    def test_value_alone_inside_script(self):
        self.refused("<script>\n{{ title }}</script>", 2, "inside <script> is unsafe")

    def test_words_inside_script(self):
        self.refused("<script>alert(1)</script>", 1, "refuses inline script")

    def test_style_element(self):
        self.refused("<style>p { color: {{ title }} }</style>", 1, "<style> has no place")

    def test_unquoted_attribute(self):
        self.refused("<p>\n<input value={{ title }}></p>", 2, "without quotes")

    def test_unquoted_attribute_after_some_letters(self):
        self.refused("<input value=a{{ title }}>", 1, "without quotes")

    def test_handler(self):
        self.refused("<b onclick=\"go('{{ title }}')\">x</b>", 1, "onclick= is refused")

    def test_handler_even_without_a_value(self):
        self.refused("\n\n<b OnClick='go()'>x</b>", 3, "onclick= is refused")

    def test_style_attribute(self):
        self.refused('<p style="color:red">x</p>', 1, "style= is refused")

    def test_htmx_code(self):
        self.refused('<p hx-vals="{{ title }}">x</p>', 1, "read as code")
        self.refused('<p hx-on:click="go()">x</p>', 1, "refused by the page's policy")

    def test_name_of_a_tag(self):
        self.refused("<{{ title }}>", 1, "name of a tag or an attribute")
        self.refused("<h{{ number }}>x</h1>", 1, "name of a tag or an attribute")

    def test_name_of_an_attribute(self):
        self.refused("<p {{ title }}>x</p>", 1, "name of a tag or an attribute")
        self.refused('<p data-{{ title }}="1">x</p>', 1, "name of a tag or an attribute")

    def test_comment(self):
        self.refused("<!-- {{ title }} -->", 1, "HTML comment")

    def test_javascript_address(self):
        self.refused('<a href="javascript:{{ title }}">x</a>', 1, "may not begin with javascript:")

    def test_scheme_made_of_a_value_and_words(self):
        self.refused('<a href="{{ title }}script:alert(1)">x</a>', 1, "comes / ? # or &")

    def test_address_begun_in_one_branch_only(self):
        self.refused('<a href="{% if is_on %}/x{% endif %}{{ title }}">x</a>', 1, "each branch must write the beginning")

    def test_filter_at_the_start_of_an_address(self):
        self.refused('<a href="{{ title|twice }}">x</a>', 1, "may not write a part of an address")

    def test_safe_filter(self):
        self.refused("{{ title|safe }}", 1, "does not exist")

    def test_branches_that_end_in_different_places(self):
        self.refused("<p>\n{% if is_on %}</p>{% endif %}", 2, "ends in")

    def test_loop_that_opens_only(self):
        self.refused("{% for p in others %}\n<li>{% endfor %}", 1, "{% for %} ends in")

    def test_tags_that_do_not_pair(self):
        self.refused("<div>\n<p>x</div>", 2, "</div> where <p> is open")

    def test_element_left_open(self):
        self.refused("<div>x", 0, "leaves <div> open")

    def test_syntax(self):
        self.refused("x\n{% if %}y{% endif %}", 2, "Expected an expression")

    def test_macro_without_types(self):
        self.refused("{% macro m(a) %}x{% endmacro %}", 1, "names its C type")

    def test_macro_inside_an_attribute(self):
        self.refused('{% macro m(a="int") %}{{ a }}{% endmacro %}\n<p class="{{ m(3) }}">x</p>', 2, "writes markup")

    def test_head_is_missing(self):
        self.refused("x", 0, "the first line must be", head="")

    def test_block_the_frame_does_not_have(self):
        self.made.write("page/frame.html", '{# view: struct small_frame from "demo.h" #}\n{% block main %}{% endblock %}')
        self.refused('{% extends "page/frame.html" %}\n\n{% block man %}x{% endblock %}', 3, "no block man")


class Right(TemplateCase):
    def test_text_is_escaped_and_markup_is_not(self):
        self.shows("<p>{{ title }}|{{ ready }}|{{ letters }}</p>",
                   "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;|<b>ok</b>|inside</p>")

    def test_numbers(self):
        self.shows("{{ number }} {{ many }} {{ low }} {{ mood }}", "-5 18446744073709551615 -9223372036854775808 2")

    def test_dot_serves_struct_and_pointer(self):
        self.shows('<b title="{{ friend.name }}">{{ person.name }} {{ person.best.name }} {{ view.person.best.age }}</b>',
                   '<b title="Bo &#34;B&#34; O&#39;Neil">Ann Mo 7</b>')

    def test_loops_over_structs_pointers_and_words(self):
        self.shows("{% for p in others %}\n{{ loop.index }}/{{ loop.length }} {{ p.name }}:{% for q in p.pets %}"
                   " {{ q.name }}{% if not loop.last %},{% endif %}{% else %} none{% endfor %}.\n{% endfor %}"
                   "{% for w in words %}{{ w }}{% if loop.first %}!{% endif %}{% endfor %}",
                   "1/2 Ann: Rex, Tom &amp; Jerry.\n2/2 Bo &#34;B&#34; O&#39;Neil: none.\na!bc")

    def test_conditions(self):
        self.shows("{% if is_on and not number %}1{% elif mood == MOOD_BUSY %}2{% else %}3{% endif %}"
                   "{% if letters == 'inside' %}4{% endif %}{% if mood in (MOOD_NONE, MOOD_CALM) %}5{% endif %}"
                   "{% if number < 0 or person.n_pets >= 9 %}6{% endif %}{% if friend and friend.name != 'x' %}7{% endif %}"
                   "{% if friend.pets is_not_there %}{% endif %}".replace("{% if friend.pets is_not_there %}{% endif %}", "")
                   + "{% if friend.pets == none %}8{% endif %}{{ 'yes' if is_on else title }}", "24678yes")

    def test_addresses(self):
        self.shows('<a href="{{ person.href }}">1</a><a href="{{ friend.href }}">2</a><a href="{{ link }}">3</a>'
                   '<a href="/x/{{ number }}?q={{ title }}&amp;b={{ friend.name|url }}#{{ letters }}">4</a>',
                   '<a href="#">1</a><a href="/people/2">2</a><a href="/a?b=1&amp;c=2">3</a>'
                   '<a href="/x/-5?q=%3Cscript%3Ealert%28%27x%27%29%3C%2Fscript%3E&amp;b=Bo%20%22B%22%20O%27Neil#inside">4</a>')

    def test_attributes_that_come_and_go(self):
        self.shows('<input{% if is_on %} required{% endif %}{% if number %} value="{{ number }}"{% endif %}>'
                   '<b class="x{% if is_on %} on{% endif %}">y</b>', '<input required value="-5"><b class="x on">y</b>')

    def test_filters(self):
        self.shows("{{ letters|twice }} {{ number|plus(7) }} {{ number|plus(person.best.age + 1) }}", "insideinside 2 3")

    def test_set_and_macros(self):
        self.shows('{% macro pet(pet="struct pet", n="int") %}<i>{{ pet.name }} {{ n }}</i>{% endmacro %}'
                   "{% set best = person.best %}{{ pet(best, best.age) }}{% for p in person.pets %}{{ pet(p, loop.index) }}{% endfor %}",
                   "<i>Mo 7</i><i>Rex 1</i><i>Tom &amp; Jerry 2</i>")

    def test_blanks_are_few(self):
        self.shows("<div>\n    {% if is_on %}\n    <p>\n        a   b\n\n    </p>\n    {% endif %}\n</div>",
                   "<div>\n<p>\na b\n</p>\n</div>")

    def test_include_and_import(self):
        self.made.write("page/bit.html", '{# macros: "demo.h" #}\n{% macro name(person="struct person") %}<b>{{ person.name }}</b>'
                                         "{% endmacro %}")
        self.made.write("page/piece.html", '{# view: struct demo_view from "demo.h" #}\n[{{ letters }}]')
        self.made.write("demo.html", HEAD + '{% import "page/bit.html" as bit %}{{ bit.name(friend) }}{% include "page/piece.html" %}'
                                            "{{ bit.name(person) }}")
        self.assertEqual(self.made.translate("page/bit.html").stderr, "")
        self.assertEqual(self.made.translate("demo.html").stderr, "")
        self.assertEqual(self.made.run(MAIN.replace("RENDER", "demo_render(&out, &view)"), "demo", "bit"),
                         "<b>Bo &#34;B&#34; O&#39;Neil</b>[inside]<b>Ann</b>")

    def test_extends_and_one_block_alone(self):
        self.made.write("page/frame.html", '{# view: struct small_frame from "demo.h" #}\n<title>{{ title }}</title>'
                                           "<main>{% block main %}nothing{% endblock %}</main>{% block beside %}aside{% endblock %}")
        self.made.write("demo.html", HEAD + '{% extends "page/frame.html" %}\n{% block main %}<p>{{ letters }}</p>'
                                            "{% block inner %}<i>{{ number }}</i>{% endblock %}{% endblock %}")
        self.assertEqual(self.made.translate("page/frame.html").stderr, "")
        self.assertEqual(self.made.translate("demo.html").stderr, "")
        whole = self.made.run(MAIN.replace("RENDER", "demo_render(&out, &view)"), "demo", "frame")
        self.assertEqual(whole, "<title>T &lt;1&gt;</title><main><p>inside</p><i>-5</i></main>aside")
        inner = self.made.run(MAIN.replace("RENDER", "demo_block_inner(&out, &view)"), "demo", "frame")
        self.assertEqual(inner, "<i>-5</i>")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
