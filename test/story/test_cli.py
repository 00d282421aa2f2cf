"""The command line as promised: one JSON document, the members it has, the exit status, the streams. On every engine."""
import json
import subprocess

import pytest

CARDS = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\n{lines}END:VCARD\r\n" for lines in (
    "FN:Amina Hassan\r\nEMAIL:amina@northquay.example\r\nTEL:+1 419 555 0100\r\nORG:Northquay General\r\nTITLE:Chief resident\r\n",
    "FN:Mateo Reyes\r\nTEL:+1 614 555 0144\r\n",
    "FN:Lucía Quispe\r\nTEL:+1 614 555 0144\r\n",
    "NOTE:nobody\r\n"))
ABSENT = "0cn5yhjfyfwm2"                 # an id that nobody has
PERSON = {"id", "name", "headline", "org", "emails", "phones", "tie", "last_touch", "due"}


@pytest.fixture
def cards(tmp_path):
    path = tmp_path / "phone.vcf"
    path.write_text(CARDS, newline="")
    return path


@pytest.fixture
def full(program, cards):
    program.json("import", "apply", cards)
    return program


def person_of(program, query):
    return program.json("person", "list", "--query", query)["people"][0]


def is_list(answer, plural):
    assert set(answer) >= {plural, "total", "next"}
    assert isinstance(answer[plural], list)
    return answer[plural]


# ---- what each command answers ----

@pytest.mark.parametrize("verb", ["preview", "apply"])
def test_import_counts_add_up_and_each_refusal_has_file_line_and_reason(program, cards, verb):
    got = program.json("import", verb, cards)
    assert set(got) >= {"import_id", "source", "read", "added", "updated", "unchanged", "refused"}
    assert (got["source"], got["read"], got["added"], got["updated"], got["unchanged"]) == ("vcard", 4, 3, 0, 0)
    assert [(set(one), one["file"], one["line"]) for one in got["refused"]] == [({"file", "line", "reason"}, "phone.vcf", 19)]
    assert got["read"] == got["added"] + got["updated"] + got["unchanged"] + len(got["refused"])
    assert program.json("person", "list")["total"] == (3 if verb == "apply" else 0)


def test_import_list_and_undo(full):
    one = is_list(full.json("import", "list"), "imports")[0]
    full.json("import", "undo", one["import_id"])
    assert full.json("person", "list")["total"] == 0


def test_person_list(full):
    got = full.json("person", "list", "--query", "hassan", "--sort", "name", "--limit", "5")
    person = is_list(got, "people")[0]
    assert set(person) >= PERSON
    assert (got["total"], got["next"], person["name"], person["org"]) == (1, None, "Amina Hassan", "Northquay General")
    assert (person["emails"], person["phones"], person["last_touch"]) == (["amina@northquay.example"], ["+1 419 555 0100"], None)
    first = full.json("person", "list", "--sort", "name", "--limit", "2")
    rest = full.json("person", "list", "--sort", "name", "--limit", "2", "--after", first["next"])
    assert [one["name"] for one in first["people"] + rest["people"]] == ["Amina Hassan", "Lucía Quispe", "Mateo Reyes"]
    assert rest["next"] is None
    assert full.json("person", "list", "--where", "tie>0.4")["total"] == 0


def test_person_show_has_facts_with_source_touches_and_steps(full):
    person = person_of(full, "hassan")["id"]
    full.json("touch", "add", "--person", person, "--kind", "call", "--on", "2026-07-20", "--note", "About the letter")
    full.json("step", "add", "--person", person, "--title", "Send my CV", "--due", "2026-07-23")
    got = full.json("person", "show", person)
    assert set(got) >= PERSON | {"facts", "touches", "steps"}
    assert all(set(fact) >= {"kind", "value", "source", "seen_at"} for fact in got["facts"])
    assert [(fact["value"], fact["source"]) for fact in got["facts"] if fact["kind"] == "email"] == [
        ("amina@northquay.example", "phone.vcf")]
    assert [(touch["kind"], touch["on"], touch["note"]) for touch in got["touches"]] == [("call", "2026-07-20", "About the letter")]
    assert [(step["title"], step["due"]) for step in got["steps"]] == [("Send my CV", "2026-07-23")]
    assert got["last_touch"] == "2026-07-20"


def test_person_add_edit_remove_restore(program):
    person = program.json("person", "add", "--name", "Kavya Rao")["id"]
    program.json("person", "edit", person, "--name", "Dr. Kavya Rao")
    assert program.json("person", "show", person)["name"] == "Dr. Kavya Rao"
    program.json("person", "remove", person)
    assert program.json("person", "list")["total"] == 0
    program.json("person", "restore", person)
    assert program.json("person", "list")["total"] == 1


