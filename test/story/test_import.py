"""Bringing people in: looking, saving, the same again, a newer export, taking back, refusing; on both engines."""
import json
import os
import re
import subprocess
import sys
import pathlib
import uuid

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import import_files as files        # noqa: E402
from conftest import BUILD, Program  # noqa: E402

COUNTS = ("read", "added", "updated", "unchanged")


class StoreProgram(Program):
    """A program whose store is a database on a PostgreSQL server."""
    url = None

    def command(self, *words):
        extra = ["--database", self.url] if self.url else []
        return [self.binary, "--data", self.data, "--now", self.now, *extra, *map(str, words)]


def url_of(server, name):
    return re.sub(r"^(postgres(?:ql)?://[^/]*/)[^?]*", rf"\g<1>{name}", server)


@pytest.fixture(params=["sqlite", "pgsql"])
def program(request, tmp_path):
    made = StoreProgram(os.environ.get("LIGATURE_BIN", BUILD / "ligature"), tmp_path / "data")
    server = os.environ.get("LIGATURE_TEST_PG")
    name = "lig_import_" + uuid.uuid4().hex[:12]
    if request.param == "pgsql":
        if not server:
            pytest.skip("LIGATURE_TEST_PG is not set")
        subprocess.run(["psql", "-q", server, "-c", f"CREATE DATABASE {name}"], check=True)
        made.url = url_of(server, name)
    yield made
    for each in made.servers:
        assert each.stop() == 0, "".join(each.said)
    if made.url:
        subprocess.run(["psql", "-q", server, "-c", f"DROP DATABASE {name} WITH (FORCE)"], check=True)


@pytest.fixture
def put(tmp_path):
    """Writes a file and gives its path."""
    def write(name, content):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path
    return write


def counts(result):
    """(read, added, updated, unchanged, refused), after checking that they add up."""
    refused = len(result["refused"])
    assert result["read"] == result["added"] + result["updated"] + result["unchanged"] + refused, result
    return tuple(result[name] for name in COUNTS) + (refused,)


def names(program, *more):
    return sorted(row["name"] for row in program.json("person", "list", *more)["people"])


def dump(program):
    """Everything that is known of people, for comparing states."""
    people = {}
    for row in program.json("person", "list", "--limit", "500")["people"]:
        shown = program.json("person", "show", row["id"])
        facts = sorted((fact["kind"], fact["value"]) for fact in shown["facts"])
        people[row["id"]] = (row["name"], facts, sorted((t["kind"], t["on"]) for t in shown["touches"]))
    return people


def test_a_vcard_file_comes_in_and_the_same_file_changes_nothing(program, put):
    path = put("phone.vcf", files.cards(3) + files.card("Amina Hassan, MD", "u-a", "amina@clinic.example"))
    assert counts(program.json("import", "apply", path)) == (4, 4, 0, 0, 0)
    before = dump(program)
    assert counts(program.json("import", "apply", path)) == (4, 0, 0, 4, 0)
    assert dump(program) == before
    assert "Amina Hassan" in names(program)


def test_a_preview_changes_nothing_and_says_what_apply_will_do(program, put):
    path = put("phone.vcf", files.cards(3))
    looked = program.json("import", "preview", path)
    assert counts(looked) == (3, 3, 0, 0, 0)
    assert looked["new"][0]["name"] == "Person0 Sample0"
    assert program.json("person", "list")["total"] == 0
    assert counts(program.json("import", "apply", path)) == counts(looked)


def test_a_newer_export_says_what_changed_old_and_new(program, put):
    old = put("old.vcf", files.card("Priya Nambiar", "u1", "priya@mail.example", org="Fernwood"))
    new = put("new.vcf", files.card("Priya Nambiar", "u1", "priya@mail.example", org="Harbor Point"))
    program.json("import", "apply", old)
    result = program.json("import", "apply", new)
    assert counts(result) == (1, 0, 1, 0, 0)
    change, = result["changes"]
    assert (change["person"], change["before"], change["after"]) == ("Priya Nambiar", "Fernwood", "Harbor Point")
    person, = program.json("person", "list")["people"]
    assert person["org"] == "Harbor Point"


