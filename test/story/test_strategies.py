"""The table of strategies: what was done is counted, every number has its rows, and it is the same on every face."""
import re

DAYS = {"ask": "2026-07-02", "answer": "2026-07-06", "talk": "2026-07-10"}


def done(program, title, strategy, person=None, minutes=30, cost=None, on="2026-07-02"):
    """A step that was done on a day."""
    words = ["step", "add", "--title", title, "--strategy", strategy, "--minutes", minutes]
    words += ["--person", person] if person else []
    words += ["--cost", cost] if cost else []
    now, program.now = program.now, f"{on}T12:00:00Z"
    step = program.json(*words)["id"]
    program.json("step", "done", step)
    program.now = now
    return step


def number(program, strategy, name):
    return next(one for one in program.json("strategy", "list")["strategies"] if one["id"] == strategy)[name]


def told(program):
    """Two messages, one answered and talked over; a fee; hours."""
    anna = program.json("person", "add", "Anna Schröder")["id"]
    ben = program.json("person", "add", "Ben Okafor")["id"]
    for person in (anna, ben):
        program.json("touch", "add", "--person", person, "--kind", "mail", "--direction", "out", "--on", DAYS["ask"])
    done(program, "Ask Anna for a talk", "mentors_informational", anna, 150)
    done(program, "Ask Ben for a talk", "mentors_informational", ben, 150)
    done(program, "Pay the dues", "associations", minutes=15, cost="$145")
    program.json("touch", "add", "--person", anna, "--kind", "mail", "--direction", "in", "--on", DAYS["answer"])
    program.json("touch", "add", "--person", anna, "--kind", "talk", "--on", DAYS["talk"])
    return anna, ben


def test_an_empty_table_says_what_will_fill_it(program):
    listed = program.json("strategy", "list")
    assert listed["total"] == 19 and listed["next"] is None
    assert all(one["steps"] == one["talks"] == one["minutes"] == 0 for one in listed["strategies"])
    page = program.serve().get("/strategies").text
    assert "Nineteen ways to build a network. Nothing is counted yet" in page
    assert "No way has five hours yet." in page
    assert "%</a>" not in page


def test_numbers_are_counted_and_every_one_has_its_rows(program):
    anna, _ = told(program)
    for name, value in {"steps": 2, "messages": 2, "replies": 1, "talks": 1, "minutes": 300, "cents": 0}.items():
        assert number(program, "mentors_informational", name) == value, name
    assert number(program, "associations", "cents") == 14500
    weeks = number(program, "mentors_informational", "steps_by_week")
    assert len(weeks) == 12 and weeks[-4] == 2 and sum(weeks) == 2
    assert number(program, "mentors_informational", "answered_by_week")[-4] == 1
    rows = program.json("strategy", "rows", "mentors_informational", "--of", "talks")
    assert rows["total"] == 1 and rows["rows"][0]["person_id"] == anna and rows["rows"][0]["on"] == DAYS["talk"]
    hours = program.json("strategy", "rows", "mentors_informational", "--of", "hours")["rows"]
    assert sum(row["amount"] for row in hours) == 300
    assert program.json("strategy", "rows", "all", "--of", "dollars")["rows"][0]["words"] == "Pay the dues"
    assert program.json("strategy", "rows", "all", "--of", "steps")["total"] == 3


def test_the_page_shows_rates_with_what_they_stand_on(program):
    told(program)
    server = program.serve()
    page = server.get("/strategies").text
    row = page[page.index('href="/strategies/mentors_informational">Mentors and informational talks</a><span'):]
    row = row[:row.index("</tr>")]
    assert re.search(r'href="/strategies/mentors_informational/rows\?of=replies">50%</a> <span class="meta">of 2</span>', row)
    assert "Steps in each of 12 weeks: 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0" in row
    assert '<b>2.0</b> <span class="meta">1 in 5 h</span>' in page
    assert re.search(r'rows\?of=dollars">\$145</a>', page)
    for address in set(re.findall(r'href="(/strategies/[^"]*/rows[^"]*)"', page)):
        assert server.get(address.replace("&amp;", "&")).status == 200, address


