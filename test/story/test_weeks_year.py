"""What holds for every week of the four doctors, on each day of a year, and after whatever they agree to, refuse and take back."""
import csv
import datetime
import pathlib
import random
import re

import pytest

from test_weeks import fill
from weeks_books import BOOKS

ROOT = pathlib.Path(__file__).resolve().parents[2]
OFFICE = re.compile(r"program (director|coordinator|administrator)|residency (program )?(coordinator|director)|fellowship director", re.I)
WARD = re.compile(r"attending|hospitalist|resident|fellow|professor|faculty", re.I)
CIRCLE = {"mentor", "family", "friend", "teacher", "supervisor", "classmate", "colleague"}


def rows(name):
    """Rows of a table in data/ with those of the features."""
    found = {}
    for path in [ROOT / "data" / f"{name}.tsv", *sorted(ROOT.glob(f"src/feature/*/data/{name}.tsv"))]:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["id"]] = {key.partition(":")[0]: value for key, value in row.items()}
    return found


KINDS = rows("suggestions")
LIMITS = {key: int(row["amount"]) for key, row in rows("week_limits").items()}


def kind_of(step):
    return KINDS.get((step["key"] or "").partition("/")[0])


def is_thanks(kind):
    return kind["id"].partition(".")[2].startswith("thank")


def is_sentence(title):
    return title[0].isupper() and "  " not in title and not re.search(r"[{}]|\(null\)| [.,]|^\s|\s$", title)


def check(program, people):
    """One week, as it stands today. people: id -> (headline, org, tags, may be written to), and names and quiet times."""
    week = program.json("week", "show")
    today, quiets = program.now[:10], people["quiet"]
    open_steps = [step for step in week["steps"] if step["state"] in ("proposed", "open")]
    new = [step for step in open_steps if step["state"] == "proposed"]
    keys = [step["key"] for step in week["steps"] if step["key"]]
    assert len(keys) == len(set(keys))
    if new:
        assert week["minutes_planned"] + week["minutes_used"] <= week["minutes"]
        assert week["cents_planned"] + week["cents_used"] <= week["cents"]
        assert week["messages"] <= week["messages_max"]
    departments, families, kinds, messages = {}, {}, {}, {}
    for step in new:
        kind, person = kind_of(step), people.get(step["person_id"])
        assert is_sentence(step["title"]) and step["why"].endswith((".", "?")) and not re.search(r"[{}]|\.\.|\. and ", step["why"]), step
        assert today <= step["day"] <= (datetime.date.fromisoformat(week["monday"]) + datetime.timedelta(days=6)).isoformat()
        assert step["points"] > 0
        families[step["strategy"]] = families.get(step["strategy"], 0) + 1
        kinds[kind["id"]] = kinds.get(kind["id"], 0) + 1
        assert not int(kind["per_week"]) or kinds[kind["id"]] <= int(kind["per_week"])
        if step["person_id"] is None:
            continue
        headline, org, tags, may_write = person
        assert may_write and person_words(step, people) in step["title"]
        if kind["is_message"] == "no":
            continue
        if not is_thanks(kind):
            messages[step["person_id"]] = messages.get(step["person_id"], 0) + 1
            departments[org] = departments.get(org, 0) + (org is not None)
        on = {quiet["id"].partition("_before")[0].partition("_after")[0] for quiet in quiets if quiet["from"] <= step["day"] <= quiet["until"]}
        is_stranger = not CIRCLE & set(tags)
        if kind["whom"] != "peer":
            assert not (OFFICE.search(headline or "") and on & {"match_week", "turnover", "review"}), (today, step)
            assert not (kind["is_ask"] == "yes" and is_stranger and WARD.search(headline or "") and on & {"match_week", "turnover"}), (today, step)
        assert not (kind["whom"] == "faculty" and on & {"match_week", "turnover"}), (today, step)
    assert all(n <= LIMITS["family"] for n in families.values()) or any(step["state"] != "proposed" for step in week["steps"])
    assert all(n <= LIMITS["department"] for n in departments.values()), (today, departments)
    assert all(n == 1 for n in messages.values()), (today, messages)
    thanks = {step["person_id"]: step["day"] for step in new if step["person_id"] and is_thanks(kind_of(step))}
    for step in new:
        if step["person_id"] in thanks and kind_of(step)["is_ask"] == "yes":
            assert step["day"] >= thanks[step["person_id"]], (today, step)
    return week


def person_words(step, people):
    return people["names"][step["person_id"]]


def crowd(program):
    found = {"names": {}, "quiet": program.json("season", "show")["quiet"]}
    for one in program.json("person", "list", "--limit", "500")["people"]:
        found[one["id"]] = (one["headline"], one["org"], one["tags"], not one["do_not_contact"])
        found["names"][one["id"]] = one["name"]
    return found


def day_after(book, n):
    day = datetime.date.fromisoformat(book.now[:10]) + datetime.timedelta(days=n)
    return day.isoformat() + book.now[10:]


@pytest.mark.parametrize("name", BOOKS)
def test_each_day_of_a_year_the_week_keeps_its_rules(program, tmp_path, name):
    """Every day on a SQLite store, every week on a server: the planner is the same, the way there is longer."""
    book = BOOKS[name]
    fill(program, tmp_path, book)
    people = crowd(program)
    for n in range(0, 365, 7 if program.database else 1):
        program.now = day_after(book, n)
        check(program, people)


def said(week):
    """Points may differ by one: the ties of a new day are reckoned at the first change of that day."""
    return [{key: value for key, value in step.items() if key not in ("points", "terms")} for step in week["steps"]]


def act(program, what, chance, week, refused):
    """What somebody might do with a week; what is refused for good is noted."""
    best = program.json("suggestion", "list", "--limit", "20")["suggestions"]
    one = chance.choice([one for one in best if one["person_id"]] or best)
    if one["person_id"] is None and what in ("person", "write"):
        return                                          # nobody is left
    if what == "undo" and week["accepted_at"] is None:
        before = said(week)
        done = program.json("week", "accept")
        assert program.json("week", "show")["accepted_at"] is not None
        program.json("change", "undo", done["change_id"])
        assert said(program.json("week", "show")) == before
    elif what == "accept":
        program.json("week", "accept")
    elif what in ("person", "kind", "step"):
        target = {"person": one["person_id"], "kind": one["kind"], "step": one["key"]}[what]
        program.json("suggestion", "refuse", "--scope", what, "--target", target)
        refused.add(target)
    elif what == "write":
        program.json("touch", "add", "--person", one["person_id"], "--kind", "mail", "--direction", chance.choice(["out", "in"]))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_refused_for_good_never_comes_again_and_undoing_brings_a_week_back(program, tmp_path, seed):
    chance = random.Random(seed)
    book = list(BOOKS.values())[seed]
    fill(program, tmp_path, book)
    refused, acts = set(), ["person", "kind", "step", "write", "undo", "accept"] * 2
    chance.shuffle(acts)
    for turn, what in enumerate(["undo", *acts]):
        program.now = day_after(book, turn * 3)
        week = check(program, crowd(program))
        act(program, what, chance, week, refused)
        program.now = program.now[:17] + "30Z"
        for one in program.json("suggestion", "list", "--limit", "500")["suggestions"]:
            assert not {one["key"], one["kind"], one["person_id"]} & refused
    assert len(refused) >= 5
