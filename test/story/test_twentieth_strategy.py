"""A twentieth strategy is one folder: the tree is copied, the folder added, the program built, and the strategy is everywhere."""
import itertools
import json
import os
import pathlib
import shutil
import subprocess

import pytest

from conftest import BUILD, ROOT, Program

ID = "journal_club"
FEATURE = """/* The journal club feature: one paper a month, read with others. */
#include "model/outlook.h"
#include "page/feature.h"
#include "page/strategy_part.h"

static void overall(const struct outlook *outlook, struct suggestions *out)
{
    struct suggestion *one = suggest(out, outlook, "journal_club.join", NULL);
    if (one != NULL) {
        suggestion_term(one, "journal_club_near", 1, 0, "your school");
    }
}

static const struct strategy strategy = {
    .id = "journal_club", .overall = overall, .href = "/strategies/journal_club"};

static bool show(struct page *page, GError **error)
{
    return page_strategy_plain(page, "journal_club", "Read one paper a month with others.", error);
}

static const struct page_route pages[] = {{"/strategies/journal_club", PAGE_CACHED, show}, {0}};

const struct feature feature_journal_club = {
    .name = "journal_club", .pages = pages, .strategy = &strategy};
"""
ROWS = {
    "strategies": {"id": ID, "name": "Journal clubs", "about": "one paper a month, read together",
                   "activities": "Join a journal club, present a paper", "benefits": "You are heard each month",
                   "challenges": "Takes an evening", "outcomes": "papers|talks", "target": "One paper a month", "cadence": "Monthly",
                   "cadence_days:int": "30", "cost_kind": "time", "hours:num": "1", "evidence": "known", "source": "made up for a test"},
    "suggestions": {"id": f"{ID}.join", "strategy": ID, "act": "Open", "before": "Join a journal club of the specialty",
                    "why": "Whoever presents a paper is remembered.", "minutes:int": "45", "points:int": "70", "is_message:bool": "no",
                    "is_ask:bool": "no", "whom": "any", "rest_days:int": "30", "per_week:int": "1", "place": f"/strategies/{ID}",
                    "outcome": "done", "evidence": "known", "source": "made up for a test"},
    "value_terms": {"id": f"{ID}_near", "points:int": "40", "words": "one meets at {word}", "evidence": "known",
                    "source": "made up for a test"},
}
LEFT_OUT = shutil.ignore_patterns("build", "build*", ".git", "node_modules", "__pycache__", "var")
OPTIONS = ("buildtype", "werror")


def options():
    """What the program under test was built with, so that the compiler's cache knows the files."""
    said = subprocess.run(["meson", "introspect", "--buildoptions", BUILD], capture_output=True, text=True,
                          env=system_path())
    return {} if said.returncode else {one["name"]: one["value"] for one in json.loads(said.stdout)}


def system_path():
    """Debian's python3 comes first: it has what the build's tools need."""
    return dict(os.environ, PATH=f"/usr/bin:{os.environ['PATH']}")


def compiler():
    """The compiler of the program under test, by the same name."""
    first = json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8"))[0]["command"].split()
    return " ".join(itertools.takewhile(lambda word: not word.startswith("-"), first))


def add_folder(tree):
    """The one folder: a descriptor and its rows, under the columns of the tables in data/."""
    folder = tree / "src/feature" / ID
    (folder / "data").mkdir(parents=True)
    (folder / f"{ID}_feature.c").write_text(FEATURE, encoding="utf-8")
    for table, row in ROWS.items():
        lines = (ROOT / "data" / f"{table}.tsv").read_text(encoding="utf-8").splitlines()
        head = next(line for line in lines if line and not line.startswith("#"))
        columns = head.split("\t")
        assert set(row) <= set(columns)
        cells = "\t".join(row.get(column, "") for column in columns)
        (folder / "data" / f"{table}.tsv").write_text(f"{head}\n{cells}\n", encoding="utf-8")
    return folder


def files(tree):
    return {path.relative_to(tree) for path in tree.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def twentieth(tmp_path_factory):
    """The program with one folder more."""
    chosen = options()
    if not chosen or chosen.get("b_sanitize", "none") not in ("none", []):
        pytest.skip("the plain build shows it")
    above = tmp_path_factory.mktemp("twentieth")
    tree = above / ROOT.name
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    before = files(tree)
    folder = add_folder(tree)
    assert {tree / path for path in files(tree) - before} == set(folder.rglob("*.*")) - {folder / "data"}
    if (ROOT / "node_modules").exists():
        (tree / "node_modules").symlink_to(ROOT / "node_modules")
    build = pathlib.Path(os.path.normpath(tree / os.path.relpath(BUILD, ROOT)))     # as far from the tree as the other
    if above not in build.parents:
        build = tree / "build"
    build.parent.mkdir(parents=True, exist_ok=True)
    env = dict(system_path(), CC=compiler())
    for words in (["meson", "setup", build, tree, "-Dtests=disabled", *(f"-D{name}={str(chosen[name]).lower()}" for name in OPTIONS)],
                  ["ninja", "-C", build, "ligature"]):
        if words[0] == "ninja" and (BUILD / "npm").exists():
            shutil.copytree(BUILD / "npm", build / "npm", symlinks=True)
        done = subprocess.run(words, capture_output=True, text=True, env=env, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return build / "ligature"


def test_it_is_listed_suggested_and_has_its_page(twentieth, tmp_path):
    program = Program(twentieth, tmp_path / "data")
    program.json("goal", "set", "--specialties", "internal_medicine", "--cycle", "2027", "--hours-week", "6")
    listed = program.json("strategy", "list")
    assert listed["total"] == 20
    assert [one["name"] for one in listed["strategies"]][-1] == "Journal clubs"
    mine = [one for one in program.json("suggestion", "list", "--strategy", ID)["suggestions"]]
    assert [one["title"] for one in mine] == ["Join a journal club of the specialty"]
    assert mine[0]["why"].startswith("Whoever presents a paper is remembered. One meets at your school")
    server = program.serve()
    table = server.get("/strategies").text
    assert "Twenty ways to build a network" in table and "All twenty" in table
    assert f'<a href="/strategies/{ID}">Journal clubs</a>' in table
    page = server.get(f"/strategies/{ID}").text
    assert "Read one paper a month with others." in page and "Join a journal club of the specialty" in page
    assert "Takes an evening." in page
    assert server.stop() == 0