def test_undo_takes_exactly_that_import_back_also_where_it_updated(program, put):
    program.json("import", "apply", put("a.vcf", files.card("Priya Nambiar", "u1", "p@mail.example", org="Fernwood")))
    before = dump(program)
    second = put("b.vcf", files.card("Priya Nambiar", "u1", "p@mail.example", org="Harbor Point") + files.cards(2))
    done = program.json("import", "apply", second)
    third = program.json("import", "apply", put("c.vcf", files.card("Omar Ali", "u9", "omar@mail.example")))
    program.json("import", "undo", done["import_id"])
    after = dump(program)
    assert {key: after[key] for key in before} == before
    assert names(program) == ["Omar Ali", "Priya Nambiar"]
    program.json("import", "undo", third["import_id"])
    assert dump(program) == before
    states = {row["file"]: row["state"] for row in program.json("import", "list")["imports"]}
    assert states == {"a.vcf": "applied", "b.vcf": "undone", "c.vcf": "undone"}


def test_an_undone_import_comes_in_again(program, put):
    path = put("a.vcf", files.cards(3))
    first = program.json("import", "apply", path)
    program.json("import", "undo", first["import_id"])
    assert program.json("person", "list")["total"] == 0
    assert counts(program.json("import", "apply", path)) == (3, 3, 0, 0, 0)


def test_a_linkedin_archive_brings_people_messages_and_yourself(program, put):
    result = program.json("import", "apply", put("Basic_LinkedInDataExport_03-20-2024.zip", files.linkedin()))
    read, added, updated, unchanged, refused = counts(result)
    reasons = {(row["file"], row["line"]) for row in result["refused"]}
    assert read == 8 and refused == 3, result["refused"]
    assert ("messages.csv", 4) in reasons and ("messages.csv", 5) in reasons
    assert names(program) == ["Amina Hassan", "Dr. Jun Watanabe"]
    amina = program.json("person", "list", "--query", "Amina")["people"][0]
    shown = program.json("person", "show", amina["id"])
    directions = sorted(t["direction"] for t in shown["touches"] if t["kind"] == "message")
    assert directions == ["in", "out"]
    assert ("credential", "MD") in [(fact["kind"], fact["value"]) for fact in shown["facts"]]
    again = program.json("import", "apply", put("Basic_LinkedInDataExport_03-20-2024.zip", files.linkedin()))
    assert (again["added"], again["updated"]) == (0, 0)


def own_facts(program, tmp_path, *who):
    """(kind, value) of all that is known of yourself."""
    program.json(*who, "export", "--format", "json", "--to", tmp_path / "own.json")
    number = json.loads((tmp_path / "own.json").read_text(encoding="utf-8"))["account"]["self_person_id"]
    me = "".join("0123456789abcdefghjkmnpqrstvwxyz"[number >> 5 * i & 31] for i in reversed(range(13)))
    return {(fact["kind"], fact["value"]) for fact in program.json(*who, "person", "show", me)["facts"]}


def test_your_own_profile_and_card_land_at_yourself(program, put, tmp_path):
    archive = files.archive({
        "Profile.csv": files.PROFILE,
        "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\nfarah@northquay.example,Yes,Yes,\"9/9/19, 9:09 AM\"\n",
        "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On\nNorthquay General,Resident,,,Jul 2023,\n",
        "Languages.csv": "Name,Proficiency\nUrdu,Native or bilingual proficiency\n"})
    result = program.json("import", "apply", put("Basic_LinkedInDataExport_03-20-2024.zip", archive))
    assert counts(result) == (4, 4, 0, 0, 0) and result["new_people"] == 0
    mine = files.card("Dr. Farah Siddiqui, MD", "me-1", "farah@northquay.example", "+1 202 555 0188", "Northquay General", "Chief resident")
    result = program.json("import", "apply", put("me.vcf", mine + files.card("Omar Ali", "u9", "omar@mail.example")))
    assert (result["new_people"], result["decide"]) == (1, [])
    assert names(program) == ["Omar Ali"] and program.json("person", "duplicates", "--look")["total"] == 0
    facts = own_facts(program, tmp_path)
    assert {("headline", "Physician"), ("email", "farah@northquay.example"), ("language", "Urdu")} <= facts
    assert any(kind == "phone" and "0188" in value for kind, value in facts)
    again = program.json("import", "apply", put("me.vcf", mine))
    assert counts(again) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize("shown", [[], ["--display-name", "Farah Siddiqui"]])
