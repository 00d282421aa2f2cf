#!/usr/bin/env python3
"""The registry lists what is there, and refuses what is there twice."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parent / "registry"


def feature(name, action, pattern="/x", setting="x", alias=None):
    return f'''static const struct action {name}_add = {{
    .name = "{action}", {f'.alias = "{alias}",' if alias else ""}
    .summary = "Add {{one}}",      /* .name = "not.this" */
}};
static const struct page_route pages[] = {{
    {{"{pattern}", PAGE_CACHED, show}},
    {{NULL}},
}};
static const struct setting_row settings[] = {{
    {{.name = "{setting}", .help = "x"}},
    {{NULL}},
}};
const struct feature feature_{name} = {{.name = "{name}"}};
'''


class Registry(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)

    def write(self, path, text):
        path = self.root / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run_tool(self, what):
        paths = sorted(str(path) for path in self.root.rglob("*_feature.c" if what == "features" else "*_source.c"))
        return subprocess.run([sys.executable, TOOL, what, str(self.root / "out.c"), *paths], capture_output=True, text=True)

    def test_lists_features_by_folder(self):
        self.write("feature/people/people_feature.c", feature("people", "person.add", "/people", "people.a"))
        self.write("feature/week/week_feature.c", feature("week", "week.add", "/week", "week.a"))
        done = self.run_tool("features")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        text = (self.root / "out.c").read_text()
        self.assertLess(text.index("&feature_people,"), text.index("&feature_week,"))
        self.assertIn("n_registry_features = 2;", text)

    def assert_refused(self, *words):
        done = self.run_tool("features")
        self.assertEqual(done.returncode, 1, done.stdout)
        for word in words:
            self.assertIn(word, done.stderr)

    def test_refuses_an_action_that_is_there_twice_in_another_file(self):
        self.write("feature/people/people_feature.c", feature("people", "person.add", "/people", "people.a"))
        self.write("feature/week/week_feature.c", "const struct feature feature_week = {.name = \"week\"};")
        self.write("feature/week/week.c", 'const struct action week_add = {.name = "person.add"};')
        self.assert_refused("person.add", "people_feature.c", "week.c")

    def test_refuses_a_page_that_is_there_twice(self):
        self.write("feature/a/a_feature.c", feature("a", "a.add", "/people", "a"))
        self.write("feature/b/b_feature.c", feature("b", "b.add", "/people", "b"))
        self.assert_refused("page /people", "a_feature.c", "b_feature.c")

    def test_refuses_a_setting_that_is_there_twice(self):
        self.write("feature/a/a_feature.c", feature("a", "a.add", "/a", "theme"))
        self.write("feature/b/b_feature.c", feature("b", "b.add", "/b", "theme"))
        self.assert_refused("setting theme")

    def test_refuses_an_alias_that_is_there_twice(self):
        self.write("feature/a/a_feature.c", feature("a", "a.add", "/a", "a", "today"))
        self.write("feature/b/b_feature.c", feature("b", "b.add", "/b", "b", "today"))
        self.assert_refused("alias today")

    def test_refuses_a_file_without_its_descriptor(self):
        self.write("feature/a/a_feature.c", feature("other", "a.add"))
        self.assert_refused("a_feature.c", "feature_a")

    def test_lists_sources_and_refuses_a_name_twice(self):
        self.write("import/vcard_source.c", 'const struct import_source source_vcard = {.name = "vcard"};')
        self.write("import/google_source.c", 'const struct import_source source_google = {.name = "google"};')
        done = self.run_tool("sources")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("&source_vcard,", (self.root / "out.c").read_text())
        self.write("import/card_source.c", 'const struct import_source source_card = {.name = "vcard"};')
        done = self.run_tool("sources")
        self.assertEqual(done.returncode, 1)
        self.assertIn("source vcard", done.stderr)


unittest.main()
