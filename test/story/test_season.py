"""The goal in one conversation, the dated year that follows from it, and its calendar, read by another program's parser."""
import datetime
import html
import re

import pytest

icalendar = pytest.importorskip("icalendar")

GRADUATE = {"specialties": "internal_medicine", "cycle": "2027", "stage": "graduate", "school": "Indus Delta Medical College",
            "school_country": "PK", "graduated": "2022", "citizenship": "PK", "visa": "j1", "work_permit": "none", "exams": "step1",
            "zone": "Asia/Karachi", "hours_week": "6", "money_month": "80"}


def goal(program, **answers):
    words = [word for key, value in answers.items() for word in (f"--{key.replace('_', '-')}", value)]
    return program.json("goal", "set", *words)


def dates(program, *words):
    return {date["id"]: date for date in program.json("season", "show", *words)["dates"]}


def csrf_of(server, path="/season"):
    return re.search(r'name="csrf" (?:value|content)="([^"]+)"', server.get(path).text).group(1)


def post(server, action, back="/season", **fields):
    return server.form(f"/do/{action}", {"csrf": csrf_of(server), "back": back, **fields})


def press(server, action, back="/season", **fields):
    done = post(server, action, back, **fields)
    assert done.status == 303, (done.status, re.findall(r'role="alert">(.*?)</p>', done.text))
    page = server.get(done.headers["Location"])
    assert page.status == 200
    return page.text


def events(text):
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0" and not calendar.errors
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    return calendar, found


def event_of(found, end):
    return next(event for uid, event in found.items() if end in uid)


# ---- the goal ----

def test_every_answer_is_kept_shown_and_taken_back_by_itself(program):
    assert program.json("goal", "show")["answers"] == {}
    goal(program, **GRADUATE)
    shown = program.json("goal", "show")
    assert shown["answers"]["hours_week"] == "360" and shown["answers"]["money_month"] == "8000"
    assert (shown["answers"]["citizenship"], shown["answers"]["visa"], shown["answers"]["work_permit"]) == ("PK", "j1", "none")
    assert shown["open"] == ["languages", "heritage", "tried"]
    assert "  Hours a week: 6 h\n" in program.run("goal", "show").stdout
    program.json("goal", "set", "--question", "stage", "--value", "applying")
    program.json("goal", "set", "--question", "visa")
    answers = program.json("goal", "show")["answers"]
    assert answers["stage"] == "applying" and "visa" not in answers and answers["citizenship"] == "PK"


def test_there_are_at_most_twelve_questions_and_each_says_why(program):
    told = program.json("goal", "questions")
    assert 1 <= told["total"] <= 12 and all(one["why"].endswith(".") for one in told["questions"])
    papers = next(one for one in told["questions"] if one["id"] == "papers")
    assert [part["id"] for part in papers["fields"]] == ["citizenship", "visa", "work_permit"]


@pytest.mark.parametrize("words, code", [
    (["--cycle", "1900"], "goal.invalid"), (["--zone", "Mars/Olympus"], "goal.invalid"), (["--specialties", "wizardry"], "goal.invalid"),
    (["--question", "colour", "--value", "red"], "goal.unknown_question"), ([], "goal.nothing")])
def test_an_answer_that_cannot_be_is_refused_with_its_reason(program, words, code):
    refused = program.json("goal", "set", *words, status=1)["error"]
    assert refused["code"] == code and refused["message"].endswith(".")
    assert program.json("goal", "show")["answers"] == {}


def test_the_page_keeps_what_is_answered_and_says_what_is_open(program):
    server = program.serve()
    page = server.get("/goal").text
    assert page.count("<fieldset") <= 12 and page.count('<p class="why">') == page.count("<fieldset")
    text = press(server, "goal.set", back="/goal", whole="yes", specialties=["internal_medicine", "neurology"], cycle="2027", stage="graduate",
                 exams=["step1", "step2ck"], hours_week="6.5", free_days=["fri", "sun"], school="", heritage=["appna"])
    answers = program.json("goal", "show")["answers"]
    assert answers == {"specialties": "internal_medicine neurology", "cycle": "2027", "stage": "graduate", "exams": "step1 step2ck",
                       "hours_week": "390", "free_days": "fri sun"}       # heritage without its own box is not kept
    assert re.search(r'<option value="neurology" selected>', text) and 'id="exams-step2ck" name="exams" value="step2ck" checked' in text
    still = text.split('id="open"')[1]
    assert "Which school" in still and "Which specialty" not in still
    press(server, "goal.set", back="/goal", whole="yes", cycle="2027", heritage_wanted="yes", heritage=["appna"])
    assert program.json("goal", "show")["answers"] == {"cycle": "2027", "heritage": "appna"}


