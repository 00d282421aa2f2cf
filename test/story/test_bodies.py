"""Associations, groups, platforms and forums: on the command line, in the pages, and taken back."""
import re

import pytest

ASSOCIATIONS = "/strategies/associations"
GROUPS = "/strategies/ethnic_specialty_groups"
PLATFORMS = "/strategies/digital_platforms"
FORUMS = "/strategies/online_forums"


def press(server, action, path, **fields):
    """A form of the page at path is sent; the page that answers."""
    token = re.search(r'name="csrf" (?:value|content)="([^"]+)"', server.get(path).text).group(1)
    done = server.form(f"/do/{action}", {"csrf": token, "back": path, **fields})
    return server.get(done.headers["Location"]) if done.status == 303 else done


def section(page, name):
    return re.search(rf'<section class="sec" aria-labelledby="{name}">.*?</section>', page, re.S).group(0)


def keys(program, strategy):
    return [one["key"] for one in program.json("suggestion", "list", "--strategy", strategy)["suggestions"]]


@pytest.fixture
def student(program):
    program.json("goal", "set", "--specialties", "internal_medicine")
    program.json("goal", "set", "--stage", "student")
    program.json("goal", "set", "--school", "Lakemont Medical University")
    program.json("goal", "set", "--school-country", "PK")
    return program


# ---- associations ----

def test_the_catalogue_says_what_fits_and_why(student):
    bodies = student.json("association", "list", "--shelf", "professional")["associations"]
    assert [bodies[0]["id"], bodies[0]["fit"], bodies[0]["why"]] == ["acp", "fits", "Of Internal Medicine; free for students."]
    assert {body["fit"] for body in bodies} == {"fits", "later", "listed"}
    assert all(body["source"] and body["evidence"] for body in bodies)
    assert student.json("association", "list")["total"] == 69
    page = student.serve().get(ASSOCIATIONS).text
    fits = section(page, "fits")
    assert "American College of Physicians (ACP)" in fits and "Of Internal Medicine; free for students." in fits
    assert "American College of Surgeons" not in fits and "American College of Surgeons" in section(page, "others")
    assert "Fees are not listed here" in page


def test_one_joins_with_a_price_and_is_reminded(student):
    key = "associations.join/-/acp"
    assert key in keys(student, "associations")
    student.json("suggestion", "take", key)
    made = student.json("membership", "add", "acp", "--renew", "2026-08-20", "--cost", "119")
    assert made["message"] == "The membership is written down."
    assert student.json("step", "list")["steps"] == []                       # the step of the suggestion is done
    one = student.json("membership", "list")["memberships"][0]
    assert (one["title"], one["stage"], one["since"], one["renew"]) == ("ACP", "active", "2026-07-21", "2026-08-20")
    assert (one["cost_cents"], one["currency"], one["price_year"], one["cents_each"]) == (11900, "USD", 2026, None)
    assert f"associations.renew/-/{one['id']}" in keys(student, "associations")
    server = student.serve()
    page = press(server, "membership.renew", f"/memberships/{one['id']}", id=one["id"])
    assert "It is renewed." in page.text and "20 August 2027" in page.text
    assert f"associations.renew/-/{one['id']}" not in keys(student, "associations")
    change = re.search(r'data-toast.*?name="id" value="([^"]+)"', page.text, re.S).group(1)
    press(server, "change.undo", "/", id=change)
    assert student.json("membership", "list")["memberships"][0]["renew"] == "2026-08-20"


def test_nobody_joins_twice_and_what_is_unknown_is_refused(student):
    student.json("membership", "add", "acp", "--stage", "considered")
    assert student.json("membership", "add", "acp", status=1)["error"]["code"] == "membership.conflict"
    assert student.json("membership", "add", "nothing", status=1)["error"]["code"] == "membership.unknown"
    assert student.json("membership", "add", status=1)["error"]["code"] == "membership.title_missing"
    assert student.json("membership", "add", "--title", "X", "--cost", "5", "--price-year", "2030", status=1)["error"]["code"] \
        == "membership.price_year"


def test_people_met_share_the_cost(student):
    people = [student.json("person", "add", "--name", name)["id"] for name in ("Amina Hassan", "Ravi Rao")]
    id = student.json("membership", "add", "acp", "--cost", "$120")["id"]
    server = student.serve()
    here = f"/memberships/{id}"
    assert "Nobody yet." in server.get(here).text
    found = server.get(here + "?who=amina").text
    assert "Amina Hassan" in found and "Ravi Rao" not in found
    assert "You met Amina Hassan through it." in press(server, "membership.met", here, id=id, person=people[0], on="2026-07-01").text
    page = press(server, "membership.met", here, id=id, person=people[1]).text
    assert "$60 each" in page and "met Wed 1 July" in page
    assert "1 membership, $120 a year, 2 people met: $60 each." in server.get(ASSOCIATIONS).text
    press(server, "membership.unmet", here, id=id, person=people[1])
    one = student.json("membership", "list")["memberships"][0]
    assert (one["met"], one["cents_each"]) == (1, 12000)
    assert student.json("membership", "met", id, "--person", people[1], "--on", "2026-07-22", status=1)["error"]["code"] == "membership.day_ahead"


