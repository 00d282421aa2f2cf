"""Lessons, stories, practice and what comes out in public: on the command line, in the pages, and by a link without account."""
import re

import pytest

PASSWORD = "a long sentence is good"
STORY = "I come from Karachi, look after patients with diabetes in a small clinic, and look for a place to learn."


def csrf_of(server, path):
    return re.search(r'name="csrf" (?:value|content)="([^"]+)"', server.get(path).text).group(1)


def press(server, action, path, **fields):
    """A form of the page at path is sent; the page that answers."""
    done = server.form(f"/do/{action}", {"csrf": csrf_of(server, path), "back": path, **fields})
    return server.get(done.headers["Location"]) if done.status == 303 else done


# ---- lessons ----

def test_a_lesson_is_read_once_a_week_and_can_be_taken_back(program):
    lessons = program.json("lesson", "list")["lessons"]
    assert len(lessons) >= 40 and all(lesson["read_on"] is None and lesson["source"] for lesson in lessons)
    server = program.serve()
    page = server.get("/strategies/cross_cultural").text
    week = re.search(r'id="lesson".*?</section>', page, re.S).group(0)
    assert "Their letter, their words" in week and "Of use now: a letter request." in week       # July: letters are asked for
    read = re.search(r'name="id" value="([^"]+)"', week).group(1)
    assert read == "letter_theirs"
    after = press(server, "lesson.done", "/strategies/cross_cultural", id=read)
    assert "The lesson is read." in after.text and "read Tue 21 July. The next one comes on Monday." in after.text
    assert f"1 of {len(lessons)} read" in after.text
    assert [lesson["read_on"] for lesson in program.json("lesson", "list")["lessons"] if lesson["id"] == read] == ["2026-07-21"]
    assert len(program.json("lesson", "list", "--unread")["lessons"]) == len(lessons) - 1
    change = re.search(r'data-toast.*?name="id" value="([^"]+)"', after.text, re.S).group(1)
    press(server, "change.undo", "/strategies/cross_cultural", id=change)
    assert len(program.json("lesson", "list", "--unread")["lessons"]) == len(lessons)


def test_next_monday_brings_a_lesson_for_what_is_ahead(program):
    first = program.json("lesson", "list")["lessons"][0]
    program.json("lesson", "done", first["id"])
    program.json("step", "add", "--title", "Go to the residency fair", "--due", "2026-07-28")
    program.now = "2026-07-27T09:00:00Z"
    page = program.serve().get("/strategies/cross_cultural").text
    assert "Of use before a conference, Tue 28 July." in page
    assert first["title"] not in re.search(r'id="lesson".*?</section>', page, re.S).group(0)


def test_what_is_done_here_closes_its_step_in_the_week(program):
    keys = [one["key"] for one in program.json("suggestion", "list")["suggestions"]]
    for key in ("lesson.read/-/letter_theirs", "story.write/-/why_specialty"):
        assert key in keys
        program.json("suggestion", "take", key)
    assert len(program.json("step", "list")["steps"]) == 2
    program.json("lesson", "done", "letter_theirs")
    program.json("story", "set", "why_specialty", "--body", STORY)
    assert program.json("step", "list")["steps"] == []
    assert len(program.json("step", "list", "--state", "done")["steps"]) == 2


def test_a_lesson_that_is_not_there_is_refused(program):
    assert program.json("lesson", "done", "nothing", status=1)["error"]["code"] == "lesson.not_found"
    assert program.json("lesson", "done", "name_in_greeting", "--on", "2027-01-01", status=1)["error"]["code"] == "practice.day_ahead"


# ---- stories ----

def test_a_story_is_counted_and_kept(program):
    assert program.json("story", "set", "30s", "--body", STORY)["message"] == "Saved: 20 words, about 9 seconds of 30 seconds; there is room for more."
    story = program.json("story", "list")["stories"][0]
    assert (story["kind"], story["body"], story["words"], story["seconds"]) == ("30s", STORY, 20, 9)
    page = program.serve().get("/strategies/soft_skills").text
    assert STORY in page and "20 words, about 9 seconds of 30 seconds" in page
    program.json("story", "set", "30s")
    assert program.json("story", "list")["stories"][0]["body"] is None
    assert program.json("story", "set", "poem", "--body", "x", status=1)["error"]["code"] == "story.unknown_kind"