def test_a_card_with_the_address_you_sign_in_with_is_your_own(program, put, tmp_path, shown):
    program.json("account", "add", "farah@northquay.example", *shown)
    who = ["--account", "farah@northquay.example"]
    mine = files.card("Farah Siddiqui", "me-1", "farah@northquay.example", "+1 202 555 0188")
    result = program.json(*who, "import", "apply", put("me.vcf", mine + files.card("Omar Ali", "u9", "omar@mail.example")))
    assert (result["new_people"], result["decide"]) == (1, [])
    assert [one["name"] for one in program.json(*who, "person", "list")["people"]] == ["Omar Ali"]
    facts = own_facts(program, tmp_path, *who)
    assert ("email", "farah@northquay.example") in facts and any(kind == "name" and value == "Farah Siddiqui" for kind, value in facts)
    other = program.json(*who, "import", "apply", put("b.vcf", files.card("Hana Sato", "u2", "farah@northquay.example")))
    assert other["new_people"] == 1, "somebody of another name with your address is not you"
    both = files.card("Wei Chen", "u3", "wei@mail.example") + files.card("Ngozi Okafor", "u4", "wei@mail.example")
    program.json("account", "add", "wei@mail.example")
    assert program.json("--account", "wei@mail.example", "import", "apply", put("c.vcf", both))["new_people"] == 1


def test_a_folder_of_an_export_reads_like_its_archive(program, put):
    put("export/Connections.csv", files.connections(files.PEOPLE))
    path = put("export/messages.csv", files.MESSAGES)
    result = program.json("import", "apply", path.parent)
    assert counts(result)[0] == 7
    assert names(program) == ["Amina Hassan", "Dr. Jun Watanabe"]


def test_the_same_name_and_organisation_is_proposed_never_joined(program, put):
    program.json("import", "apply", put("phone.vcf", files.card("Amina Hassan", "u1", "amina@mail.example", org="Northquay General")))
    result = program.json("import", "apply", put("Connections.csv", files.connections(files.PEOPLE)))
    assert names(program) == ["Amina Hassan", "Amina Hassan", "Dr. Jun Watanabe"]
    assert [ask["name"] for ask in result["decide"]] == ["Amina Hassan"]
    pairs = program.json("person", "duplicates")["duplicates"]
    assert len(pairs) == 1 and not pairs[0]["is_exact"]


def test_a_name_alone_says_nothing(program, put):
    program.json("import", "apply", put("a.vcf", files.card("Amina Hassan", "u1", "a@mail.example")))
    result = program.json("import", "apply", put("b.vcf", files.card("Amina Hassan", "u2", "b@mail.example")))
    assert result["decide"] == [] and result["added"] == 1


def test_an_address_joins_where_names_agree_and_asks_where_they_do_not(program, put):
    program.json("import", "apply", put("a.vcf", files.card("Amina Hassan", "u1", "front@mail.example")))
    agrees = program.json("import", "apply", put("google.csv", files.GOOGLE.replace("Leila,,Rahimi", "Amina,,Hassan")
                                                 .replace("leila@harbor.example", "Front@Mail.example")))
    assert agrees["updated"] == 1
    differs = program.json("import", "apply", put("b.vcf", files.card("Wei Chen", "u2", "front@mail.example")))
    assert differs["added"] == 1 and differs["decide"][0]["why"] == "same e-mail address"