def test_a_refused_page_keeps_what_was_typed_and_saves_nothing(program):
    server = program.serve()
    refused = post(server, "goal.set", back="/goal", whole="yes", cycle="1999", school="Indus Delta", exams=["step1"])
    assert refused.status in (400, 409, 422) and "Nothing was saved." in refused.text
    assert 'value="1999"' in refused.text and 'value="Indus Delta"' in refused.text and 'value="step1" checked' in refused.text
    assert re.search(r'id="cycle-error">.*?A year from 2026 to 2034 is needed\.', refused.text, re.S)
    assert program.json("goal", "show")["answers"] == {}


# ---- the year ----

def test_the_year_follows_the_goal(program):
    assert program.json("season", "show")["is_guessed"] is True
    goal(program, **GRADUATE)
    season = program.json("season", "show")
    found = {date["id"]: date for date in season["dates"]}
    assert (season["cycle"], season["match_day"], season["is_guessed"]) == (2027, "2027-03-19", False)
    assert [found[one]["on"] for one in ("eras_opens", "eras_submit", "eras_review", "rank_deadline", "match_day", "residency_start")] == \
        ["2026-06-03", "2026-09-02", "2026-09-23", "2027-03-03", "2027-03-19", "2027-07-01"]
    assert (found["rank_deadline"]["time"], found["rank_deadline"]["zone"]) == ("21:00", "America/New_York")
    assert "j1_sponsorship" in found and "usmle_step2ck" in found and "usmle_step1" not in found
    assert all(re.search(r"\d{4}|own knowledge", date["source"]) for date in found.values())
    goal(program, specialties="ophthalmology", visa="none")
    found = dates(program)
    assert found["sf_target"]["on"] == "2026-09-01" and "eras_submit" not in found and "j1_sponsorship" not in found
    assert dates(program, "--cycle", "2026")["match_day"]["on"] == "2026-03-20"


def test_the_terminal_tells_the_year_in_words(program):
    goal(program, **GRADUATE)
    text = program.run("season", "show").stdout
    assert text.startswith("Season 2027\n")
    assert "── today, Tue 21 July ──" in text
    assert "● First day to submit\n    Wed 2 September 2026\n" in text
    assert "● Rank list due\n    Wed 3 March 2027, 21:00 New York\n" in text
    assert text.index("Ask for letters") < text.index("── today") < text.index("First day to submit") < text.index("● Match Day")


def test_a_moved_date_takes_others_along_and_can_be_taken_back(program):
    goal(program, **GRADUATE)
    added = program.json("season", "add", "--rule", "eras_submit", "--on", "2026-09-09")
    found = dates(program)
    assert [found[one]["on"] for one in ("eras_submit", "eras_review", "ecfmg_docs", "match_day")] == \
        ["2026-09-09", "2026-09-30", "2026-09-22", "2027-03-19"]
    assert found["eras_submit"]["moved_from"] == "2026-09-02" and found["eras_submit"]["own_id"] == added["id"]
    assert found["lor_request"]["latest"] == "2026-07-29"
    program.json("season", "edit", added["id"], "--on", "2026-09-16")
    assert dates(program)["eras_review"]["on"] == "2026-10-07"
    gone = program.json("season", "remove", added["id"])
    assert dates(program)["eras_review"]["on"] == "2026-09-23"
    program.json("change", "undo", gone["change_id"])
    assert dates(program)["eras_review"]["on"] == "2026-10-07"


@pytest.mark.parametrize("words, code", [
    (["--on", "2026-09-09"], "date.title_missing"), (["--on", "2026-09-09", "--rule", "no_such"], "date.unknown_rule"),
    (["--title", "x", "--on", "2026-09-09", "--until", "2026-09-01"], "date.order"),
    (["--title", "x", "--on", "2026-09-09", "--time", "25:00"], "date.time"),
    (["--title", "x", "--on", "2026-09-09", "--time", "9:00", "--zone", "Mars/Olympus"], "date.zone")])
