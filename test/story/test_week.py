"""The week: proposed, agreed to, moved, pinned, refused, planned again, looked back on. On the command line and in the pages."""
import html
import re

import pytest

MONDAY = "2026-07-20"


def add(program, name, **facts):
    words = [word for key, value in facts.items() for word in (f"--{key}", value)]
    return program.json("person", "add", "--name", name, *words)["id"]


def touch(program, person, kind, on, direction="both", note="-"):
    program.json("touch", "add", "--person", person, "--kind", kind, "--on", on, "--direction", direction, "--note", note)


def csrf_of(server, path="/week"):
    return re.search(r'name="csrf" (?:value|content)="([^"]+)"', server.get(path).text).group(1)


def press(server, action, back="/week", **fields):
    done = server.form(f"/do/{action}", {"csrf": csrf_of(server), "back": back, **fields})
    assert done.status == 303, (done.status, re.findall(r'role="alert">(.*?)</p>', done.text))
    page = server.get(done.headers["Location"])
    assert page.status == 200
    return page.text


def undo(server, page):
    """Presses the undo of the toast."""
    change = re.search(r'data-toast.*?name="id" value="([^"]+)"', page, re.S).group(1)
    return press(server, "change.undo", id=change)


@pytest.fixture
def doctor(program):
    """A graduate six weeks before the first day to submit, with a rotation that ended on Friday and some colleagues."""
    program.json("goal", "set", "--specialties", "family_medicine", "--cycle", "2027", "--stage", "certified", "--hours-week", "3",
                 "--money-month", "80", "--free-days", "fri", "--visa", "j1", "--zone", "America/New_York")
    hassan = add(program, "Dr. Amina Hassan", org="Northquay General", title="Attending physician", email="a.hassan@northquay.example",
                 place="Toledo, Ohio")
    for day in ("2026-06-22", "2026-07-01", "2026-07-17"):
        touch(program, hassan, "rotation_day", day)
    for number in range(6):
        person = add(program, f"Dr. Colleague {'ABCDEF'[number]}", org=f"Hospital {number}", title="Resident, family medicine",
                     place="Columbus, Ohio", email=f"c{number}@hospital.example")
        touch(program, person, "coffee", f"2026-0{number + 1}-10")
    program.hassan = hassan
    return program


def week(program, *words):
    return program.json("week", "show", *words)


def states(shown):
    return [step["state"] for step in shown["steps"]]


def test_an_empty_book_proposes_no_more_than_the_questions(program):
    shown = week(program)
    assert shown["monday"] == MONDAY and shown["minutes"] == 240 and shown["cents"] == 0
    assert all(step["person_id"] is None for step in shown["steps"])


def test_the_week_is_proposed_inside_its_limits_and_nothing_is_kept(doctor):
    shown = week(doctor)
    assert set(states(shown)) == {"proposed"} and shown["is_proven"]
    assert shown["minutes_planned"] == sum(step["minutes"] for step in shown["steps"]) <= shown["minutes"] == 180
    assert shown["cents_planned"] <= 8000 and shown["messages"] <= shown["messages_max"] and shown["department_most"] <= 2
    assert not [step for step in shown["steps"] if step["day"] == "2026-07-24"]     # kept free
    assert all("2026-07-21" <= step["day"] <= "2026-07-26" for step in shown["steps"])
    assert all(step["why"] for step in shown["steps"])
    assert doctor.json("step", "list")["total"] == 0
    assert week(doctor)["steps"] == shown["steps"]
    assert any(step["person_id"] == doctor.hassan and step["title"].startswith("Thank") for step in shown["steps"])


def test_agreeing_makes_steps_that_today_shows_and_undo_takes_them_back(doctor):
    proposed = week(doctor)
    done = doctor.json("week", "accept")
    assert done["steps"] == len(proposed["steps"])
    kept = week(doctor)
    assert set(states(kept)) == {"open"} and kept["accepted_at"]
    assert [(step["title"], step["day"]) for step in kept["steps"]] and \
        {(step["title"], step["day"]) for step in kept["steps"]} == {(step["title"], step["day"]) for step in proposed["steps"]}
    today = [step["title"] for step in proposed["steps"] if step["day"] == "2026-07-21"]
    due = [row["title"] for row in doctor.json("today")["due"] if row["kind"] == "step"]
    assert sorted(due) == sorted(today)
    again = doctor.json("week", "accept", status=1)
    assert again["error"]["code"] == "week.accepted_before"
    doctor.json("change", "undo", done["change_id"])
    assert doctor.json("step", "list")["total"] == 0
    assert week(doctor)["steps"] == proposed["steps"]


