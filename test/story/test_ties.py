"""The people you know, the people of your school, and ties that are kept: circle, introductions, favours, alumni, nurture."""
import html
import re

GOAL = {"specialties": "internal_medicine", "cycle": "2027", "stage": "graduate", "school": "Indus Delta Medical College",
        "school_country": "PK", "graduated": "2022", "exams": "step1 step2ck", "hours_week": "6", "regions": "OH"}


def goal(program, **answers):
    program.json("goal", "set", *[word for key, value in {**GOAL, **answers}.items() for word in (f"--{key.replace('_', '-')}", value)])


def add(program, name, **facts):
    words = [word for key, value in facts.items() for word in (f"--{key}", value)]
    return program.json("person", "add", "--name", name, *words)["id"]


def touch(program, person, kind, on, *words):
    return program.json("touch", "add", "--person", person, "--kind", kind, "--on", on, *words)


def csrf_of(server, path="/people"):
    return re.search(r'name="csrf" (?:value|content)="([^"]+)"', server.get(path).text).group(1)


def press(server, action, back, **fields):
    done = server.form(f"/do/{action}", {"csrf": csrf_of(server), "back": back, **fields})
    assert done.status == 303, (done.status, re.findall(r'role="alert">(.*?)</p>', done.text))
    page = server.get(done.headers["Location"].split("#")[0])
    assert page.status == 200
    return page.text


def later(program, server, now):
    """The server is started again on another day."""
    server.stop()
    program.now = f"{now}T09:00:00Z"
    return program.serve()


def suggested(program, strategy):
    """key -> suggestion of one strategy."""
    found = program.json("suggestion", "list", "--strategy", strategy)["suggestions"]
    return {one["key"]: one for one in found}


def titles(program, strategy):
    return [one["title"] for one in suggested(program, strategy).values()]


def section(page, anchor):
    return re.search(rf'aria-labelledby="{anchor}".*?</section>', page, re.S).group(0)


def words(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup)))


# ---- the circle ----

def test_several_names_become_people_with_tag_and_how_you_met(program):
    goal(program)
    server = program.serve()
    page = server.get("/strategies/existing_connections/circle?prompt=abroad").text
    assert "Who of them lives in the United States or Canada" in page
    after = press(server, "circle.add", "/strategies/existing_connections/circle", prompt="abroad",
                  people="Omar Haddad; cousin of my mother; Toledo, Ohio\n\n  Leyla Demir, shared a flat with me \nسارا احمدی\n")
    assert "3 people are new in your address book." in after and "1 of 14 gone through" in after
    people = {one["name"]: one["id"] for one in program.json("person", "list")["people"]}
    assert {"Omar Haddad", "Leyla Demir"} <= set(people) and len(people) == 3
    shown = program.json("person", "show", people["Omar Haddad"])
    known = {(fact["kind"], fact["value"]) for fact in shown["facts"]}
    assert {("tag", "family"), ("met", "cousin of my mother"), ("place", "Toledo, Ohio")} <= known
    assert {one["name"] for one in program.json("person", "list", "--where", "us_link")["people"]} == {"Omar Haddad"}
    page = server.get("/strategies/existing_connections").text
    assert "Omar Haddad" in section(page, "links") and "3 people of your circle are in the book" in page
    assert "Ask Omar Haddad whom they know in Internal Medicine" in titles(program, "existing_connections")
    assert "Tell Leyla Demir what you aim for" in titles(program, "existing_connections")


def test_a_name_that_is_there_is_left_as_it_is_and_the_whole_can_be_taken_back(program):
    add(program, "Omar Haddad", email="omar@haddad.example")
    done = program.json("circle", "add", "friends", "--people", "Omar Haddad; school\nAna Silva; chess")
    assert (done["added"], done["known"]) == (1, 1)
    assert "There already, and left as it is: Omar Haddad." in done["message"]
    assert program.json("person", "list", "--where", "tag:friend")["total"] == 1
    assert [one["id"] for one in program.json("circle", "list")["prompts"] if one["done_on"]] == ["friends"]
    program.json("change", "undo", done["change_id"])
    assert [one["name"] for one in program.json("person", "list")["people"]] == ["Omar Haddad"]
    assert not [one for one in program.json("circle", "list")["prompts"] if one["done_on"]]


