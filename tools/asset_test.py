#!/usr/bin/env python3
"""What goes into the binary is what was pinned, and its address changes with its content."""
import gzip
import pathlib
import re
import subprocess
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parent / "asset"


def asset(*arguments):
    return subprocess.run(["/usr/bin/python3", TOOL, *arguments], capture_output=True, text=True, check=False)


class Embedded(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def embed(self, content):
        sheet = self.folder / "look.css"
        sheet.write_bytes(content)
        done = asset("embed", "--header", self.folder / "asset_list.h", "--source", self.folder / "asset_list.c", sheet)
        self.assertEqual(done.stderr, "")
        header = (self.folder / "asset_list.h").read_text()
        return re.search(r'#define ASSET_LOOK_CSS "(/a/[0-9a-f]{12}/look\.css)"', header).group(1)

    def test_address_follows_the_content(self):
        one, other = self.embed(b"a{}" * 100), self.embed(b"b{}" * 100)
        self.assertNotEqual(one, other)
        self.assertEqual(self.embed(b"a{}" * 100), one)

    def test_bytes_and_their_gzip_are_the_file(self):
        content = bytes(range(256)) + b"x" * 2000
        self.embed(content)
        source = (self.folder / "asset_list.c").read_text()
        def bytes_of(name):
            numbers = re.search(name + r"\[\] = \{(.*?)\};", source, re.S).group(1)
            return bytes(int(number) for number in re.findall(r"\d+", numbers))
        self.assertEqual(bytes_of("look_css_body"), content)
        self.assertEqual(gzip.decompress(bytes_of("look_css_gzip")), content)

    def test_what_compresses_badly_has_no_gzip(self):
        self.embed(bytes(range(256)))
        self.assertNotIn("look_css_gzip", (self.folder / "asset_list.c").read_text())


class Brought(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        (self.root / "assets").mkdir()
        (self.root / "node_modules/thing").mkdir(parents=True)
        (self.root / "node_modules/thing/thing.js").write_text("one();\n")
        for name in ("package.json", "package-lock.json", "node_modules/.ligature-lock"):
            (self.root / name).write_text("{}")
        self.pin("4b2bbc3eff7f8a0ed0ad5a3f5ec6b0d0b60fc04e8aeb4a5d3e8e4b4b5e2d5c26")

    def pin(self, digest):
        (self.root / "assets/npm.txt").write_text(f"# pinned\nthing.js thing/thing.js {digest}\n")

    def bring(self):
        (self.root / "out").mkdir(exist_ok=True)
        return asset("npm", "--root", self.root, "--cache", self.root / "cache", "--out", self.root / "out")

    def test_a_file_with_another_hash_is_not_taken(self):
        done = self.bring()
        self.assertEqual(done.returncode, 1)
        self.assertIn("it is not taken", done.stderr)
        self.assertFalse((self.root / "out/thing.js").exists())

    def test_a_file_with_its_hash_is_taken(self):
        self.pin(subprocess.run(["sha256sum", self.root / "node_modules/thing/thing.js"], capture_output=True, text=True,
                                check=True).stdout.split()[0])
        done = self.bring()
        self.assertEqual(done.stderr, "")
        self.assertEqual((self.root / "out/thing.js").read_text(), "one();\n")


if __name__ == "__main__":
    unittest.main()
