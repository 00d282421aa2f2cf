"""People: what is known of them, from where, and what can be taken back. On the command line and in the pages."""
import re

import pytest

CARD = """BEGIN:VCARD\r
VERSION:3.0\r
FN:{name}\r
UID:{uid}\r
EMAIL;TYPE=WORK:{email}\r
ORG:{org}\r
TITLE:{title}\r
BDAY:{born}\r
NOTE:{note}\r
END:VCARD\r
"""


def card(tmp_path, file, *people):
    path = tmp_path / file
    rows = [dict(dict(uid=f"{file}-{i}", email=f"{i}@{file}.example", org="Northquay General", title="Resident", born="1988-06-15", note="-"), **person)
            for i, person in enumerate(people)]
    path.write_text("".join(CARD.format(**row) for row in rows), newline="")
    return path


def add(program, name, **facts):
    words = [word for key, value in facts.items() for word in (f"--{key}", value)]
    return program.json("person", "add", "--name", name, *words)["id"]


def names(program, *words):
    return [person["name"] for person in program.json("person", "list", *words)["people"]]


def facts(program, person, kind):
    return [fact for fact in program.json("person", "show", person)["facts"] if fact["kind"] == kind]


def csrf_of(server, path="/people"):
    return re.search(r'name="csrf" (?:value|content)="([^"]+)"', server.get(path).text).group(1)


def press(server, action, back="/people", **fields):
    """A form of a page is sent; what the page after it says, and its undo."""
    done = server.form(f"/do/{action}", {"csrf": csrf_of(server), "back": back, **fields})
    assert done.status == 303, (done.status, re.findall(r'role="alert">(.*?)</p>', done.text))
    page = server.get(done.headers["Location"])
    assert page.status == 200
    said = re.search(r'<form class="toast"[^>]*?(?:action="/do/([^"]+)")?><span>(.*?)</span>', page.text)
    undo = re.search(r'data-toast.*?name="id" value="([^"]+)"', page.text, re.S)
    return page, said and said.group(2), (said.group(1), undo.group(1)) if said and said.group(1) else None


# ---- one person ----

def test_a_person_typed_in_is_shown_with_source_and_found_by_part_of_the_name(program):
    person = add(program, "Dr. Amina Hassan, MD", email="Amina.Hassan@Northquay.example", title="Chief resident",
                 org="Northquay General", school="Indus Delta Medical College", tag="mentor", place="Toledo, Ohio")
    shown = program.json("person", "show", person)
    assert (shown["name"], shown["org"], shown["region"]) == ("Dr. Amina Hassan", "Northquay General", "OH")
    assert shown["emails"] == ["Amina.Hassan@Northquay.example"]
    work, = facts(program, person, "work")
    assert work["parts"] == {"org": "Northquay General", "title": "Chief resident"}
    assert work["source"] == "you" and work["seen_at"].endswith("Z")
    assert facts(program, person, "credential")[0]["value"] == "MD"
    assert shown["touches"] == [] and shown["steps"] == [] and shown["cadence"] is None
    assert names(program, "--query", "has") == ["Dr. Amina Hassan"]
    assert names(program, "--where", "tag:mentor region:OH") == ["Dr. Amina Hassan"]
    assert names(program, "--where", "tag:peer") == []


def test_names_in_any_script_are_found_by_their_latin_reading(program):
    add(program, "Олена Ковальчук")
    assert names(program, "--query", "koval") == ["Olena Kovalchuk"]
    found = program.json("search", "Ковальчук")
    assert [person["own_name"] for person in found["people"]] == ["Олена Ковальчук"] and found["total"] == 1


def test_a_person_without_name_address_or_number_is_refused(program):
    assert program.json("person", "add", "--place", "Toledo", status=1)["error"]["code"] == "person.nothing_known"


@pytest.mark.parametrize("kind, value", [("email", "not an address"), ("phone", "12"), ("npi", "1234567890"), ("birthday", "June")])
def test_a_value_that_is_none_of_its_kind_is_refused_with_a_remedy(program, kind, value):
    person = add(program, "Kavya Rao")
    error = program.json("fact", "add", person, "--kind", kind, "--value", value, status=1)["error"]
    assert error["code"] in ("fact.value_invalid", "fact.date_invalid")
    assert facts(program, person, kind) == []