def test_the_length_is_counted_while_one_types(program):
    server = program.serve()
    answer = server.get("/strategies/soft_skills/count?kind=2min&body=one+two+three", headers={"HX-Request": "true"})
    assert '<p class="meta" id="count-2min" aria-live="polite">3 words, about 1 second of 2 minutes; there is room for more</p>' in answer.text
    assert server.get("/strategies/soft_skills/count?kind=2min&body=x").status == 303
    assert program.json("story", "list")["stories"][1]["body"] is None


def test_a_story_about_a_patient_is_kept_only_when_it_is_said_to_be_none(program):
    text = "A 54-year-old woman with sepsis taught me <patience>"
    refused = program.json("story", "set", "difficulty", "--body", text, status=1)["error"]
    assert refused["code"] == "story.patient" and "54-year-old" in refused["message"]
    server = program.serve()
    again = press(server, "story.set", "/strategies/soft_skills", kind="difficulty", body=text)
    assert again.status == 400 and "Not saved." in again.text
    form = re.search(r'id="story-difficulty".*?</article>', again.text, re.S).group(0)
    assert "&lt;patience&gt;</textarea>" in form and 'name="no_patient"' in form      # what was typed stays
    assert 'name="no_patient"' not in again.text.replace(form, "")
    kept = press(server, "story.set", "/strategies/soft_skills", kind="difficulty", body=text, no_patient="yes")
    assert kept.status == 200 and program.json("story", "list")["stories"][3]["body"] == text


# ---- practice, and a peer without account ----

def test_practice_is_written_down_and_removed(program):
    server = program.serve()
    program.json("story", "set", "30s", "--body", STORY)
    page = press(server, "practice.add", "/strategies/soft_skills", kind="story", ref="30s", rating="")
    assert "The practice is written down." in page.text and "told Tue 21 July" in page.text
    press(server, "practice.add", "/strategies/soft_skills", kind="listening", ref="wait_two", rating="4")
    rows = program.json("practice", "list")["practices"]
    assert sorted((row["kind"], row["ref"], row["rating"]) for row in rows) == [("listening", "wait_two", 4), ("story", "30s", None)]
    page = press(server, "practice.remove", "/strategies/soft_skills", id=rows[0]["id"])
    assert len(program.json("practice", "list")["practices"]) == 1
    assert program.json("practice", "add", "story", "--ref", "poem", status=1)["error"]["code"] == "practice.unknown_story"
    assert program.json("practice", "add", "listening", "--ref", "x", status=1)["error"]["code"] == "practice.unknown_card"
    assert program.json("practice", "add", "talk", "--rating", "6", status=1)["error"]["code"] == "action.invalid"


@pytest.fixture
def asked(program):
    """Amina, who needs a password, with one story told and a link for it."""
    assert program.run("account", "password", "--password-file", "-", stdin=PASSWORD + "\n").returncode == 0
    program.json("account", "rename", "--display-name", "Dr. Amina Hassan")
    practice = program.json("practice", "add", "story", "--ref", "difficulty", "--rating", "2", "--note", "I was nervous")["id"]
    link = program.json("practice", "link", practice)
    assert link["id"] == practice and re.fullmatch(r"/rate/[0-9a-z]{13}\.[\w-]{43}", link["token"])
    return program, link["token"]