def test_a_person_is_added_by_bare_words(program):
    quoted = program.json("person", "add", "Kavya Rao", "--email", "kavya@northquay.example")["id"]
    program.json("person", "add", "Omar", "Ali")
    program.json("person", "add", "--name", "Wei Chen")
    assert sorted(one["name"] for one in program.json("person", "list")["people"]) == ["Kavya Rao", "Omar Ali", "Wei Chen"]
    assert program.json("person", "show", quoted)["emails"] == ["kavya@northquay.example"]
    assert "person add [NAME]" in program.run("person", "add", "--help").stdout


def test_the_list_for_a_terminal_says_who_where_and_when(full):
    person = person_of(full, "hassan")["id"]
    full.json("person", "edit", person, "--place", "Toledo, Ohio")
    full.json("touch", "add", "--person", person, "--kind", "call", "--on", "2026-07-20")
    full.json("cadence", "set", "--person", person, "--every", "90d")
    full.json("person", "add", "Олена Коваль")
    lines = full.run("person", "list").stdout.splitlines()
    assert lines[0].split() == ["name", "where", "last", "touch", "next", "due", "id"]
    row = next(line for line in lines if line.startswith("Amina Hassan"))
    assert [cell.strip() for cell in row.split("  ") if cell.strip()] == [
        "Amina Hassan", "Northquay General, Toledo, Ohio", "2026-07-20", "2026-10-18", person]
    assert any(line.startswith("Olena Koval") and "(Олена Коваль)" in line for line in lines)
    assert "More: --after" in full.run("person", "list", "--limit", "2").stdout


def test_person_duplicates_merge_unmerge(full):
    pair = is_list(full.json("person", "duplicates"), "duplicates")[0]
    merged = full.json("person", "merge", pair["a"]["id"], pair["b"]["id"])
    assert full.json("person", "list")["total"] == 2
    assert full.json("person", "duplicates")["total"] == 0
    full.json("person", "unmerge", merged["merge_id"])
    assert full.json("person", "list")["total"] == 3
    assert full.json("person", "duplicates")["total"] == 1


def test_touch_cadence_step_and_today(full):
    person = person_of(full, "hassan")["id"]
    full.json("touch", "add", "--person", person, "--kind", "call", "--on", "2026-04-20")
    assert [one["person_id"] for one in is_list(full.json("touch", "list"), "touches")] == [person]
    full.json("cadence", "set", "--person", person, "--every", "90d")
    assert person_of(full, "hassan")["due"] == "2026-07-19"
    assert [one["person_id"] for one in full.json("today")["overdue"]] == [person]
    step = full.json("step", "add", "--person", person, "--title", "Send my CV", "--due", "2026-07-21")["id"]
    assert [one["id"] for one in is_list(full.json("step", "list"), "steps")] == [step]
    today = full.json("today")
    assert [one["step_id"] for one in today["due"]] == [step]       # the step is what to do; no reminder beside it
    assert today["overdue"] == []
    full.json("step", "snooze", step, "--until", "2026-08-01")
    assert full.json("today")["due"] == []
    full.json("step", "done", step)
    assert full.json("step", "list")["total"] == 0


def test_search(full):
    found = full.json("search", "quispe")
    assert [one["name"] for one in is_list(found, "people")] == ["Lucía Quispe"]


@pytest.mark.parametrize("kind, begins", [("json", "{"), ("vcard3", "BEGIN:VCARD\r\nVERSION:3.0"),
                                          ("vcard4", "BEGIN:VCARD\r\nVERSION:4.0"), ("csv", "")])
def test_export_to_a_file(full, tmp_path, kind, begins):
    target = tmp_path / "out"
    full.json("export", "--format", kind, "--to", target)
    text = target.read_bytes().decode("utf-8-sig")
    assert text.startswith(begins) and "Amina" in text and "Quispe" in text


def test_backup_verify_restore_drill(full, tmp_path):
    backup = tmp_path / "ligature.backup"
    full.json("backup", "create", backup)
    full.json("backup", "verify", backup)
    full.json("backup", "drill", backup)
    full.json("verify")
    if full.database is not None:
        return                                      # restoring into another database is test_store.py's
    other = [full.binary, "--data", str(tmp_path / "other"), "--now", full.now, "--json"]
    subprocess.run([*other, "backup", "restore", str(backup)], check=True, capture_output=True)
    listed = subprocess.run([*other, "person", "list"], check=True, capture_output=True, text=True)
    assert json.loads(listed.stdout)["total"] == 3