def test_your_edit_wins_over_a_file_and_the_file_comes_back_when_it_is_undone(program, tmp_path):
    program.json("import", "apply", str(card(tmp_path, "a.vcf", {"name": "Kavya Rao", "title": "Resident"})))
    person = program.json("person", "list")["people"][0]["id"]
    done = program.json("person", "edit", person, "--name", "Dr. Kavya Rao")
    assert program.json("person", "show", person)["name"] == "Dr. Kavya Rao"
    program.json("change", "undo", done["change_id"])
    assert program.json("person", "show", person)["name"] == "Kavya Rao"
    assert program.json("change", "undo", done["change_id"], status=1)["error"]["code"] == "change.undone_before"


def test_a_removed_fact_stays_away_until_it_is_taken_back(program, tmp_path):
    path = card(tmp_path, "a.vcf", {"name": "Kavya Rao", "email": "kavya@a.example"})
    program.json("import", "apply", str(path))
    person = program.json("person", "list")["people"][0]["id"]
    done = program.json("fact", "remove", person, "--kind", "email", "--value", "kavya@a.example")
    assert program.json("person", "show", person)["emails"] == []
    assert names(program, "--query", "kavya@a.example") == []
    program.json("change", "undo", done["change_id"])
    assert program.json("person", "show", person)["emails"] == ["kavya@a.example"]


def test_two_sources_differ_until_somebody_decides(program, tmp_path):
    for file, born in (("a.vcf", "1988-06-15"), ("b.vcf", "1988-06-16")):
        program.json("import", "apply", str(card(tmp_path, file, {"name": "Kavya Rao", "email": "kavya@a.example", "born": born})))
    person, = [person["id"] for person in program.json("person", "list")["people"]]
    both = facts(program, person, "birthday")
    assert [fact["value"] for fact in both] == ["1988-06-16", "1988-06-15"]
    assert all(fact["has_conflict"] for fact in both)
    assert names(program, "--where", "conflict") == ["Kavya Rao"]
    server = program.serve()
    assert "Two sources differ" in server.get(f"/people/{person}").text
    _, said, undo = press(server, "fact.decide", f"/people/{person}", id=person, kind="birthday", value="1988-06-15")
    assert said == "Birthday: decided." and undo[0] == "change.undo"
    assert "Two sources differ" not in server.get(f"/people/{person}").text
    assert facts(program, person, "birthday")[0]["value"] == "1988-06-15"
    press(server, undo[0], f"/people/{person}", id=undo[1])
    assert "Two sources differ" in server.get(f"/people/{person}").text


def test_deleted_people_are_gone_from_lists_and_come_back_whole(program):
    person = add(program, "Kavya Rao", tag="mentor")
    program.json("person", "remove", person)
    assert names(program) == [] and names(program, "--where", "is:deleted") == ["Kavya Rao"]
    program.json("person", "restore", person)
    assert names(program, "--where", "tag:mentor") == ["Kavya Rao"]


# ---- lists ----

def test_a_filter_that_is_not_understood_points_at_the_character(program):
    error = program.json("person", "list", "--where", "due tgi:mentor", status=1)["error"]
    assert error["code"] == "person.where_unknown"
    assert error["message"].startswith("Character 5: “tgi:mentor” is not understood.")


def test_pages_of_a_list_hold_everyone_once_in_every_order(program):
    for i in range(7):
        add(program, f"Person Number{i}")
    for sort in ("name", "tie", "last_touch", "due", "added"):
        seen, after = [], []
        for _ in range(9):
            page = program.json("person", "list", "--sort", sort, "--limit", "2", *after)
            seen += [person["id"] for person in page["people"]]
            assert page["total"] == 7
            if page["next"] is None:
                break
            after = ["--after", page["next"]]
        assert len(seen) == len(set(seen)) == 7, sort


def test_many_are_tagged_and_deleted_in_one_go_with_one_undo(program):
    people = [add(program, f"Person Number{i}") for i in range(3)]
    done = program.json("person", "bulk", *people[:2], "--do", "tag", "--tag", "#ward round")
    assert (done["people"], done["message"]) == (2, "2 people tagged #ward-round.")
    assert len(names(program, "--where", "tag:ward-round")) == 2
    program.json("change", "undo", done["change_id"])
    assert names(program, "--where", "tag:ward-round") == []
    gone = program.json("person", "bulk", *people, "--do", "delete")
    assert gone["message"] == "3 people deleted. They can come back for 30 days." and names(program) == []
    program.json("change", "undo", gone["change_id"])
    assert len(names(program)) == 3


def test_a_bulk_edit_with_one_unknown_person_changes_nobody(program):
    person = add(program, "Kavya Rao")
    error = program.json("person", "bulk", person, "0000000000001", "--do", "tag", "--tag", "x", status=1)["error"]
    assert error["code"] == "person.not_found"
    assert names(program, "--where", "tag:x") == []