def test_what_was_decided_in_the_preview_counts(program, put):
    program.json("import", "apply", put("phone.vcf", files.card("Amina Hassan", "u1", "amina@mail.example", org="Northquay General")))
    path = put("Connections.csv", files.connections(files.PEOPLE))
    looked = program.json("import", "preview", path, "--keep")
    ask, = looked["decide"]
    program.json("import", "decide", looked["import_id"], "--key", ask["key"], "--answer", "same")
    result = program.json("import", "apply", "--import-id", looked["import_id"])
    assert names(program) == ["Amina Hassan", "Dr. Jun Watanabe"]
    assert (result["added"], result["updated"]) == (1, 1)


def test_two_people_are_remembered_as_two(program, put):
    program.json("import", "apply", put("phone.vcf", files.card("Amina Hassan", "u1", "amina@mail.example", org="Northquay General")))
    looked = program.json("import", "preview", put("Connections.csv", files.connections(files.PEOPLE)), "--keep")
    program.json("import", "decide", looked["import_id"], "--key", looked["decide"][0]["key"], "--answer", "two")
    program.json("import", "apply", "--import-id", looked["import_id"])
    assert program.json("person", "duplicates", "--look")["duplicates"] == []


def test_google_keeps_labels_several_values_and_skips_system_groups(program, put):
    result = program.json("import", "apply", put("contacts.csv", files.GOOGLE))
    assert counts(result) == (2, 2, 0, 0, 0) or counts(result) == (3, 2, 0, 0, 1)
    leila = program.json("person", "list", "--query", "Leila")["people"][0]
    assert leila["name"] == "Dr. Leila Rahimi"
    shown = program.json("person", "show", leila["id"])
    facts = [(fact["kind"], fact["value"]) for fact in shown["facts"]]
    assert ("email", "leila@harbor.example") in facts and ("email", "l.rahimi@mail.example") in facts
    assert ("tag", "Mentors") in facts and not [value for kind, value in facts if kind == "tag" and "myContacts" in value]
    assert ("birthday", "--06-15") in facts


def test_a_translated_outlook_header_in_a_windows_code_page(program, put):
    assert counts(program.json("import", "apply", put("kontakte.csv", files.GERMAN))) == (1, 1, 0, 0, 0)
    assert names(program) == ["Jürgen Weiß"]


def test_co_authors_become_people_and_the_paper_is_shared(program, put):
    result = program.json("import", "apply", put("papers.nbib", files.NBIB))
    assert counts(result)[0] >= 1
    ngozi = program.json("person", "list", "--query", "Ngozi")["people"][0]
    facts = {(fact["kind"], fact["value"]) for fact in program.json("person", "show", ngozi["id"])["facts"]}
    assert ("email", "ngozi@lakeside.example") in facts
    assert ngozi["org"] == "Lakeside University Hospital"
    assert any(kind == "paper" and "sutures" in value for kind, value in facts)


def test_an_unknown_table_is_proposed_and_can_be_mapped(program, put):
    path = put("list.csv", files.TABLE)
    result = program.json("import", "apply", path, "--mapping", '{"Who": "name", "Where they work": "org", "Shoe size": "ignore"}')
    assert counts(result) == (2, 2, 0, 0, 0)
    sana = program.json("person", "list", "--query", "Sana")["people"][0]
    assert (sana["org"], sana["emails"]) == ("Northquay General", ["sana@clinic.example"])
    facts = program.json("person", "show", sana["id"])["facts"]
    assert not [fact for fact in facts if "38" in fact["value"]]