# ---- status, streams and errors ----

@pytest.mark.parametrize("words, status, code", [
    (["person", "show", ABSENT], 1, "person.not_found"),
    (["person", "list", "--where", "tie>"], 1, None),
    (["import", "apply", "/nowhere/at-all.vcf"], 1, None),
    (["touch", "add", "--person", ABSENT, "--kind", "call", "--on", "2026-07-20"], 1, None),
    (["touch", "add", "--kind", "call"], 2, "usage.missing"),
    (["person", "lisst"], 2, "usage.unknown_command"),
    (["person", "list", "--querry", "x"], 2, None),
])
def test_errors_are_one_document(program, words, status, code):
    error = program.json(*words, status=status)
    assert set(error) == {"error"}
    assert set(error["error"]) == {"code", "message", "details"}
    assert code is None or error["error"]["code"] == code
    assert error["error"]["message"].endswith((".", "?")) and isinstance(error["error"]["details"], list)
    plain = program.run(*words)
    assert (plain.returncode, plain.stdout) == (status, "")
    assert error["error"]["message"].split("\n")[0] in plain.stderr.replace("\n", " ")


def test_our_own_failure_is_3(program, tmp_path):
    if program.database is not None:
        pytest.skip("the damage is to a SQLite file")
    program.json("person", "add", "--name", "Kavya Rao")
    with open(tmp_path / "data" / "ligature.db", "r+b") as store:
        store.seek(4096)
        store.write(b"\xa5" * 4096 * 20)
    error = program.json("person", "list", status=3)["error"]
    assert set(error) == {"code", "message", "details"}
    assert error["code"] == "store.damaged"


def test_an_unknown_file_is_refused_and_nothing_changes(program, tmp_path):
    odd = tmp_path / "odd.xlsx"
    odd.write_bytes(b"PK\x03\x04 not really")
    error = program.json("import", "apply", odd, status=1)["error"]
    assert error["code"].startswith("import.") or error["code"].startswith("archive.")
    assert program.json("person", "list")["total"] == 0


def test_words_for_people_go_to_standard_error_and_json_stands_alone(program, cards):
    done = program.run("--json", "import", "apply", cards)
    assert json.loads(done.stdout)["added"] == 3
    done = program.run("person", "list", "--json")
    assert json.loads(done.stdout)["total"] == 3
    plain = program.run("person", "list")
    assert plain.returncode == 0 and "Amina" in plain.stdout


def test_every_command_has_help_without_a_store(program, tmp_path):
    listed = program.run("help").stdout
    commands = [line.split("  ")[1] for line in listed.splitlines() if line.startswith("  ") and line[2] != " "
                and not line.startswith("  -") and not line.startswith("  ligature")]
    assert {"person list", "import apply", "touch add", "cadence set", "step snooze", "today", "search", "export", "backup drill",
            "verify", "mcp", "serve", "demo"} <= set(commands)
    for command in commands:
        done = program.run(*command.split(), "--help")
        assert (done.returncode, done.stderr) == (0, ""), command
        assert done.stdout.startswith(f"ligature {command}"), command
        for option in ("--data", "--database", "--account", "--now", "--json", "--help"):
            assert option in done.stdout, command
    assert not (tmp_path / "data" / "ligature.db").exists()
    assert program.run("--version").stdout.strip()


def test_account_says_whose(full):
    first = full.json("account", "list")["accounts"][0]["name"]
    full.json("account", "add", "amara")
    assert full.json("person", "list", status=1)["error"]["code"] == "account.choose"
    assert full.json("--account", "amara", "person", "list")["total"] == 0
    assert full.json("--account", first, "person", "list")["total"] == 3
    person = full.json("--account", first, "person", "list")["people"][0]["id"]
    other = full.json("--account", "amara", "person", "show", person, status=1)
    absent = full.json("--account", "amara", "person", "show", ABSENT, status=1)
    assert other == absent
    full.json("--account", "nobody", "person", "list", status=1)


def test_now_is_the_day(full):
    person = person_of(full, "hassan")["id"]
    full.json("step", "add", "--person", person, "--title", "Send my CV", "--due", "2026-07-25")
    assert full.json("today")["day"] == "2026-07-21"
    assert full.json("today")["due"] == []
    full.now = "2026-07-25T09:00:00Z"
    assert [one["title"] for one in full.json("today")["due"]] == ["Send my CV"]
    bad = full.run("--now", "soon", "today")
    assert bad.returncode == 2