# ---- one or two ----

def test_merging_loses_nothing_and_is_taken_back(program):
    one = add(program, "Kavya Rao", email="kavya@a.example")
    two = add(program, "Dr. Kavya Rao", phone="+1 419 555 0142")
    program.json("touch", "add", "--person", two, "--kind", "call", "--on", "2026-07-20")
    merged = program.json("person", "merge", one, two)
    shown = program.json("person", "show", one)
    assert shown["emails"] == ["kavya@a.example"] and len(shown["phones"]) == 1 and len(shown["touches"]) == 1
    assert len(names(program)) == 1
    assert program.json("person", "show", two)["id"] == one
    program.json("person", "unmerge", merged["merge_id"])
    assert sorted(names(program)) == ["Dr. Kavya Rao", "Kavya Rao"]
    assert program.json("person", "show", one)["touches"] == []


def test_what_is_kept_apart_is_not_proposed_again(program):
    one = add(program, "Kavya Rao", email="kavya@a.example")
    two = add(program, "Dr. Kavya Rao", email="kavya@a.example")
    pair, = program.json("person", "duplicates", "--look")["duplicates"]
    assert {pair["a"]["id"], pair["b"]["id"]} == {one, two} and pair["is_exact"]
    program.json("person", "apart", one, two)
    assert program.json("person", "duplicates", "--look")["duplicates"] == []
    assert program.json("person", "merge", one, two, status=1)["error"]["code"] == "merge.kept_apart"


# ---- pages ----

def test_an_empty_address_book_says_how_to_begin(program):
    page = program.serve().get("/people").text
    assert "No one is here yet." in page and 'href="/import"' in page


def test_the_list_filters_sorts_and_answers_typing_with_rows_only(program):
    add(program, "Amina Hassan", tag="mentor")
    add(program, "Kavya Rao")
    server = program.serve()
    page = server.get("/people?where=tag:mentor").text
    assert "Amina Hassan" in page and "Kavya Rao" not in page
    part = server.get("/people?q=kav", headers={"HX-Request": "true", "HX-Target": "div#list"}).text
    assert "Kavya Rao" in part and "Amina Hassan" not in part and "<html" not in part
    wrong = server.get("/people?where=tgi:x").text
    assert "This filter is not understood." in wrong and "Character 1: “tgi:x”" in wrong and "Kavya Rao" in wrong
    assert "No one matches “zzz”." in server.get("/people?q=zzz").text


def test_ticked_people_are_deleted_and_undo_brings_them_back(program):
    people = [add(program, f"Person Number{i}") for i in range(3)]
    server = program.serve()
    page, said, undo = press(server, "person.bulk", id=people[:2], do="delete")
    assert said == "2 people deleted. They can come back for 30 days."
    assert "Person Number0" not in page.text.split("<table")[1]
    page, said, _ = press(server, undo[0], id=undo[1])
    assert said == "Taken back. It is as it was before." and "Person Number0" in page.text


def test_a_page_of_a_person_leads_through_adding_editing_and_removing_facts(program):
    server = program.serve()
    page, said, _ = press(server, "person.add", back="/people/{id}", name="Dr. Kavya Rao", email="kavya@a.example")
    assert said == "Dr. Kavya Rao is in your address book."
    person = re.search(r'href="/people/([0-9a-z]{13})/edit"', page.text).group(1)
    here = f"/people/{person}/edit"
    _, said, undo = press(server, "fact.add", here, id=person, kind="school", value="Indus Delta Medical College, MBBS", ends="2018")
    assert said == "School: added."
    assert "Indus Delta Medical College, MBBS, class of 2018" in server.get(f"/people/{person}").text
    press(server, "fact.change", here, id=person, kind="email", old="kavya@a.example", value="kavya@b.example")
    assert program.json("person", "show", person)["emails"] == ["kavya@b.example"]
    press(server, "person.edit", f"/people/{person}", id=person, whole="yes", name="Dr. Kavya Rao", tags="mentor ohio")
    assert program.json("person", "show", person)["tags"] == ["mentor", "ohio"]
    press(server, "person.edit", f"/people/{person}", id=person, whole="yes", name="Dr. Kavya Rao", tags="ohio")
    assert program.json("person", "show", person)["tags"] == ["ohio"]