def test_a_price_is_entered_in_the_page_and_a_refused_one_stays_typed(student):
    id = student.json("membership", "add", "ama", "--stage", "considered")["id"]
    assert f"associations.fee/-/{id}" in keys(student, "associations")
    server = student.serve()
    here = f"/memberships/{id}"
    bad = press(server, "membership.edit", here, id=id, title="AMA", cost="much", price_year="2026")
    assert bad.status == 422 or bad.status == 400
    assert 'value="much"' in bad.text and 'aria-invalid="true"' in bad.text
    page = press(server, "membership.edit", here, id=id, title="AMA", cost="45.50", price_year="2025")
    assert "$45.50" in page.text and "price of 2025" in page.text
    assert f"associations.decide/-/{id}" in keys(student, "associations")
    press(server, "membership.leave", here, id=id)
    assert student.json("membership", "list")["memberships"][0]["stage"] == "declined"
    assert not [key for key in keys(student, "associations") if id in key]


def test_what_was_not_joined_cost_nothing(student):
    spent = lambda: [row["cents"] for row in student.json("strategy", "list")["strategies"] if row["id"] == "associations"]
    id = student.json("membership", "add", "acp", "--stage", "considered", "--cost", "119")["id"]
    assert spent() == [0]
    assert student.json("membership", "leave", id)["message"] == "It is not joined."
    assert spent() == [0]
    member = student.json("membership", "add", "ama", "--cost", "45")["id"]
    assert spent() == [4500]
    assert student.json("membership", "leave", member)["message"] == "It is let go."
    assert spent() == [4500]
    assert student.json("membership", "renew", member)["message"] == "You are a member."
    assert {one["title"]: one["renew"] for one in student.json("membership", "list")["memberships"]}["AMA"] == "2027-07-21"


def test_a_look_each_quarter(student):
    student.json("membership", "add", "acp", "--since", "2026-01-10")
    assert "associations.review" in keys(student, "associations")
    page = press(student.serve(), "membership.review", ASSOCIATIONS).text
    assert "Looked at. The next look is due in a quarter." in page and "last looked at Tue 21 July" in page
    assert "associations.review" not in keys(student, "associations")


def test_a_body_of_ones_own_is_kept_and_removed(student):
    server = student.serve()
    page = press(server, "membership.add", ASSOCIATIONS, title="Toledo Journal Club", stage="active", shelf="professional").text
    assert "Toledo Journal Club" in section(page, "mine")
    id = student.json("membership", "list")["memberships"][0]["id"]
    assert "Toledo Journal Club" not in press(server, "membership.remove", ASSOCIATIONS, id=id).text
    assert server.get(f"/memberships/{id}").status == 404


# ---- groups ----

def test_heritage_is_listed_neutrally_until_it_is_chosen(student):
    student.json("goal", "set", "--citizenship", "PK")
    student.json("goal", "set", "--languages", "ur")
    own = student.json("association", "list", "--shelf", "heritage")["associations"]
    assert {(body["fit"], body["why"]) for body in own} == {("listed", None)}
    assert [body["name"] for body in own] == sorted(body["name"] for body in own)
    assert keys(student, "ethnic_specialty_groups") == []
    server = student.serve()
    page = server.get(GROUPS).text
    assert "Nothing here is suggested to you." in page and 'aria-labelledby="fits"' not in page
    student.json("goal", "set", "--heritage", "appna")
    assert keys(student, "ethnic_specialty_groups") == ["groups.join/-/appna"]
    page = server.get(GROUPS).text
    assert "You chose it" in section(page, "fits") and "Nothing here is suggested" not in page
    assert "Islamic Medical Association" not in section(page, "fits")


def test_a_society_joined_leads_to_its_group_for_graduates_from_abroad(student):
    student.json("membership", "add", "ama")
    assert "groups.section/-/ama" in keys(student, "ethnic_specialty_groups")
    assert "IMG Section, which every IMG member is in" in section(student.serve().get(GROUPS).text, "groups")


# ---- platforms ----

def test_without_an_archive_it_is_asked_for(student):
    page = student.serve().get(PLATFORMS).text
    assert "There is no archive of your own account yet." in page and "No invitation of yours is known yet." in page
    assert "digital.import" in keys(student, "digital_platforms")