def test_a_date_that_cannot_be_is_refused(program, words, code):
    assert program.json("season", "add", *words, status=1)["error"]["code"] == code


def test_the_page_shows_band_dates_and_what_moved(program):
    goal(program, **GRADUATE)
    server = program.serve()
    page = server.get("/season").text
    assert re.search(r'<nav class="nav".*?<a href="/season"[^>]*aria-current="page"', page, re.S)
    assert "Internal Medicine, graduate, J-1 needed." in html.unescape(page)
    assert "Step 2 CK result in hand is two weeks and one day away." in page
    assert page.count('class="still"') == 5 and 'class="now"' in page and "Today, 21 July" in page
    beads = [int(number) for number in re.findall(r'bead-no"[^>]*>(\d+)<', page)]
    numbers = [int(number) for number in re.findall(r'<span class="no">(\d+)</span>', page)]
    assert beads == numbers == list(range(1, len(beads) + 1))
    assert "Nothing has another day for you yet" in page
    page = press(server, "season.add", rule="eras_submit", on="2026-09-09")
    assert "Your day counts now" in page
    assert "First day to submit: Wed 9 September for you, not Wed 2 September." in page
    assert "Programmes begin review: Wed 30 September, was Wed 23 September" in page
    href = re.search(r'href="(/season/dates/[0-9a-z]{13})"', page).group(1)
    form = server.get(href).text
    assert "By rule it is Wed 2 September 2026" in form and 'value="2026-09-09"' in form
    page = press(server, "season.remove", id=href.rsplit("/", 1)[1])
    assert "Nothing has another day for you yet" in page


def test_a_date_of_ones_own_is_typed_changed_and_its_last_day_emptied(program):
    server = program.serve()
    press(server, "season.add", title="Observership, Northquay <b>", kind="rotation", on="2026-08-03", until="2026-08-28")
    own, = [date for date in dates(program).values() if date["own_id"]]
    assert (own["title"], own["words"], own["lane"]) == ("Observership, Northquay <b>", "3 to 28 August 2026", "uscex")
    page = server.get("/season").text
    assert "Observership, Northquay &lt;b&gt;" in page and "Northquay <b>" not in page
    press(server, "season.edit", id=own["own_id"], anew="yes", title="Observership", kind="rotation", on="2026-08-04")
    own, = [date for date in dates(program).values() if date["own_id"]]
    assert (own["title"], own["on"], own["until"]) == ("Observership", "2026-08-04", "2026-08-04")
    refused = post(server, "season.add", back="/season/dates/new", title="Exam", kind="exam", on="2026-08-09", until="2026-08-01")
    assert refused.status in (400, 409, 422) and "Not saved." in refused.text and 'value="2026-08-09"' in refused.text


# ---- the calendar ----