def test_a_peer_rates_once_without_an_account(asked):
    program, link = asked
    server = program.serve()
    page = server.get(link)
    assert page.status == 200 and "Amina asks for your ear" in page.text and "a story told aloud" in page.text
    for secret in ("Hassan", "nervous", "difficulty", "21 July", "Today", 'name="csrf"'):
        assert secret not in page.text
    said = server.form("/do/practice.rate", {"back": link, "secret": link[6:], "rating": "4", "words": "Slower at the <end>."})
    assert (said.status, said.headers["Location"]) == (303, link)
    over = server.get(link)
    assert over.status == 404 and "This link is over" in over.text and "Amina" not in over.text
    again = server.form("/do/practice.rate", {"back": link, "secret": link[6:], "rating": "1"})
    assert again.status == 404 and "This link is over" in again.text
    row = program.json("practice", "list")["practices"][0]
    assert (row["rating"], row["peer_rating"], row["peer_words"], row["has_link"]) == (2, 4, "Slower at the <end>.", False)
    assert program.json("practice", "link", row["id"], status=1)["error"]["code"] == "practice.rated"


def test_a_rating_is_one_to_five_and_comes_from_its_own_page(asked):
    program, link = asked
    server = program.serve()
    wrong = server.form("/do/practice.rate", {"back": link, "secret": link[6:], "rating": "6", "words": "kept words"})
    assert wrong.status == 422 and "kept words" in wrong.text and "Amina asks for your ear" in wrong.text
    other = server.form("/do/practice.rate", {"back": link, "secret": link[6:], "rating": "5"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status == 403
    assert program.json("practice", "list")["practices"][0]["peer_rating"] is None
    assert server.api("practice.rate", {"secret": link[6:], "rating": 5}).status == 200      # and as JSON, without a token
    assert program.json("practice", "list")["practices"][0]["peer_rating"] == 5


def test_a_new_link_ends_the_old_one(asked):
    program, link = asked
    practice = program.json("practice", "list")["practices"][0]["id"]
    new = program.json("practice", "link", practice)["token"]
    server = program.serve()
    assert server.get(link).status == 404 and server.get(new).status == 200
    program.json("practice", "remove", practice)
    assert server.get(new).status == 404


def test_guessing_links_has_to_wait(asked):
    program, link = asked
    server = program.serve()
    guesses = [server.get(f"/rate/{link[6:19]}.{'A' * 42}{letter}").status for letter in "ABCDEFG"]
    assert guesses[:5] == [404] * 5 and guesses[-1] == 429
    assert server.get(link).status == 429                                                    # from this address
    assert server.form("/do/practice.rate", {"back": link, "secret": link[6:], "rating": "4"}).status == 429
    assert server.api("practice.rate", {"secret": link[6:], "rating": 4}).status == 429
    assert program.json("practice", "list")["practices"][0]["peer_rating"] is None


def test_other_pages_still_ask_for_a_session(asked):
    program, _ = asked
    server = program.serve()
    assert server.get("/strategies/soft_skills").status == 303
    assert server.form("/do/practice.add", {"kind": "talk"}).headers["Location"] == "/sign-in"


def test_the_link_is_shown_once_on_the_page(program):
    program.json("practice", "add", "talk", "--ref", "Journal club")
    server = program.serve()
    practice = program.json("practice", "list")["practices"][0]["id"]
    page = press(server, "practice.link", "/strategies/soft_skills", id=practice)
    link = re.search(r'<a href="(/rate/[^"]+)">', page.text).group(1)
    assert "a link waits for a peer" in page.text
    assert link not in server.get("/strategies/soft_skills").text
    assert server.get(link).status == 200


# ---- online presence ----

def test_an_item_is_planned_comes_out_and_is_taken_back(program):
    server = program.serve()
    page = press(server, "presence.add", "/strategies/online_presence", title="On sepsis triage", kind="article", due="2026-08-14", invited="yes")
    assert "August 2026" in page.text and "On sepsis triage" in page.text and "you were asked" in page.text
    item = program.json("presence", "list")["items"][0]
    assert (item["kind"], item["stage"], item["due"], item["minutes"], item["invited"]) == ("article", "idea", "2026-08-14", 180, True)
    page = press(server, "presence.done", "/strategies/online_presence", id=item["id"])
    assert "July 2026" in page.text and "Something of yours came out on Tue 21 July." in page.text
    item = program.json("presence", "list")["items"][0]
    assert (item["stage"], item["out_on"]) == ("published", "2026-07-21")
    assert program.json("presence", "list", "--open")["items"] == [] and program.json("presence", "list")["invitations"] == 1
    change = re.search(r'data-toast.*?name="id" value="([^"]+)"', page.text, re.S).group(1)
    press(server, "change.undo", "/strategies/online_presence", id=change)
    assert program.json("presence", "list")["items"][0]["stage"] == "idea"


def test_talks_given_and_invitations_are_counted(program):
    program.json("presence", "add", "Journal club", "--kind", "talk", "--out", "2026-05-02")
    program.json("presence", "add", "Panel on visas", "--kind", "webinar", "--out", "2026-06-02", "--invited")
    dropped = program.json("presence", "add", "A third one", "--kind", "talk", "--invited")["id"]
    program.json("presence", "drop", dropped)
    program.json("presence", "add", "A post", "--out", "2026-06-03")
    page = program.serve().get("/strategies/online_presence").text
    assert "2 talks and webinars given, 2 invitations received." in page
    assert page.index("June 2026") < page.index("May 2026")


def test_an_item_is_changed_and_removed(program):
    item = program.json("presence", "add", "On triage", "--note", "Three lines")["id"]
    program.json("presence", "edit", item, "--title", "On sepsis", "--stage", "draft", "--due", "2026-07-30")
    server = program.serve()
    page = server.get(f"/presence/{item}")
    assert "<h1>On sepsis</h1>" in page.text and "Three lines</textarea>" in page.text and "Nothing was found." in page.text
    press(server, "presence.edit", f"/presence/{item}", id=item, stage="checked")
    assert program.json("presence", "list")["items"][0]["stage"] == "checked"
    program.json("presence", "remove", item)
    assert program.json("presence", "list")["total"] == 0
    other = program.json("presence", "edit", item, "--title", "x", status=1)["error"]["code"]
    assert other in ("pursuit.not_found", "presence.not_found")


def test_a_draft_about_a_patient_is_kept_only_when_it_is_said_to_be_none(program):
    words = ("presence", "add", "A day", "--note", "The patient in room 12 was admitted with sepsis")
    assert program.json(*words, status=1)["error"]["code"] == "presence.patient"
    program.json(*words, "--no-patient")
    assert program.json("presence", "list")["total"] == 1


def test_the_look_tells_what_it_found_and_forbids_nothing(program):
    program.json("person", "add", "--name", "Dr. Zainab Qureshi")
    text = "Last night in the ICU with Zainab Qureshi: see the photo of our <team>"
    signs = program.json("presence", "check", text)["signs"]
    assert [sign["title"] for sign in signs] == ["A day and a hospital", "A photo", "A person of your address book"]
    assert signs[-1]["found"] == "Dr. Zainab Qureshi" and all(sign["why"] for sign in signs)
    server = program.serve()
    page = press(server, "presence.check", "/strategies/online_presence", text=text)
    assert page.status == 200 and "There are 3 things to look at again. You decide; nothing is held back." in page.text
    assert "&lt;team&gt;</textarea>" in page.text and "Dr. Zainab Qureshi" in page.text
    calm = press(server, "presence.check", "/strategies/online_presence", text="Three things I learned about triage.")
    assert "Nothing was found. That is no promise" in calm.text
    assert program.json("presence", "list")["total"] == 0                                     # kept nowhere


def test_another_account_sees_none_of_it(program):
    assert program.run("account", "add", "omar", "--password-file", "-", stdin=PASSWORD + "\n").returncode == 0
    item = program.json("--account", "me", "presence", "add", "On triage")["id"]
    practice = program.json("--account", "me", "practice", "add", "talk")["id"]
    program.json("--account", "me", "story", "set", "30s", "--body", STORY)
    assert program.json("--account", "omar", "presence", "list")["total"] == 0
    assert program.json("--account", "omar", "practice", "list")["total"] == 0
    assert program.json("--account", "omar", "story", "list")["stories"][0]["body"] is None
    assert program.json("--account", "omar", "presence", "done", item, status=1)["error"]["code"] == "pursuit.not_found"
    assert program.json("--account", "omar", "practice", "link", practice, status=1)["error"]["code"] == "practice.not_found"
