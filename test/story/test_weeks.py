"""Four doctors and their weeks: whom to write to, why, and in which order, kept as text in weeks/ and read by eye before it was kept.
LIGATURE_KEEP=1 writes the texts anew; read them before they go in."""
import os
import pathlib
import re

import pytest

from weeks_books import BOOKS

KEPT = pathlib.Path(__file__).parent / "weeks"
ID = re.compile(r"\b[0-9a-hjkmnp-tv-z]{13}\b|(?<=own_)\d+")


def later(now, seconds):
    """The same day some seconds on: people brought in later have later ids, in every run."""
    return now[:17] + f"{seconds:02d}Z" if seconds < 60 else now[:14] + f"{seconds // 60:02d}:{seconds % 60:02d}Z"


def people_of(program):
    """Name -> id. A name that stands there twice was not recognised across the files: the book is wrong."""
    people = program.json("person", "list", "--limit", "500")["people"]
    found = {without_title(person["name"]): person["id"] for person in people}
    assert len(found) == len(people)
    return found


def without_title(name):
    return name.removeprefix("Dr. ").removeprefix("Prof. ")


def fill(program, tmp_path, book):
    """Goal, files, touches and the rest, as the doctor would enter them."""
    at = 0
    program.now = book.now
    program.json("goal", "set", *[word for key, value in book.goal.items() for word in (f"--{key.replace('_', '-')}", value)])
    for name, data in book.files.items():
        at += 1
        program.now = later(book.now, at)
        (tmp_path / name).write_bytes(data)
        program.json("import", "apply", str(tmp_path / name))
    people = people_of(program)
    for day, name, kind, way, note in book.touches:
        program.json("touch", "add", "--person", people[without_title(name)], "--kind", kind, "--on", day, "--direction", way,
                     *(["--note", note] if note else []))
    for words in book.then:
        program.json(*[people[without_title(word[1:])] if word.startswith("@") else word for word in words])
    program.now = book.now
    return people


def told(program):
    """What the doctor reads: the week, what else was suggested, the year."""
    parts = []
    for title, words in (("The week", ("week", "show")), ("Suggested, best first", ("suggestion", "list", "--limit", "40")),
                         ("The year", ("season", "show"))):
        done = program.run(*words)
        assert done.returncode == 0, done.stderr
        parts.append(f"==== {title} ====\n\n{ID.sub('<id>', done.stdout).rstrip()}\n")
    return "\n".join(parts)


def same(name, text):
    kept = KEPT / f"{name}.txt"
    if os.environ.get("LIGATURE_KEEP"):
        kept.write_text(text, encoding="utf-8")
    assert text.splitlines() == kept.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", BOOKS)
def test_the_week_is_what_was_read_by_eye(program, tmp_path, name):
    book = BOOKS[name]
    fill(program, tmp_path, book)
    same(name, told(program))
    if book.later:
        name, program.now, before = book.later
        for words in before:
            program.json(*words)
        same(name, told(program))