def test_another_parser_reads_the_calendar(program, tmp_path):
    goal(program, **GRADUATE)
    program.json("season", "add", "--title", "OET, Karachi; “writing”", "--kind", "exam", "--on", "2026-08-08", "--time", "9:30")
    path = tmp_path / "season.ics"
    told = program.json("season", "export", "--to", path)
    calendar, found = events(path.read_bytes())
    assert told["events"] == len(found) and "VALARM" not in path.read_text()
    match_day = event_of(found, "2027-match_day")
    assert match_day["DTSTART"].dt == datetime.date(2027, 3, 19) and match_day["DTEND"].dt == datetime.date(2027, 3, 20)
    interviews = event_of(found, "2027-interviews")
    assert (interviews["DTSTART"].dt, interviews["DTEND"].dt) == (datetime.date(2026, 10, 1), datetime.date(2027, 2, 1))
    rank = event_of(found, "2027-rank_deadline")["DTSTART"]
    assert rank.params["TZID"] == "America/New_York" and rank.dt.replace(tzinfo=None) == datetime.datetime(2027, 3, 3, 21, 0)
    zones = {str(zone["TZID"]): zone.to_tz() for zone in calendar.walk("VTIMEZONE")}
    assert sorted(zones) == ["America/New_York", "Asia/Karachi"]
    eastern, karachi = zones["America/New_York"], zones["Asia/Karachi"]
    assert eastern.utcoffset(datetime.datetime(2027, 3, 3, 21)) == datetime.timedelta(hours=-5)
    assert eastern.utcoffset(datetime.datetime(2026, 9, 2, 9)) == datetime.timedelta(hours=-4)
    assert karachi.utcoffset(datetime.datetime(2026, 8, 8, 9, 30)) == datetime.timedelta(hours=5)
    own = next(event for event in found.values() if "OET" in event["SUMMARY"])
    assert own["SUMMARY"] == "OET, Karachi; “writing”" and own["DTSTART"].dt.replace(tzinfo=None) == datetime.datetime(2026, 8, 8, 9, 30)
    server = program.serve()
    answer = server.get("/season.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8" and "attachment" in answer.headers["Content-Disposition"]
    assert sorted(events(answer.body)[1]) == sorted(found)


def test_the_feed_needs_no_session_and_opens_nothing_else(program):
    goal(program, **GRADUATE)
    server = program.serve()
    page = press(server, "season.feed")
    address = html.unescape(re.search(r'id="feed-address" readonly value="([^"]+)"', page).group(1))
    assert address.startswith(f"http://127.0.0.1:{server.port}/feed/lig_") and address.endswith(".ics")
    path = address.split(str(server.port), 1)[1]
    assert "feed-address" not in server.get("/season").text            # shown once
    answer = server.get(path, cookies=False)
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]
    before = events(answer.body)[1]
    assert event_of(before, "2027-eras_submit")["DTSTART"].dt == datetime.date(2026, 9, 2)
    program.json("season", "add", "--rule", "eras_submit", "--on", "2026-09-09")
    after = events(server.get(path, cookies=False).body)[1]
    assert sorted(before) == sorted(after)                             # the same events, one of them moved
    assert event_of(after, "2027-eras_submit")["DTSTART"].dt == datetime.date(2026, 9, 9)
    secret = path[len("/feed/"):-len(".ics")]
    for name in ("season.show", "person.list", "goal.show", "token.list"):
        assert server.api(name, token=secret).status == 403
    for wrong in (path[:-5] + ".ics", path[:-4], "/feed/x.ics", f"/feed/{secret}x.ics", "/feed/.ics"):
        assert server.get(wrong, cookies=False).status == 404
    press(server, "season.feed", revoke="yes")
    assert server.get(path, cookies=False).status == 404


def test_a_new_address_closes_the_one_before_and_other_tokens_are_no_address(program):
    server = program.serve()
    first = program.json("season", "feed")["path"]
    second = program.json("season", "feed")
    assert second["revoked"] == 1 and server.get(first, cookies=False).status == 404
    assert server.get(second["path"], cookies=False).status == 200
    token = program.json("token", "add", "--name", "All", "--scope", "read", "--scope", "admin")["token"]
    assert server.get(f"/feed/{token}.ics", cookies=False).status == 404
    assert program.json("season", "feed", "--revoke")["revoked"] == 1
    assert server.get(second["path"], cookies=False).status == 404


def test_a_refused_date_is_told_on_its_own_form(program):
    goal(program, **GRADUATE)
    server = program.serve()
    form = server.get("/season/dates/new").text
    stands = re.search(r'name="stands" value="([^"]+)"', form).group(1)
    wrong = {"title": "Exam", "kind": "exam", "on": "2026-08-09", "until": "2026-08-01"}
    refused = post(server, "season.add", stands=stands, **wrong)
    assert refused.status == 400 and "<h1>A date of your own</h1>" in refused.text and 'value="2026-08-01"' in refused.text
    one = program.json("season", "add", "--title", "Exam", "--on", "2026-08-09")["id"]
    stands = re.search(r'name="stands" value="([^"]+)"', server.get(f"/season/dates/{one}").text).group(1)
    assert stands == f"/season/dates/{one}"
    refused = post(server, "season.edit", stands=stands, id=one, anew="yes", **wrong)
    assert refused.status == 400 and "<h1>Exam</h1>" in refused.text and 'value="2026-08-01"' in refused.text
    rule = html.unescape(re.search(r'name="stands" value="([^"]+)"', server.get("/season/dates/new?rule=eras_submit").text).group(1))
    refused = post(server, "season.add", stands=rule, rule="eras_submit", on="someday")
    assert refused.status == 422 and 'name="rule" value="eras_submit"' in refused.text and 'value="someday"' in refused.text
