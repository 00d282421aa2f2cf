"""Leaving with everything, coming back, being sure of what is there, and erasing for good; on both engines."""
import base64
import json
import os
import re
import sqlite3
import subprocess
import urllib.parse
import uuid

import pytest

from conftest import Program

JPEG = bytes([0xFF, 0xD8, 0xFF, 0xE0]) + b"\0\x10JFIF\0" + bytes(range(256)) + b"\xff\xd9"
CARDS = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:one\r\nFN:Dr. Amina Hassan\r\nN:Hassan;Amina;;Dr.;\r\n"
         "item1.EMAIL;type=INTERNET;type=pref:amina@northquay.example\r\nitem1.X-ABLabel:ward desk\r\n"
         "TEL;type=CELL:+1 419 555 0101\r\nORG:Northquay General Hospital\\, East;Hepatology\r\nTITLE:Chief resident\r\n"
         "ADR;type=WORK:;;1 Quay Street;Toledo;Ohio;43604;United States\r\nBDAY:1990-02-03\r\nCATEGORIES:mentor,ohio\r\n"
         "NOTE:Met at the alumni evening.\\nAsk about the ward\\, kindly.\r\nX-PAGER-CODE;X-WARD=7:4711\r\n"
         "PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(JPEG).decode() + "\r\nEND:VCARD\r\n"
         "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:two\r\nFN:\u041e\u043b\u0435\u043d\u0430 \u041a\u043e\u0432\u0430\u043b\u044c\u0447\u0443\u043a\r\n"
         "EMAIL:olena@cedar.example\r\nNICKNAME:Lena\r\nEND:VCARD\r\n"
         "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:three\r\nFN:=HYPERLINK(1)\r\nEMAIL:formula@mail.example\r\nORG:+1 Clinic\r\nEND:VCARD\r\n")


def sql(program, statement):
    """Rows of a statement on the program's store, by the engine's own tool."""
    if program.database:
        done = subprocess.run(["psql", "-qAtX", program.database, "-c", statement], capture_output=True, text=True, check=True)
        return [tuple(line.split("|")) for line in done.stdout.splitlines()]
    with sqlite3.connect(os.path.join(program.data, "ligature.db")) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def elsewhere(program, tmp_path):
    """Makes further empty stores, of the same engine or the one named."""
    made, names = [], []

    def make(engine=None):
        engine = engine or ("pgsql" if program.database else "sqlite")
        url = None
        if engine == "pgsql":
            server = os.environ.get("LIGATURE_TEST_PG")
            if not server:
                pytest.skip("LIGATURE_TEST_PG is not set")
            names.append(f"other_{uuid.uuid4().hex}")
            subprocess.run(["psql", "-q", server, "-c", f"CREATE DATABASE {names[-1]}"], check=True)
            parts = urllib.parse.urlsplit(server)
            url = f"{parts.scheme}://{parts.netloc}/{names[-1]}" + (f"?{parts.query}" if parts.query else "")
        made.append(Program(program.binary, tmp_path / f"elsewhere{len(made)}", url))
        return made[-1]

    yield make
    for each in made:
        for server in each.servers:
            server.stop()
    for name in names:
        subprocess.run(["psql", "-q", os.environ["LIGATURE_TEST_PG"], "-c", f"DROP DATABASE {name} WITH (FORCE)"], check=True)


@pytest.fixture
def filled(program, tmp_path):
    """A store with three people, a touch, a step, a cadence, a deleted person, a setting."""
    (tmp_path / "cards.vcf").write_text(CARDS, encoding="utf-8")
    assert program.json("import", "apply", tmp_path / "cards.vcf")["added"] == 3
    amina = person(program, "Amina")
    program.json("touch", "add", "--person", amina, "--kind", "call", "--on", "2026-07-20", "--note", "Spoke of the \u0645\u0631\u062d\u0628\u0627 audit.")
    program.json("step", "add", "--person", amina, "--title", "Thank Dr. Hassan", "--due", "2026-07-22")
    program.json("cadence", "set", "--person", amina, "--every", "35d")
    gone = program.json("person", "add", "--name", "Temporary Visitor")["id"]
    program.json("person", "remove", gone)
    program.json("setting", "save", "--theme", "dark")
    return program


def person(program, query):
    return program.json("person", "list", "--query", query)["people"][0]["id"]