def test_a_profile_is_looked_at_in_its_archive(program):
    program.run("demo")
    server = program.serve()
    page = server.get(PLATFORMS).text
    profile = section(page, "profile")
    there, seen = map(int, re.search(r"(\d+) of (\d+) things are there", profile).groups())
    assert seen == 12 and there < 12 and "by your archive of" in profile and "Not told by the archive, so not counted: Add a photo." in profile
    assert re.search(r"\d+ of \d+ invitations accepted: \d+%\.", section(page, "invitations"))
    people = section(page, "unwritten")
    assert people.count("<li data-row>") == 25 and "your specialty first, then the oldest" in people
    assert "0 of 3 this week" in section(page, "rhythm")
    program.json("presence", "add", "Two lines on sepsis", "--kind", "comment", "--out", "2026-07-20")
    assert "1 of 3 this week" in section(server.get(PLATFORMS).text, "rhythm")


def test_whoever_is_written_to_leaves_the_list(program):
    program.run("demo")
    key = [key for key in keys(program, "digital_platforms") if key.startswith("digital.connected/")][0]
    person = key.split("/")[1]
    program.json("touch", "add", "--person", person, "--kind", "message", "--note", "Thanked for connecting")
    assert key not in keys(program, "digital_platforms")
    assert f"/people/{person}#log" not in program.serve().get(PLATFORMS).text


# ---- forums ----

ANSWER = ["--answer", "Somebody wrote that two stopped.", "--source", "a list of applicants"]


def test_an_answer_is_kept_with_its_source_and_its_minutes(student):
    said = student.json("saved", "add", "Do they sponsor H-1B?", *ANSWER, "--rumour", "--minutes", "45", "--year", "2026")
    assert said["message"] == "The answer is kept. 45 of 60 min this week."
    assert student.json("saved", "add", "No source", "--answer", "x", status=2)["error"]["code"] == "usage.missing"
    page = student.serve().get(FORUMS).text
    assert "45 of 60 min this week" in section(page, "time")
    assert "a rumour, not checked" in section(page, "kept") and "a list of applicants" in page


def test_a_rumour_that_is_checked_is_none(student):
    id = student.json("saved", "add", "Do they sponsor H-1B?", *ANSWER, "--rumour")["id"]
    key = f"forums.verify/-/{id}"
    assert key in keys(student, "online_forums")
    student.json("suggestion", "take", key)
    server = student.serve()
    assert "It is so: I have checked it" in server.get(f"{FORUMS}?id={id}").text
    page = press(server, "saved.edit", FORUMS, id=id, checked="yes").text
    assert "Checked." in page and "a rumour, not checked" not in page
    one = student.json("saved", "list")["saved"][0]
    assert (one["rumour"], one["year"], one["answer"]) == (False, 2026, "Somebody wrote that two stopped.")
    assert key not in keys(student, "online_forums") and student.json("step", "list")["steps"] == []


def test_an_old_answer_is_checked_again(student):
    id = student.json("saved", "add", "How many signals?", *ANSWER, "--year", "2023")["id"]
    assert f"forums.recheck/-/{id}" in keys(student, "online_forums")
    assert [one["old"] for one in student.json("saved", "list", "--old")["saved"]] == [True]
    page = press(student.serve(), "saved.edit", FORUMS, id=id, year="2026").text
    assert "older than two years: check it again" not in page
    assert f"forums.recheck/-/{id}" not in keys(student, "online_forums")


def test_answers_are_searched_in_every_word(student):
    student.json("saved", "add", "Visa in Ohio?", *ANSWER)
    student.json("saved", "add", "Fees of signals?", "--answer", "None.", "--source", "official page")
    assert [one["question"] for one in student.json("saved", "list", "OHIO applicants")["saved"]] == ["Visa in Ohio?"]
    page = section(student.serve().get(f"{FORUMS}?words=ohio+official").text, "kept")
    assert "No answer matches." in page


def test_the_limit_is_ones_own_and_ends_the_block(student):
    assert "forums.block" in keys(student, "online_forums")
    student.json("saved", "add", "A?", *ANSWER, "--minutes", "25")
    page = press(student.serve(), "saved.limit", FORUMS, minutes="30").text
    assert "The limit is set. 25 of 30 min this week." in page
    assert "forums.block" not in keys(student, "online_forums")
    student.json("saved", "limit", "90")
    assert student.json("saved", "list")["minutes_limit"] == 90
    assert "forums.block" in keys(student, "online_forums")


def test_what_looks_like_a_patient_is_refused(student):
    text = "The patient in room 12, MRN 445566, had it too"
    assert student.json("saved", "add", "Q?", "--answer", text, "--source", "x", status=1)["error"]["code"] == "saved.patient"
    refused = press(student.serve(), "saved.add", FORUMS, question="Q?", answer=text, source="x", rumour="no")
    assert "This is not about a patient" in refused.text and "MRN 445566" in refused.text
    student.json("saved", "add", "Q?", "--answer", text, "--source", "x", "--no-patient")