def test_the_same_week_is_not_suggested_twice(doctor):
    proposed = {step["key"] for step in week(doctor)["steps"]}
    doctor.json("week", "accept")
    left = {one["key"] for one in doctor.json("suggestion", "list", "--limit", "500")["suggestions"]}
    assert proposed and not proposed & left


def test_a_step_moves_is_pinned_and_all_of_it_can_be_undone(doctor):
    doctor.json("week", "accept")
    step = week(doctor)["steps"][0]["step_id"]
    moved = doctor.json("week", "move", step, "--to", "2026-07-25")
    at = {one["step_id"]: one["day"] for one in week(doctor)["steps"]}
    assert at[step] == "2026-07-25"
    assert doctor.json("week", "move", step, "--to", "2026-07-20", status=1)["error"]["code"] == "week.day_past"
    pinned = doctor.json("week", "pin", step)
    assert [one["is_pinned"] for one in week(doctor)["steps"] if one["step_id"] == step] == [True]
    doctor.json("change", "undo", pinned["change_id"])
    assert [one["is_pinned"] for one in week(doctor)["steps"] if one["step_id"] == step] == [False]
    doctor.json("change", "undo", moved["change_id"])
    assert {one["step_id"]: one["day"] for one in week(doctor)["steps"]}[step] != "2026-07-25"
    away = doctor.json("week", "move", step)
    shown = week(doctor)
    assert step not in [one["step_id"] for one in shown["steps"]]
    assert [line for line in shown["moved"] if "Mon 27 July" in line and "as you wished" in line]
    doctor.json("change", "undo", away["change_id"])


def test_planning_again_leaves_what_is_done_pinned_or_begun(doctor):
    doctor.json("week", "accept")
    steps = week(doctor)["steps"]
    done, pinned, begun = steps[0], steps[1], [one for one in steps[2:] if one["person_id"]][0]
    doctor.json("step", "done", done["step_id"])
    doctor.json("week", "pin", pinned["step_id"])
    doctor.now = "2026-07-22T09:00:00Z"
    touch(doctor, begun["person_id"], "mail", "2026-07-22", "in", "Gladly")
    assert any("wrote to you" in line for line in week(doctor)["news"])
    doctor.json("week", "limits", "--hours", "0.5")
    before = {one["step_id"]: one["day"] for one in week(doctor)["steps"]}
    again = doctor.json("week", "plan")
    after = {one["step_id"]: one["day"] for one in week(doctor)["steps"]}
    assert done["step_id"] in after and after[pinned["step_id"]] == before[pinned["step_id"]]
    assert after[begun["step_id"]] == before[begun["step_id"]]
    gone = set(before) - set(after)
    assert gone and any("went to " in line and ": " in line for line in again["moved"])
    assert not week(doctor)["news"]
    doctor.json("change", "undo", again["change_id"])
    assert {one["step_id"]: one["day"] for one in week(doctor)["steps"]} == before


def test_a_missed_day_is_told_and_planning_again_finds_another(doctor):
    doctor.json("week", "accept")
    missed = [one for one in week(doctor)["steps"] if one["day"] == "2026-07-21"]
    doctor.now = "2026-07-23T09:00:00Z"
    late = {one["step_id"]: one["days_late"] for one in week(doctor)["steps"]}
    assert missed and all(late[one["step_id"]] == 2 for one in missed)
    assert any("meant for" in line for line in week(doctor)["news"])
    doctor.json("week", "plan")
    assert all(one["days_late"] == 0 for one in week(doctor)["steps"])
    assert not week(doctor)["news"]