def said(document):
    """What an export says, without the account's own number, the time of writing, and digests that hold the number."""
    tables = {}
    for name, table in document["tables"].items():
        end = -1 if table["columns"][-1] == "digest" else None
        tables[name] = [row[1:end] for row in table["rows"]]
    return tables


def exported(program, tmp_path, name="out.json"):
    program.json("export", "--format", "json", "--to", tmp_path / name)
    return json.loads((tmp_path / name).read_text(encoding="utf-8"))


# --- export and load ----------------------------------------------------------------------------------------------

def test_an_export_read_into_an_empty_account_gives_the_same_rows(filled, elsewhere, tmp_path):
    before = exported(filled, tmp_path, "a.json")
    other = elsewhere()
    assert other.json("export", "load", tmp_path / "a.json") == {"people": 3}
    after = exported(other, tmp_path, "b.json")
    assert list(said(before)) == list(said(after))
    for table, rows in said(before).items():
        assert rows == said(after)[table], table
    assert len(said(before)["blob"]) == 1 and len(said(before)["setting"]) == 1
    assert other.json("verify")["findings"] == []
    assert other.json("search", "Hassan") == filled.json("search", "Hassan")
    assert other.json("today") == filled.json("today")


def test_a_load_into_a_filled_account_is_refused(filled, tmp_path):
    exported(filled, tmp_path)
    before = sql(filled, "SELECT count(*) FROM fact_set")
    assert filled.json("export", "load", tmp_path / "out.json", status=1)["error"]["code"] == "export.not_empty"
    assert sql(filled, "SELECT count(*) FROM fact_set") == before


@pytest.mark.parametrize("old,new", [("Chief resident", "Chief president"), ('"call"', '"mail"'), ('"ligature":1', '"ligature":9')])
def test_a_changed_export_is_refused_whole(filled, elsewhere, tmp_path, old, new):
    exported(filled, tmp_path)
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    at = text.index(old, 0 if "ligature" in old else text.index('"fact_set"'))
    (tmp_path / "out.json").write_text(text[:at] + new + text[at + len(old):], encoding="utf-8")
    other = elsewhere()
    error = other.json("export", "load", tmp_path / "out.json", status=1)["error"]
    assert error["code"] in ("export.damaged", "export.unknown_format")
    assert other.json("person", "list")["total"] == 0
    assert other.json("verify")["sound"]


@pytest.mark.parametrize("format_", ["vcard3", "vcard4"])
def test_cards_come_back_with_everything(filled, elsewhere, tmp_path, format_):
    filled.json("export", "--format", format_, "--to", tmp_path / "people.vcf")
    text = (tmp_path / "people.vcf").read_bytes().decode()
    unfolded = re.sub(r"\r\n[ \t]", "", text)
    assert "VERSION:3.0" in text if format_ == "vcard3" else "VERSION:4.0" in text
    assert "X-PAGER-CODE;X-WARD=7:4711" in unfolded
    assert "ITEM1.X-ABLABEL:WARD DESK" in unfolded.upper()
    assert base64.b64encode(JPEG).decode() in unfolded
    assert "CATEGORIES:mentor,ohio" in unfolded
    assert "Temporary Visitor" not in text
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    other = elsewhere()
    counts = other.json("import", "apply", tmp_path / "people.vcf")
    assert (counts["added"], counts["refused"]) == (3, [])
    mine, theirs = (each.json("person", "show", person(each, "Amina")) for each in (filled, other))
    kinds = {"name", "email", "phone", "work", "address", "birthday", "tag", "note", "photo", "uid", "card_line"}

    def facts(shown):
        return sorted((fact["kind"], fact["value"]) for fact in shown["facts"] if fact["kind"] in kinds - {"card_line"})
    assert facts(mine) == facts(theirs)
    assert {"email", "photo", "tag", "note", "birthday"} <= {kind for kind, _ in facts(theirs)}
    other.json("export", "--format", format_, "--to", tmp_path / "again.vcf")
    assert sorted((tmp_path / "again.vcf").read_bytes().decode().split("\r\n")) == sorted(text.split("\r\n"))