def test_a_refused_form_comes_back_with_what_was_typed(program):
    person = add(program, "Kavya Rao")
    server = program.serve()
    done = server.form("/do/fact.add", {"csrf": csrf_of(server), "back": f"/people/{person}/edit", "id": person, "kind": "email",
                                        "value": "kavya at home"})
    assert done.status == 400
    assert "<b>Not saved.</b>" in done.text and "An e-mail address looks like" in done.text and 'value="kavya at home"' in done.text


def test_no_contact_is_said_on_the_page_and_leaves_no_due_day(program):
    person = add(program, "Kavya Rao", email="kavya@a.example")
    program.json("cadence", "set", "--person", person, "--every", "30d")
    server = program.serve()
    page, _, _ = press(server, "fact.add", f"/people/{person}", id=person, kind="do_not_contact", value="Since 21 July 2026")
    assert "<b>Do not contact.</b> Since 21 July 2026." in page.text and ">Write</a>" not in page.text
    assert program.json("person", "show", person)["due"] is None


def test_pairs_stand_side_by_side_and_both_answers_can_be_taken_back(program):
    add(program, "Kavya Rao", email="kavya@a.example", org="Northquay General")
    add(program, "Dr. Kavya Rao", email="kavya@a.example", title="Hepatology", org="Cedar Valley")
    server = program.serve()
    page, said, _ = press(server, "person.duplicates", "/duplicates", look="yes")
    assert said == "1 more to look at." and page.text.count("Same person") == 1 and "you, " in page.text
    one, two = re.search(r'name="id" value="(\w+)"><input type="hidden" name="with" value="(\w+)"', page.text).groups()
    page, _, undo = press(server, "person.apart", "/duplicates", id=one, **{"with": two})
    assert "No two entries look like one person." in page.text and undo == ("person.together", f"{one}.{two}")
    page, said, _ = press(server, undo[0], "/duplicates", id=undo[1])
    assert said == "The two are proposed again." and page.text.count("Same person") == 1
    page, _, undo = press(server, "person.merge", "/duplicates", id=one, **{"with": two})
    assert undo[0] == "person.unmerge" and "Seen as one" in page.text
    press(server, undo[0], "/duplicates", id=undo[1])
    assert len(names(program)) == 2


def test_a_merged_persons_old_address_leads_to_the_one_that_stands_for_both(program):
    one, two = add(program, "Kavya Rao"), add(program, "Kavya R. Rao")
    program.json("person", "merge", one, two)
    server = program.serve()
    server.get("/people")
    moved = server.get(f"/people/{two}")
    assert (moved.status, moved.headers["Location"]) == (303, f"/people/{one}")


def test_relations_are_seen_from_both_ends(program):
    one, two = add(program, "Amina Hassan"), add(program, "Kavya Rao")
    done = program.json("person", "relate", one, "--to", two, "--kind", "introduced")
    server = program.serve()
    assert "whom they introduced" in server.get(f"/people/{one}").text
    assert "who introduced them" in server.get(f"/people/{two}").text
    program.json("change", "undo", done["change_id"])
    assert program.json("person", "show", one)["relations"] == []


def test_a_photo_is_kept_and_shown_and_no_other_file_is(program, tmp_path):
    person = add(program, "Kavya Rao")
    picture = tmp_path / "face.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    text = tmp_path / "face.txt"
    text.write_text("no picture")
    program.json("person", "photo", person, "--photo", str(picture))
    server = program.serve()
    href = re.search(r'src="(/people/\w+/photo\?v=\w+)"', server.get(f"/people/{person}").text).group(1)
    photo = server.get(href)
    assert (photo.status, photo.headers["Content-Type"], photo.body) == (200, "image/png", picture.read_bytes())
    assert program.json("person", "photo", person, "--photo", str(text), status=1)["error"]["code"] == "blob.not_an_image"


def test_search_groups_people_and_notes(program):
    person = add(program, "Amina Hassan")
    add(program, "Kavya Rao")
    program.json("touch", "add", "--person", person, "--kind", "call", "--on", "2026-07-20", "--note", "She knows Rao from the ward.")
    page = program.serve().get("/search?q=rao").text
    people, notes = page.split('id="notes"')
    assert "Kavya Rao" in people and "She knows Rao from the ward." in notes and "Amina Hassan" in notes


def test_unknown_people_are_absent_for_pages_and_actions(program):
    server = program.serve()
    server.get("/people")
    assert server.get("/people/0000000000001").status == 404
    assert server.get("/people/nonsense").status == 404
    assert program.json("person", "show", "0000000000001", status=1)["error"]["code"] == "person.not_found"