def test_planning_again_before_agreeing_keeps_nothing(doctor):
    assert "Nothing is agreed to yet" in doctor.json("week", "plan")["message"]
    assert doctor.json("step", "list")["total"] == 0
    assert doctor.json("week", "accept", "--week", "2026-07-13", status=1)["error"]["code"] == "week.past"


def test_refusals_are_kept_for_good_or_until_their_day_and_forgiven(doctor):
    first = week(doctor)["steps"][0]
    kind = first["key"].split("/")[0]
    refused = doctor.json("suggestion", "refuse", "--step", first["key"], "--reason", "not_for_me")
    keys = lambda: {one["key"] for one in doctor.json("suggestion", "list", "--limit", "500")["suggestions"]}
    assert first["key"] not in keys()
    doctor.json("change", "undo", refused["change_id"])
    assert first["key"] in keys()
    doctor.json("suggestion", "refuse", "--kind", kind, "--until", "2026-08-01")
    assert not [key for key in keys() if key.split("/")[0] == kind]
    doctor.now = "2026-08-01T09:00:00Z"
    doctor.json("suggestion", "list")
    doctor.now = "2026-07-21T09:00:00Z"
    doctor.json("suggestion", "forgive", "--kind", kind)
    assert first["key"] in keys()
    doctor.json("suggestion", "refuse", "--person", doctor.hassan)
    assert not [one for one in doctor.json("suggestion", "list", "--limit", "500")["suggestions"] if one["person_id"] == doctor.hassan]
    doctor.json("suggestion", "refuse", "--rest", first["key"])
    assert doctor.json("suggestion", "refuse", "--kind", "no.such", status=1)["error"]["code"] == "refusal.target"
    assert doctor.json("suggestion", "refuse", status=1)["error"]["code"] == "refusal.target"
    assert doctor.json("suggestion", "refuse", "--step", "x/y", "--until", "2026-07-21", status=1)["error"]["code"] == "refusal.until"


def test_one_suggestion_is_taken_for_a_day(doctor):
    one = doctor.json("suggestion", "list", "--limit", "1")["suggestions"][0]
    taken = doctor.json("suggestion", "take", one["key"], "--on", "2026-07-23")
    step = [row for row in week(doctor)["steps"] if row["step_id"] == taken["id"]][0]
    assert step["day"] == "2026-07-23" and step["state"] == "open"
    assert doctor.json("suggestion", "take", one["key"], status=1)["error"]["code"] == "suggestion.not_found"
    doctor.json("change", "undo", taken["change_id"])
    assert one["key"] in {row["key"] for row in doctor.json("suggestion", "list", "--limit", "500")["suggestions"]}


def test_limits_hold_for_one_week(doctor):
    changed = doctor.json("week", "limits", "--hours", "1", "--money", "0", "--messages", "2")
    shown = week(doctor)
    assert (shown["minutes"], shown["cents"], shown["messages_max"]) == (60, 0, 2)
    assert shown["minutes_planned"] <= 60 and shown["messages"] <= 2
    assert week(doctor, "--week", "2026-07-27")["minutes"] == 180
    doctor.json("change", "undo", changed["change_id"])
    assert week(doctor)["minutes"] == 180


def test_the_week_in_a_terminal_reads_like_a_page(doctor):
    said = doctor.run("week").stdout
    assert said.startswith("20 to 26 July\n") and "Time left" in said and "Tue 21 July" in said
    assert "Thank Dr. Amina Hassan" in said.replace("Thank Amina Hassan", "Thank Dr. Amina Hassan")
    assert "`ligature week accept`" in said and all(len(line) < 110 for line in said.splitlines())