def test_nobody_new_is_an_answer_and_leads_to_the_next_prompt(program):
    goal(program)
    assert "connections.circle/-/family" in suggested(program, "existing_connections")
    program.json("suggestion", "take", "connections.circle/-/family")
    server = program.serve()
    after = press(server, "circle.add", "/strategies/existing_connections/circle", prompt="family")
    assert "Gone through: nobody new comes to mind." in after and "family and friends abroad" in after.lower()
    assert program.json("step", "list")["steps"] == []            # the step it was accepted as is done with it
    program.now = "2026-07-22T09:00:00Z"
    assert "connections.circle/-/abroad" in suggested(program, "existing_connections")


def test_what_cannot_be_kept_is_refused_with_what_was_typed(program):
    server = program.serve()
    lines = "\n".join(f"Person Number{i}" for i in range(41))
    done = server.form("/do/circle.add", {"csrf": csrf_of(server), "back": "/strategies/existing_connections/circle",
                                          "prompt": "family", "people": lines})
    assert done.status >= 400 and "At most 40 people at once" in done.text and "Person Number7" in done.text
    assert program.json("person", "list")["total"] == 0
    assert program.json("circle", "add", "nowhere", status=1)["error"]["code"] == "circle.not_found"


# ---- introductions ----

def test_an_introduction_goes_from_the_request_to_the_news_of_how_it_went(program):
    goal(program)
    by = add(program, "Ana Silva", org="Northquay General", title="Nurse educator", place="Toledo, Ohio")
    to = add(program, "Dr. Ben Ode", org="Northquay General", title="Program director, internal medicine", place="Toledo, Ohio")
    for day in ("2026-06-01", "2026-06-12", "2026-06-20", "2026-07-02", "2026-07-10"):
        touch(program, by, "meeting", day)
    server = program.serve()
    page = server.get("/strategies/existing_connections").text
    assert "Ana Silva to Dr. Ben Ode" in words(section(page, "pairs"))
    assert "Ask Ana Silva to introduce you to Dr. Ben Ode" in titles(program, "existing_connections")
    after = press(server, "favour.add", "/strategies/existing_connections#introductions", person=by, about_person=to,
                  kind="introduction", strategy="existing_connections")
    assert "1 open, 1 in all" in section(after, "introductions") and 'aria-labelledby="pairs"' not in after
    favour = program.json("favour", "list")["favours"][0]
    assert (favour["name"], favour["about_name"], favour["state"], favour["asked_on"]) == ("Ana Silva", "Dr. Ben Ode", "asked", "2026-07-21")
    assert program.json("favour", "move", favour["id"], "thanked", status=1)["error"]["code"] == "favour.state"

    server = later(program, server, "2026-07-22")
    program.json("favour", "move", favour["id"], "granted")
    due = suggested(program, "existing_connections")
    thanks = due[f"connections.thank_intro/{by}/{favour['id']}"]
    assert thanks["title"] == "Thank Ana Silva for the introduction to Dr. Ben Ode" and thanks["until"] == "2026-07-24"
    assert due[f"connections.write_new/{to}/{favour['id']}"]["title"] == "Write to Dr. Ben Ode after the introduction"
    assert "thanks by Fri 24 July" in server.get("/strategies/existing_connections").text

    program.now = "2026-07-23T09:00:00Z"
    program.json("favour", "move", favour["id"], "thanked")
    touch(program, to, "mail", "2026-07-23")
    assert not [key for key in suggested(program, "existing_connections") if key.startswith(("connections.thank", "connections.write"))]
    program.now = "2026-07-29T09:00:00Z"
    told = suggested(program, "existing_connections")[f"connections.tell_intro/{by}/{favour['id']}"]
    assert told["title"] == "Tell Ana Silva how it went with Dr. Ben Ode" and told["until"] == "2026-08-05"
    program.json("favour", "move", favour["id"], "told")
    assert not [key for key in suggested(program, "existing_connections") if key.startswith("connections.tell_intro")]