REFUSED = {
    "empty.vcf": (b"", "import.empty"),
    "book.csv": (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", None),
    "page.csv": (b"<!DOCTYPE html><html><body>Sign in</body></html>", "import.html"),
    "words.txt": (b"Only some words without any shape.\n", None),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_address_book_is_refused_in_words(program, put, name):
    content, code = REFUSED[name]
    answer = program.json("import", "apply", put(name, content), status=1)
    assert code is None or answer["error"]["code"] == code
    assert name in answer["error"]["message"]
    assert program.json("person", "list")["total"] == 0


def test_a_cut_off_archive_leaves_nothing(program, put):
    whole = files.linkedin()
    answer = program.json("import", "apply", put("half.zip", whole[:len(whole) // 2]), status=1)
    assert "half.zip" in answer["error"]["message"]
    assert program.json("person", "list")["total"] == 0


def test_a_table_that_breaks_off_inside_a_quote_tells_its_line(program, put):
    text = files.connections(files.PEOPLE[:2]) + 'Omar,"Broken off here'
    result = program.json("import", "apply", put("Connections.csv", text))
    assert counts(result)[4] == 1 and result["refused"][0]["line"] == 7


def test_several_files_are_several_imports_and_sums(program, put):
    result = program.json("import", "apply", put("a.vcf", files.cards(2)), put("b.vcf", files.cards(3, first=1)))
    assert counts(result) == (5, 4, 0, 1, 0)
    assert [one["file"] for one in result["imports"]] == ["a.vcf", "b.vcf"]


def test_after_a_refused_file_the_same_command_goes_on(program, put):
    good, bad = put("a.vcf", files.cards(2)), put("b.vcf", "")
    program.json("import", "apply", good, bad, status=1)
    assert program.json("person", "list")["total"] == 2
    put("b.vcf", files.cards(1, first=2))
    assert counts(program.json("import", "apply", good, bad)) == (3, 1, 0, 2, 0)


def test_the_same_card_twice_in_one_file_is_one_person(program, put):
    text = files.card("Omar Ali", "u1", "omar@mail.example") * 2
    assert counts(program.json("import", "apply", put("a.vcf", text))) == (2, 1, 0, 1, 0)


def test_a_row_without_a_number_stays_itself_after_its_person_was_renamed(program, put):
    path = put("a.vcf", files.card("Amina Hassan", "", "amina@mail.example") + files.card("Ñ Ñ", "", "bob@mail.example"))
    program.json("import", "apply", path)
    amina = program.json("person", "list", "--query", "Amina")["people"][0]
    program.json("person", "edit", amina["id"], "--name", "Leila Rahimi")
    assert counts(program.json("import", "apply", path)) == (2, 0, 0, 2, 0)


# ---- the pages ----

BOUNDARY = "made-up-boundary"


def csrf(server, path="/import"):
    return re.search(r'name="csrf" value="([^"]+)"', server.get(path).text).group(1)


def wait_for(server, path):
    """Follows a job's page to where it leads; a finished job answers 303."""
    for _ in range(200):
        answer = server.get(path)
        if answer.status == 303:
            return answer.headers["Location"]
        server.get(re.search(r'data-events="([^"]+)"', answer.text).group(1)) if "data-events" in answer.text else None
    raise AssertionError("the job does not end")


def upload(server, name, content, back="/import/{import_id}"):
    parts = {"csrf": csrf(server), "back": back, "keep": "yes"}
    body = b"".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
                    for key, value in parts.items())
    body += (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
             "Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    answer = server.request("POST", "/do/import.preview", body,
                            {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Sec-Fetch-Site": "same-origin"})
    assert answer.status == 303, answer.text
    return wait_for(server, answer.headers["Location"])


def press(server, page, action, **fields):
    answer = server.form(f"/do/{action}", {"csrf": csrf(server), "back": page, **fields})
    assert answer.status == 303, answer.text
    place = answer.headers["Location"]
    return wait_for(server, place) if place.startswith("/jobs/") else place


def test_a_file_is_looked_at_decided_saved_and_taken_back_in_the_browser(program, put):
    program.json("import", "apply", put("phone.vcf", files.card("Amina Hassan", "u1", "amina@mail.example", org="Northquay General")))
    server = program.serve()
    place = upload(server, "Connections.csv", files.connections(files.PEOPLE).encode())
    assert place.startswith("/import/")
    import_id = place.split("/")[2]
    page = server.get(place).text
    assert "Nothing is saved yet" in page and "Import 2 new" in page and "Yours to decide" in page
    key = re.search(r'name="key" value="([^"]+)"', page).group(1)
    press(server, place, "import.decide", id=import_id, key=key, answer="same")
    page = server.get(place).text
    assert "the same person, you said" in page and "Import 1 new, 1 changed" in page
    assert press(server, "/import/{import_id}", "import.apply", import_id=import_id) == place
    page = server.get(place).text
    assert "1 + 1 + 0 + 1 = 3" in page and f"/people?import={import_id}&amp;new=yes" in page
    people = server.get(f"/people?import={import_id}&new=yes").text
    assert "Jun Watanabe" in people and "Amina Hassan" not in people
    saved = server.get(f"{place}/refused.csv")
    assert saved.text.splitlines()[1].startswith("Connections.csv,7,")
    press(server, place, "import.undo", id=import_id)
    assert "Taken back" in server.get(place).text


def test_columns_of_an_unknown_table_are_mapped_in_the_browser(program, put):
    server = program.serve()
    place = upload(server, "list.csv", files.TABLE.encode())
    page = server.get(place).text
    assert "What each column means" in page and "sana@clinic.example" in page
    import_id = place.split("/")[2]
    press(server, place, "import.preview", import_id=import_id, keep="yes",
          map=["name:Who", "email:Mail", "org:Where they work", "ignore:Shoe size"])
    page = server.get(place).text
    assert 'value="ignore:Shoe size" selected' in page
    press(server, place, "import.apply", import_id=import_id)
    assert names(program) == ["Sana Malik", "Tariq Aziz"]


def test_a_file_that_nobody_decided_about_goes_after_thirty_days(program, put):
    server = program.serve()
    old = upload(server, "old.vcf", files.cards(2).encode())
    assert "the file is kept until Thu 20 August" in server.get(old).text
    assert "kept until Thu 20 August" in server.get("/import").text
    assert server.stop() == 0
    program.now = "2026-07-25T09:00:00Z"
    server = program.serve()
    new = upload(server, "new.vcf", files.cards(3).encode())
    assert server.stop() == 0
    kept = {place: pathlib.Path(program.data) / "imports" / place.split("/")[2] for place in (old, new)}
    lost = pathlib.Path(program.data) / "imports" / "in-abcdef"
    lost.mkdir()
    (lost / "left.vcf").write_text("x")
    os.utime(lost, (0, 0))
    program.now = "2026-08-20T09:00:01Z"
    server = program.serve()
    for _ in range(3000):
        if not kept[old].exists() and not lost.exists():
            break
        server.get("/healthz")
    assert server.stop() == 0                 # what ran has ended
    assert not kept[old].exists() and not lost.exists() and [path.name for path in kept[new].glob("*")] == ["new.vcf"]
    assert {row["file"]: row["state"] for row in program.json("import", "list")["imports"]} == {"old.vcf": "cancelled", "new.vcf": "previewed"}
    assert program.json("import", "apply", "--import-id", old.split("/")[2], status=1)["error"]["code"] == "import.not_found"
    assert program.json("import", "apply", "--import-id", new.split("/")[2])["added"] == 3


def test_leaving_a_preview_keeps_nothing(program, put):
    server = program.serve()
    place = upload(server, "a.vcf", files.cards(1).encode())
    assert press(server, "/import", "import.discard", id=place.split("/")[2]) == "/import"
    assert not list((pathlib.Path(program.data) / "imports").glob("*"))
    assert "Waiting for you" not in server.get("/import").text


def test_a_file_that_cannot_be_read_is_told_on_its_page(program, put):
    server = program.serve()
    answer = server.request("POST", "/do/import.preview", b"", {"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status in (400, 403)
    assert server.get("/import/0000000000001").status == 404


def test_an_upload_keeps_its_name(program, put):
    server = program.serve()
    place = upload(server, "Connections.csv", files.connections(files.PEOPLE).encode())
    assert "<code>Connections.csv</code>" in server.get(place).text
    assert [path.name for path in (pathlib.Path(program.data) / "imports").glob("*/*")] == ["Connections.csv"]


# ---- hostile files ----

def test_a_line_of_forty_megabytes_and_a_bomb_are_refused_in_words(program, put):
    answer = program.json("import", "apply", put("long.csv", "Name,Mail\n" + "x" * 40_000_000 + ",a@b.example\n"))
    assert counts(answer)[4] == 1 and answer["added"] == 0
    bomb = files.archive({"Connections.csv": files.connections(files.PEOPLE) + "," * 400_000_000})
    answer = program.json("import", "apply", put("bomb.zip", bomb), status=1)
    assert answer["error"]["code"].startswith("archive."), answer
    assert program.json("person", "list")["total"] == 0


LONG = {    # name: (before the line of 300 MB, after it, most MB of memory, what is said of it)
    "long.csv": (b"Name,Mail\n", b",a@b.example\nOmar Ali,omar@mail.example\n", 100, "larger than any that people write (1 MB)"),
    "long.vcf": (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Hana Sato\r\nNOTE:",
                 b"\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Omar Ali\r\nEND:VCARD\r\n", 400, "larger than 16 MiB on line 4"),
    "long.nbib": (b"\nPMID- 12345678\nTI  - ", b"\nFAU - Okafor, Ngozi\nAU  - Okafor N\n\n", 100, "Split it and bring the parts. Nothing was changed."),
}


# Runs a command and writes the most memory it had, in kB, as the last line of standard error. In a process of its own: a child counts what its parent had
# when it was forked, and the test runner may have had much.
MEASURE = """
import os, subprocess, sys
running = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(running.pid, 0)
running.returncode = os.waitstatus_to_exitcode(status)
print(used.ru_maxrss, file=sys.stderr)
sys.exit(running.returncode)
"""


@pytest.mark.parametrize("name", LONG)
def test_a_line_of_three_hundred_megabytes_is_refused_in_words_and_takes_little_memory(program, put, name):
    before, after, most, words = LONG[name]
    path = put(name, before)
    try:
        with open(path, "ab") as out:
            for _ in range(300):
                out.write(b"x" * 1_000_000)
            out.write(after)
        done = subprocess.run([sys.executable, "-c", MEASURE, *program.command("--json", "import", "apply", path)],
                              capture_output=True, text=True, env=program.env, check=False)
        answer = json.loads(done.stdout)
    finally:
        path.unlink()
    if not os.environ.get("LIGATURE_BUILD", "").endswith("san"):     # a sanitizer keeps memory of its own
        assert int(done.stderr.split()[-1]) < most * 1000, "kB"
    if done.returncode == 0:
        assert [words in row["reason"] for row in answer["refused"]] == [True] and counts(answer) == (2, 1, 0, 0, 1)
        assert names(program) == ["Omar Ali"]
    else:
        assert done.returncode == 1 and answer["error"]["code"] == "file.too_large" and words in answer["error"]["message"]
        assert name in answer["error"]["message"] and names(program) == []
    assert all(row["state"] == "applied" for row in program.json("import", "list")["imports"])


def test_a_newer_archive_shows_who_changed_on_today(program, put):
    program.json("import", "apply", put("Connections.csv", files.connections(files.PEOPLE)))
    moved = [files.PEOPLE[0][:4] + ("Harbor Point", "Chief resident") + files.PEOPLE[0][6:]] + files.PEOPLE[1:]
    result = program.json("import", "apply", put("Connections.csv", files.connections(moved)))
    assert counts(result) == (3, 0, 1, 1, 1)
    assert "Harbor Point" in result["changes"][0]["after"] and "Northquay General" in result["changes"][0]["before"]
    assert "Harbor Point" in program.serve().get("/").text


def test_two_names_with_one_telephone_or_mailbox_stay_two(program, tmp_path):
    path = tmp_path / "clinic.vcf"
    path.write_text("".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{way}\r\nEND:VCARD\r\n" for name, way in (
        ("Mateo Reyes", "TEL:+1 614 555 0144"), ("Lucía Quispe", "TEL:+1 614 555 0144"),
        ("Ngozi Okafor", "EMAIL:office@lakeshore.example"), ("Hana Sato", "EMAIL:office@lakeshore.example"))), newline="")
    got = program.json("import", "apply", path)
    assert (got["read"], got["added"], got["updated"]) == (4, 4, 0)
    assert program.json("person", "list")["total"] == 4
    assert program.json("person", "duplicates")["total"] == 2
    again = program.json("import", "apply", path)
    assert (again["read"], again["unchanged"]) == (4, 4)
    assert program.json("person", "list")["total"] == 4