def test_the_review_tells_what_came_of_it_what_waits_and_whom_to_thank(doctor):
    person = add(doctor, "Dr. Silent", org="Quiet Hospital")
    touch(doctor, person, "mail", "2026-07-12", "out")
    touch(doctor, doctor.hassan, "mail", "2026-07-14", "out")
    touch(doctor, doctor.hassan, "mail", "2026-07-15", "in")
    step = doctor.json("step", "add", "--title", "Read the guide", "--minutes", "30")["id"]
    doctor.now = "2026-07-16T09:00:00Z"
    doctor.json("step", "done", step)
    doctor.now = "2026-07-21T09:00:00Z"
    told = doctor.json("week", "review", "--week", "2026-07-14", "--note", "Write earlier")
    assert told["days"] == "13 to 19 July"
    assert told["came"] == "1 of 1 step done in 30 min. You wrote 1 message; 1 message came."
    assert [(one["name"], one["days"]) for one in told["waiting"]] == [("Dr. Silent", 9)]
    assert any("Amina Hassan" in one["title"] for one in told["thanks"])
    assert week(doctor, "--week", "2026-07-14")["reviewed_at"]
    doctor.json("change", "undo", told["change_id"])
    assert week(doctor, "--week", "2026-07-14")["reviewed_at"] is None


# ---- pages ----

def test_the_page_agrees_marks_done_offers_the_log_and_undoes(doctor):
    server = doctor.serve()
    page = server.get("/week").text
    assert "20 to 26 July" in page and "Agree to the" in page and "You keep Fridays free." in page
    page = press(server, "week.accept", week=MONDAY)
    assert "is agreed" in page and "Agree to the" not in page and "Plan again" in page
    thanks = [one for one in week(doctor)["steps"] if one["title"].startswith("Thank")][0]
    page = press(server, "step.done", id=thanks["step_id"])
    line = html.unescape(re.search(r'href="(/\?line=[^"]+#log)"[^>]*>Log it', page).group(1))
    log = server.get(line.split("#")[0]).text
    assert "Who was it?" in log and "Thanks" in log
    page = press(server, "step.reopen", id=thanks["step_id"])
    assert "Log it" not in page


def test_not_now_has_four_answers_two_of_them_for_good(doctor):
    server = doctor.serve()
    page = server.get("/week").text
    menu = re.search(r'<details class="menu">.*?</details>', page, re.S).group(0)
    labels = re.findall(r'>([^<]+)<span class="vh">', menu)
    assert labels[0] == "Not now" and len(labels) == 5 and sum("for good" in label for label in labels) == 2
    key = re.search(r'name="rest" value="([^"]+)"', menu).group(1)
    page = press(server, "suggestion.refuse", rest=html.unescape(key))
    assert "before Mon 27 July" in page and f'value="{key}"' not in page.split("<aside")[0]
    page = undo(server, page)
    assert f'value="{key}"' in page
    one = server.get("/week/step?key=" + html.unescape(key).replace("/", "%2F"))
    assert one.status == 200 and "Why it is suggested" in one.text and "For good" in one.text
    page = press(server, "suggestion.refuse", what="kind:" + key.split("/")[0], until="", reason="not_for_me")
    assert "any more" in page
    left = server.get("/week/left").text
    assert "Left out because you said so" in left and "for good: Not for me" in left
    press(server, "suggestion.forgive", back="/week/left", scope="kind", target=key.split("/")[0])


def test_what_was_done_before_it_was_agreed_to_is_marked_done_from_the_proposal(doctor):
    server = doctor.serve()
    page = server.get("/week").text
    keys = [html.unescape(key) for key in re.findall(r'name="did" value="([^"]+)"', page)]
    page = press(server, "suggestion.take", did=keys[0])
    shown = week(doctor)
    assert states(shown).count("done") == 1 and shown["minutes_used"] > 0
    assert keys[0] not in [step["key"] for step in shown["steps"]]
    assert "done" in page and "Undo" in page
    page = undo(server, page)
    assert states(week(doctor)).count("done") == 0


def test_a_person_refused_on_a_step_drops_it_too(doctor):
    doctor.json("week", "accept")
    server = doctor.serve()
    step = [one for one in week(doctor)["steps"] if one["person_id"] == doctor.hassan][0]
    page = press(server, "suggestion.refuse", id=step["step_id"], person=doctor.hassan)
    assert "Nothing with this person is suggested any more." in page
    assert step["step_id"] not in [one["step_id"] for one in week(doctor)["steps"]]
    undo(server, page)
    assert step["step_id"] in [one["step_id"] for one in week(doctor)["steps"]]