def test_favours_stand_on_the_page_of_the_person_and_are_removed_again(program):
    person = add(program, "Dr. Reader")
    server = program.serve()
    back = f"/people/{person}#favours"
    assert "none yet" in words(section(server.get(f"/people/{person}").text, "favours"))
    after = press(server, "favour.add", back, person=person, kind="review", direction="asked", about="")
    assert "Asked to read a draft" in section(after, "favours")
    after = press(server, "favour.add", back, person=person, kind="information", direction="given", about="the clinic’s new rota")
    assert "asked: 1, given: 1" in words(section(after, "favours"))
    favour = program.json("favour", "list", "--person", person, "--kind", "review")["favours"][0]
    after = press(server, "favour.move", back, id=favour["id"], state="granted")
    assert "Good. Thanks are due within two days." in after
    assert f"nurture.thank/{person}/{favour['id']}" in suggested(program, "nurture")
    after = press(server, "favour.remove", back, id=favour["id"])
    assert "read a draft" not in section(after, "favours")
    undo = re.search(r'data-toast.*?name="id" value="([^"]+)"', after, re.S).group(1)
    assert "Asked to read a draft" in press(server, "change.undo", back, id=undo)


# ---- one's own school ----

SCHOOL_LIST = """Name,Class of,Medical school,Hospital,Position,Specialty,City,State
Dr. Near By,2020,Indus Delta Medical College,Northquay General,"Resident, second year",Internal Medicine,Toledo,Ohio
Dr. Long Ago,1995,Indus Delta Medical College,Harbor Point,Attending physician,Psychiatry,Boston,Massachusetts
Same Year,2022,Indus Delta Medical College,,,,Karachi,
Dr. Other,2020,Lakemont University,Northquay General,Resident,Internal Medicine,Toledo,Ohio
"""


def test_a_list_of_the_school_is_brought_in_and_sorted_by_who_is_near(program, tmp_path):
    goal(program)
    file = tmp_path / "class.csv"
    file.write_text(SCHOOL_LIST)
    assert "Ask your school or class group for its list" in titles(program, "alumni")
    program.json("import", "apply", str(file))
    server = program.serve()
    page = server.get("/strategies/alumni").text
    people = section(page, "people")
    assert "3 in the book, 2 with a US link" in people and "Dr. Other" not in people
    order = [people.index(name) for name in ("Same Year", "Dr. Near By", "Dr. Long Ago")]
    assert order == sorted(order)
    assert "two years before you" in people and "in your year" in people and "27 years before you" in people
    assert titles(program, "alumni")[0] == "Write a first message to Dr. Near By"
    assert "Write a first message to Same Year" not in titles(program, "alumni")        # nothing says how they could help
    near = section(server.get("/strategies/alumni?near=yes").text, "people")
    assert "Dr. Near By" in near and "Dr. Long Ago" not in near
    ohio = section(server.get("/strategies/alumni?region=OH").text, "people")
    assert "Dr. Near By" in ohio and "Dr. Long Ago" not in ohio and "Same Year" not in ohio
    none = section(server.get("/strategies/alumni?region=TX").text, "people")
    assert "Dr. Near By" not in none


def test_an_answer_of_the_school_leads_to_a_short_talk(program, tmp_path):
    goal(program)
    file = tmp_path / "class.csv"
    file.write_text(SCHOOL_LIST)
    program.json("import", "apply", str(file))
    person = program.json("person", "list", "--query", "Near By")["people"][0]["id"]
    touch(program, person, "mail", "2026-07-15")
    assert f"alumni.first/{person}" not in suggested(program, "alumni")
    touch(program, person, "mail", "2026-07-19", "--direction", "in")
    answer = suggested(program, "alumni")[f"alumni.second/{person}"]
    assert answer["title"] == "Answer Dr. Near By and ask for 15 minutes" and answer["until"] == "2026-07-26"