def test_rows_name_the_step_the_person_and_the_rule(program):
    anna, _ = told(program)
    server = program.serve()
    page = server.get("/strategies/mentors_informational/rows?of=replies").text
    assert "1 row, since 1 January." in page and "Anna Schröder" in page and f"/people/{anna}" in page
    assert "within 21 days of a step that wrote to them" in page
    assert "Nothing yet since 1 January." in server.get("/strategies/alumni/rows?of=letters").text
    assert server.get("/strategies/alumni/rows?of=luck").status == 404
    assert server.get("/strategies/nothing/rows").status == 404


def test_each_strategy_has_one_page_with_what_it_asks(program):
    server = program.serve()
    for one in program.json("strategy", "list")["strategies"]:
        shown = program.json("strategy", "show", one["id"])
        page = server.get(one["href"])
        assert page.status == 200, one["id"]
        assert "<h1>" in page.text and shown["activities"] and shown["challenges"] and shown["source"], one["id"]


def test_a_suggestion_is_taken_for_today_or_left_out_and_both_come_back(program):
    program.json("goal", "set", "--specialties", "internal_medicine", "--cycle", "2027", "--stage", "graduate", "--hours-week", "6")
    server = program.serve()
    page = server.get("/strategies/plan_cv").text
    assert "Bring your CV up to date" in page and "Answer the questions" not in page
    csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
    back = "/strategies/plan_cv#week"
    left = server.form("/do/suggestion.refuse", {"csrf": csrf, "kind": "plan.cv", "back": back})
    assert left.status == 303
    assert "Bring your CV up to date" not in server.get("/strategies/plan_cv").text
    program.json("suggestion", "forgive", "--kind", "plan.cv")
    assert "Bring your CV up to date" in server.get("/strategies/plan_cv").text
    taken = server.form("/do/suggestion.take", {"csrf": csrf, "key": "plan.cv", "back": back})
    assert taken.status == 303 and taken.headers["Location"].startswith("/strategies/plan_cv")
    assert "Bring your CV up to date" in [step["title"] for step in program.json("step", "list")["steps"]]
    assert 'value="plan.cv"' not in server.get("/strategies/plan_cv").text


def test_a_terminal_reads_the_table(program):
    told(program)
    table = program.run("strategy", "list").stdout
    line = next(line for line in table.splitlines() if line.startswith("Mentors and informational talks"))
    assert line.split()[-8:] == ["2", "50%", "of", "2", "1", "0", "0", "0"] or "50% of 2" in line
    assert "5 h" in line
    shown = program.run("strategy", "show", "associations").stdout
    assert shown.startswith("Professional associations\n") and "What it asks of you" in shown
    assert "2026-07-02  Pay the dues" in program.run("strategy", "rows", "all", "--of", "dollars").stdout
    refused = program.run("strategy", "show", "luck")
    assert refused.returncode == 1 and "strategy list" in refused.stderr


def test_a_year_begins_on_its_first_day(program):
    done(program, "Write to an alumna", "alumni", on="2025-12-31")
    done(program, "Write to an alumnus", "alumni", on="2026-01-01")
    assert number(program, "alumni", "steps") == 1
    assert program.json("strategy", "list", "--since", "2025-12-01")["strategies"][1]["steps"] == 2


def test_many_rows_are_read_in_pages(program):
    for n in range(52):
        done(program, f"Write to alumna {n}", "alumni", on="2026-07-02")
    server = program.serve()
    first = server.get("/strategies/alumni/rows?of=steps").text
    assert "52 rows, since 1 January." in first and "1 to 50 of 52" in first and first.count("Write to alumna") == 50
    then = server.get("/strategies/alumni/rows?of=steps&from=50").text
    assert "51 to 52 of 52" in then and then.count("Write to alumna") == 2
    assert server.get("/strategies/alumni/rows?of=steps&from=900").status == 200