def test_other_weeks_are_named_by_any_of_their_days(doctor):
    server = doctor.serve()
    assert "13 to 19 July" in server.get("/week?week=2026-07-19").text
    assert "29 December 2031 to 4 January 2032" in server.get("/week?week=2032-01-01").text
    assert "20 to 26 July" in server.get("/week?week=never").text
    assert server.get("/week/step?key=no.such/thing").status == 404


def test_days_gone_by_without_steps_stand_only_in_the_line(doctor):
    doctor.now = "2026-07-24T08:00:00Z"
    text = doctor.serve().get("/week").text
    for day in ("20", "21", "22", "23"):
        assert f'id="d{day}"' not in text and f'href="#d{day}"' not in text
    assert text.count('<span class="past">') == 4 and "Mon 20" in text
    for day in ("24", "25", "26"):
        assert f'id="d{day}"' in text and f'href="#d{day}"' in text


def test_today_says_when_the_week_waits_and_plans_it_again(doctor):
    server = doctor.serve()
    assert "The week is not agreed yet." in server.get("/").text
    press(server, "week.accept", week=MONDAY)
    assert "The week " not in re.sub(r"(?s)^.*?<main", "", server.get("/").text).split("<aside")[0]
    doctor.json("person", "add", "--name", "Dr. Late Answer", "--org", "Hospital 9")
    late = doctor.json("person", "list", "--limit", 100)["people"]
    late, = [person["id"] for person in late if "Late Answer" in person["name"]]
    doctor.now = "2026-07-21T18:00:00Z"
    touch(doctor, late, "message", "2026-07-21", "in")
    server.stop()
    doctor.now = "2026-07-21T19:00:00Z"
    server = doctor.serve()
    today = server.get("/").text
    assert "The week has changed since you agreed." in today and "Dr. Late Answer wrote to you." in today
    week = press(server, "week.plan", back="/week", week=MONDAY)
    assert "Dr. Late Answer wrote to you." not in week


def test_after_wednesday_a_week_left_alone_is_not_spoken_of(doctor):
    doctor.now = "2026-07-23T08:00:00Z"
    assert "not agreed yet" not in doctor.serve().get("/").text


def test_a_refused_form_says_so_where_it_stands(doctor):
    server = doctor.serve()
    answer = server.form("/do/week.limits", {"csrf": csrf_of(server), "back": "/week", "stands": "/week/limits", "week": MONDAY, "hours": "many"})
    assert answer.status == 422 and "aria-invalid" in answer.text and 'value="many"' in answer.text


def test_ten_minutes_in_five_screens_end_with_the_next_week_agreed(doctor):
    doctor.now = "2026-07-26T18:00:00Z"
    server = doctor.serve()
    first = server.get("/week/review").text
    assert "Screen 1 of 5" in first
    page = press(server, "week.review", back="/week/review?screen=2", week=MONDAY, note="Thanks first")
    assert "Screen 2 of 5" in page and "One screen back" in page
    assert "Thanks first" in server.get("/week/review?screen=1").text
    assert "Screen 3 of 5" in server.get("/week/review?screen=3").text
    page = press(server, "suggestion.refuse", back="/week/review?screen=4", strategy="alumni", until="2026-08-03")
    assert "Screen 4 of 5" in page
    page = press(server, "week.limits", back="/week/review?screen=5", week="2026-07-27", hours="2")
    assert "Screen 5 of 5" in page and "27 July to 2 August" in page
    page = press(server, "week.accept", back="/week?week=2026-07-27", week="2026-07-27")
    shown = week(doctor, "--week", "2026-07-27")
    assert shown["accepted_at"] and shown["minutes"] == 120 and states(shown) and set(states(shown)) == {"open"}
    assert week(doctor)["reviewed_at"]


def test_a_stranger_sees_nothing_of_another_account(doctor):
    doctor.json("week", "accept")
    step = week(doctor)["steps"][0]["step_id"]
    made = doctor.run("account", "add", "--name", "other")
    if made.returncode != 0:
        pytest.skip("accounts are added in another way here")
    other = doctor.json("--account", "other", "week", "move", step, "--to", "2026-07-25", status=1)
    assert other["error"]["code"].endswith("not_found")