def test_an_event_of_the_school_is_prepared_held_and_written_up(program):
    goal(program)
    person = add(program, "Dr. Near By", school="Indus Delta Medical College")
    server = program.serve()
    after = press(server, "reunion.add", "/strategies/alumni#events", title="Class reunion", on="2026-07-24", note="Chicago")
    assert "Class reunion" in section(after, "events") and "in 3 days" in after
    assert "Choose whom to look for at Class reunion" in titles(program, "alumni")
    event = program.json("reunion", "list")["reunions"][0]
    assert program.json("reunion", "done", event["id"], status=1)["error"]["code"] == "reunion.ahead"
    server = later(program, server, "2026-07-26")
    assert "Write down whom you met at Class reunion" in titles(program, "alumni")
    press(server, "reunion.done", "/strategies/alumni#events", id=event["id"])
    after = press(server, "reunion.met", "/strategies/alumni#events", id=event["id"], who="dr. near by")
    assert "Dr. Near By is written down as met there." in after and "met:" in words(section(after, "events"))
    assert program.json("reunion", "list")["reunions"][0]["met"] == [person]
    assert [one["kind"] for one in program.json("person", "show", person)["touches"]] == ["event"]
    assert program.json("reunion", "met", event["id"], "--who", "Nobody Atall", status=1)["error"]["code"] == "reunion.unknown"
    assert "Write down whom you met at Class reunion" not in titles(program, "alumni")


# ---- ties that are kept ----

def test_who_is_due_and_who_is_warm_without_a_rhythm(program):
    goal(program)
    due = add(program, "Dr. Due")
    touch(program, due, "meeting", "2026-04-01")
    program.json("cadence", "set", "--person", due, "--tier", "B")
    warm = add(program, "Dr. Warm")
    for day in ("2026-06-01", "2026-06-20", "2026-07-01", "2026-07-10", "2026-07-18"):
        touch(program, warm, "meeting", day)
    assert f"nurture.due/{due}" in suggested(program, "nurture")
    server = program.serve()
    page = server.get("/strategies/nurture").text
    assert "Dr. Due" in section(page, "due") and "Dr. Warm" in section(page, "tiers")
    after = press(server, "cadence.set", "/strategies/nurture#tiers", person=warm, tier="A")
    tiers = words(section(after, "tiers"))
    assert "A, about every 5 weeks 1 person Dr. Warm" in tiers and "B, about every 3 months 1 person, 1 due Dr. Due" in tiers
    assert "without a rhythm" not in tiers


def test_an_exam_that_is_passed_is_told_to_mentors_only_once(program):
    goal(program, exams="step1")
    program.json("season", "add", "--kind", "exam", "--title", "USMLE Step 2 CK", "--on", "2026-06-20")
    mentor = add(program, "Dr. Mentor", tag="mentor")
    touch(program, mentor, "call", "2026-06-10")
    assert f"nurture.tell/{mentor}" not in suggested(program, "nurture")              # nobody says that it is passed
    assert "Enter the result of USMLE Step 2 CK" in titles(program, "nurture")
    program.json("goal", "set", "--exams", "step1 step2ck")
    assert suggested(program, "nurture")[f"nurture.tell/{mentor}"]["title"] == "Tell Dr. Mentor that you passed USMLE Step 2 CK"
    assert "You passed USMLE Step 2 CK" in program.serve().get("/strategies/nurture").text
    touch(program, mentor, "mail", "2026-07-21")
    assert f"nurture.tell/{mentor}" not in suggested(program, "nurture")


def test_what_was_asked_and_given_is_held_against_each_other(program):
    goal(program)
    giver = add(program, "Dr. Giving")
    touch(program, giver, "call", "2026-05-01")
    program.json("favour", "add", "--person", giver, "--kind", "letter", "--state", "told", "--on", "2026-03-01")
    assert "Send Dr. Giving something of use to them" in titles(program, "nurture")
    server = program.serve()
    page = words(section(server.get("/strategies/nurture").text, "balance"))
    assert "Dr. Giving 1 time 0 times something of use is due" in page
    program.json("favour", "add", "--person", giver, "--kind", "mentoring", "--direction", "given", "--on", "2026-07-01")
    assert "about even" in words(section(server.get("/strategies/nurture").text, "balance"))


def test_pages_are_whole_on_an_empty_book(program):
    server = program.serve()
    for path in ("existing_connections", "existing_connections/circle", "alumni", "nurture"):
        page = server.get(f"/strategies/{path}")
        assert page.status == 200 and page.text.count("<h1>") == 1
    assert "Your school is not known yet." in server.get("/strategies/alumni").text