@pytest.mark.parametrize("format_", ["vcard3", "vcard4"])
def test_cards_are_read_by_vobject(filled, tmp_path, format_):
    vobject = pytest.importorskip("vobject", reason="skipped: python3-vobject is not installed")
    filled.json("export", "--format", format_, "--to", tmp_path / "people.vcf")
    cards = list(vobject.readComponents((tmp_path / "people.vcf").read_text(encoding="utf-8")))
    assert sorted(card.fn.value for card in cards) == sorted(["Dr. Amina Hassan", "\u041e\u043b\u0435\u043d\u0430 \u041a\u043e\u0432\u0430\u043b\u044c\u0447\u0443\u043a",
                                                              "=HYPERLINK(1)"])
    amina = next(card for card in cards if "Amina" in card.fn.value)
    assert amina.email.value == "amina@northquay.example"
    assert amina.org.value == ["Northquay General Hospital, East", "Hepatology"]
    assert amina.note.value == "Met at the alumni evening.\nAsk about the ward, kindly."
    if format_ == "vcard3":
        for card in cards:
            card.validate(raiseException=True)
        assert amina.photo.value == JPEG


def test_a_table_has_no_formula(filled, tmp_path):
    filled.json("export", "--format", "csv", "--to", tmp_path / "people.csv")
    raw = (tmp_path / "people.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cells = re.findall(r'(?:^|,|\r\n)"?([^",\r\n]*)', raw.decode("utf-8-sig"))
    assert any("HYPERLINK" in cell for cell in cells)
    for cell in cells:
        assert cell == "" or cell[0] not in "=+-@\t" or re.fullmatch(r"-?[0-9.]+", cell), cell


# --- backups ------------------------------------------------------------------------------------------------------

def test_a_backup_restores_to_the_same_rows(filled, elsewhere, tmp_path):
    before = exported(filled, tmp_path, "a.json")
    made = filled.json("backup", "create", tmp_path / "b.ligbak")
    assert (made["accounts"][0]["people"], made["is_encrypted"]) == (3, False)
    assert filled.json("backup", "verify", tmp_path / "b.ligbak")["sound"]
    other = elsewhere()
    other.json("backup", "restore", tmp_path / "b.ligbak")
    assert said(exported(other, tmp_path, "b.json")) == said(before)
    assert other.json("verify")["findings"] == []
    assert other.json("backup", "restore", tmp_path / "b.ligbak", status=1)["error"]["code"] == "backup.not_empty"


@pytest.mark.parametrize("engine", ["sqlite", "pgsql"])
def test_a_backup_moves_between_engines(filled, elsewhere, tmp_path, engine):
    filled.json("account", "add", "omar", "--display-name", "Omar", "--password-file", secret(tmp_path, "a long enough one"))
    me = ["--account", "me"]
    filled.json("backup", "create", tmp_path / "b.ligbak", *me)
    filled.json("export", "--format", "json", "--to", tmp_path / "a.json", *me)
    other = elsewhere(engine)
    other.json("backup", "restore", tmp_path / "b.ligbak")
    other.json("export", "--format", "json", "--to", tmp_path / "b.json", *me)
    a, b = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("a.json", "b.json"))
    assert said(a) == said(b)
    accounts = {each["name"]: each for each in other.json("account", "list", *me)["accounts"]}
    assert (accounts["omar"]["has_password"], accounts["omar"]["is_admin"], accounts["me"]["is_admin"]) == (True, False, True)


def secret(tmp_path, text):
    path = tmp_path / f"secret-{len(text)}"
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_a_drill_proves_a_backup_also_later(filled, tmp_path):
    filled.json("backup", "create", tmp_path / "b.ligbak")
    filled.json("person", "add", "--name", "Somebody Later")
    filled.now = "2026-09-01T10:00:00Z"
    proof = filled.json("backup", "drill", tmp_path / "b.ligbak")
    one, = proof["accounts"]
    assert proof["same"] and one["same"] and one["digest"] == one["restored_digest"]
    assert (one["people"], one["restored_people"], one["rows"]) == (3, 3, one["restored_rows"])
    assert "Every row of every account is the same" in filled.run("backup", "drill", tmp_path / "b.ligbak").stdout
    assert [name for name in os.listdir(filled.data) if name.startswith("scratch")] == []


def test_a_passphrase_keeps_others_out(filled, elsewhere, tmp_path):
    right, wrong = secret(tmp_path, "seven quiet herons"), secret(tmp_path, "seven loud herons")
    backup = tmp_path / "b.ligbak"
    assert filled.json("backup", "create", backup, "--passphrase-file", right)["is_encrypted"]
    assert b"northquay" not in backup.read_bytes().lower() and b"amina" not in backup.read_bytes().lower()
    assert filled.json("backup", "verify", backup, "--passphrase-file", right)["sound"]
    assert filled.json("backup", "drill", backup, "--passphrase-file", right)["same"]
    for options in ([], ["--passphrase-file", wrong]):
        assert filled.json("backup", "verify", backup, *options, status=1)["error"]["code"] == "backup.passphrase"
    other = elsewhere()
    assert other.json("backup", "restore", backup, "--passphrase-file", wrong, status=1)["error"]["code"] == "backup.passphrase"
    assert other.json("person", "list")["total"] == 0
    other.json("backup", "restore", backup, "--passphrase-file", right)
    assert other.json("person", "list")["total"] == 3


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_one_damaged_bit_is_found_anywhere(filled, elsewhere, tmp_path, is_encrypted):
    options = ["--passphrase-file", secret(tmp_path, "seven quiet herons")] if is_encrypted else []
    filled.json("backup", "create", tmp_path / "b.ligbak", *options)
    whole = (tmp_path / "b.ligbak").read_bytes()
    places = [0, 9, 11, 40, 200, len(whole) // 3, len(whole) // 2, len(whole) - 40, len(whole) - 1]
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 4
        (tmp_path / "d.ligbak").write_bytes(bytes(damaged))
        error = filled.json("backup", "verify", tmp_path / "d.ligbak", *options, status=1)["error"]
        assert error["code"] in ("backup.damaged", "backup.not_one", "backup.passphrase"), place
    other = elsewhere()
    for cut in (whole[:-1], whole[:len(whole) // 2], whole[:10], b"", whole + b"x"):
        (tmp_path / "d.ligbak").write_bytes(cut)
        error = other.json("backup", "restore", tmp_path / "d.ligbak", *options, status=1)["error"]
        assert error["code"] in ("backup.damaged", "backup.not_one", "backup.passphrase"), len(cut)
    assert other.json("person", "list")["total"] == 0


def test_a_backup_that_cannot_be_written_leaves_nothing(filled, tmp_path):
    error = filled.json("backup", "create", tmp_path / "no" / "such" / "b.ligbak", status=1)["error"]
    assert error["code"] == "backup.not_written"
    assert [name for name in os.listdir(filled.data) if name.startswith("scratch")] == []
    (tmp_path / "text.ligbak").write_text("Dear diary\n")
    assert filled.json("backup", "verify", tmp_path / "text.ligbak", status=1)["error"]["code"] == "backup.not_one"


def test_a_backup_is_made_while_serving(filled, tmp_path):
    server = filled.serve()
    server.get("/")
    csrf = re.search(r'name="csrf" content="([^"]+)"', server.get("/settings").text).group(1)
    assert "No backup yet" in server.get("/settings").text
    for i in range(5):
        server.form("/do/setting.save", {"csrf": csrf, "theme": "light", "back": "/settings"})
        filled.json("backup", "create", tmp_path / f"b{i}.ligbak")
        assert filled.json("backup", "drill", tmp_path / f"b{i}.ligbak")["same"]
    assert "Last backup Tue 21 July" in server.get("/settings").text
    assert "Last backup Tue 21 July" in server.get("/").text


# --- verify -------------------------------------------------------------------------------------------------------

def test_verify_names_the_damaged_row(filled):
    assert filled.json("verify")["findings"] == []
    key, = sql(filled, "SELECT touch_id FROM touch")[0]
    sql(filled, "UPDATE touch SET minutes = 99")
    error = filled.json("verify", status=3)["error"]
    assert error["code"] == "store.damaged"
    finding, = [each for each in error["details"] if each["table"] == "touch"]
    assert "touch" in finding["words"] and finding["key"]
    sql(filled, "UPDATE touch SET minutes = NULL")
    assert filled.json("verify")["sound"]


def test_verify_finds_a_derived_row_that_does_not_fit(filled):
    sql(filled, "UPDATE person SET headline = 'Chief of everything' WHERE email = 'amina@northquay.example'")
    error = filled.json("verify", status=3)["error"]
    assert ("person", "headline") in [(each["table"], each["column"]) for each in error["details"]]


def test_verify_finds_a_damaged_photo(filled):
    if filled.database:
        sql(filled, "UPDATE blob SET bytes = set_byte(bytes, 20, 77)")
    else:
        with sqlite3.connect(os.path.join(filled.data, "ligature.db")) as connection:
            (bytes_,), = connection.execute("SELECT bytes FROM blob").fetchall()
            connection.execute("UPDATE blob SET bytes = ?", (bytes_[:20] + b"M" + bytes_[21:],))
    error = filled.json("verify", status=3)["error"]
    assert "blob" in [each["table"] for each in error["details"]]


def test_verify_finds_a_flipped_bit_in_the_file(filled):
    if filled.database:
        pytest.skip("the bytes of PostgreSQL are its own")
    sql(filled, "PRAGMA wal_checkpoint(TRUNCATE)")
    path = os.path.join(filled.data, "ligature.db")
    with open(path, "r+b") as file:
        whole = file.read()
        at = whole.index("Spoke of the".encode())
        file.seek(at)
        file.write(bytes([whole[at] ^ 1]))
    error = filled.json("verify", status=3)["error"]
    assert "touch" in [each["table"] for each in error["details"]]


# --- erase --------------------------------------------------------------------------------------------------------

WORD = "quetzalcoatlus"


def bytes_of_store(program):
    if program.database:
        return subprocess.run(["pg_dump", program.database], capture_output=True, check=True).stdout.lower()
    found = b""
    for folder, _, names in os.walk(program.data):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                found += file.read().lower()
    return found


def with_a_word(program):
    """Somebody deleted whose word stands in facts, notes, touches, steps and the search index."""
    made = program.json("person", "add", "--name", f"Zara {WORD}", "--email", f"{WORD}@mail.example", "--note", f"likes {WORD}")["id"]
    program.json("touch", "add", "--person", made, "--kind", "call", "--on", "2026-07-20", "--note", f"spoke of {WORD}")
    program.json("step", "add", "--person", made, "--title", f"Ask {WORD}")
    program.json("person", "edit", made, "--headline", f"head of {WORD}")
    assert program.json("search", WORD[:8])["total" if "total" in program.json("search", WORD[:8]) else "people"]
    program.json("person", "remove", made)
    assert WORD.encode() in bytes_of_store(program)
    return made


@pytest.mark.parametrize("how", ["one", "all", "night"])
def test_what_is_erased_leaves_no_byte(filled, how):
    made = with_a_word(filled)
    if how == "one":
        erased = filled.json("store", "erase", "--person", made)
    elif how == "all":
        erased = filled.json("store", "erase", "--all")
    else:
        assert filled.json("store", "erase")["people"] == 0
        filled.now = "2026-09-01T09:00:00Z"
        erased = filled.json("store", "erase")
    assert erased["people"] == (1 if how == "one" else 2)
    assert WORD.encode() not in bytes_of_store(filled)
    assert filled.json("person", "restore", made, status=1)["error"]["code"] == "person.not_found"
    assert filled.json("person", "list")["total"] == 3
    assert filled.json("verify")["sound"]


def test_who_is_not_deleted_is_not_erased(filled):
    amina = person(filled, "Amina")
    assert filled.json("store", "erase", "--person", amina, status=1)["error"]["code"] == "person.not_deleted"
    assert filled.json("person", "list")["total"] == 3


def test_an_export_comes_into_another_account_of_the_same_store(filled, tmp_path):
    filled.json("account", "add", "second")
    me, second = ["--account", "me"], ["--account", "second"]
    filled.json(*me, "export", "--format", "json", "--to", tmp_path / "a.json")
    assert filled.json(*second, "export", "load", tmp_path / "a.json") == {"people": 3}
    filled.json(*second, "export", "--format", "json", "--to", tmp_path / "b.json")
    a, b = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("a.json", "b.json"))
    assert said(a) == said(b)
    whole = filled.json(*me, "search", "Hassan")
    assert whole["total"] == 1 and filled.json(*second, "search", "Hassan") == whole
    twin = filled.json(*second, "person", "list", "--query", "Amina")["people"][0]["id"]
    filled.json(*second, "person", "edit", twin, "--name", "Zofia Nowak")
    assert filled.json(*me, "search", "Hassan") == whole and filled.json(*me, "search", "Zofia")["total"] == 0
    assert filled.json(*second, "search", "Zofia")["total"] == 1
    filled.json(*second, "person", "remove", twin)
    filled.json(*second, "store", "erase", "--person", twin)
    assert filled.json(*me, "search", "Hassan") == whole and filled.json(*second, "search", "Zofia")["total"] == 0
    assert filled.json("verify")["findings"] == []
