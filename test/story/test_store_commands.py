"""The command line about the whole store: an unreachable one, several accounts, and what erasing leaves in backups."""


def test_a_store_that_cannot_be_reached_is_no_fault_of_the_caller(program, tmp_path):
    for url in ("postgresql:///ligature?host=/nowhere", str(tmp_path / "nowhere" / "at" / "all" / "ligature.db")):
        program.database = url
        answer = program.json("person", "list", status=3)
        assert answer["error"]["code"] == "store.unreachable"
        assert program.run("person", "list").stderr.strip() == answer["error"]["message"]
    program.database = "mysql://host/store"
    assert program.json("person", "list", status=1)["error"]["code"] == "store.address"


def test_what_is_about_the_whole_store_asks_for_no_account(program):
    program.json("person", "add", "--name", "Amina Hassan")
    program.json("account", "add", "aaron", "--display-name", "Aaron Adeyemi")
    program.json("account", "add", "zainab", "--admin")
    assert program.json("person", "list", status=1)["error"]["code"] == "account.choose"
    assert [one["name"] for one in program.json("account", "list")["accounts"]] == ["aaron", "me", "zainab"]
    assert program.json("backup", "keep")["name"].endswith(".ligbak")
    assert program.json("backup", "list")["total"] == 1
    assert program.json("verify")["people"] >= 3
    program.json("account", "close", "aaron")
    assert program.json("--account", "zainab", "account", "list")["total"] == 3
    assert program.run("--account", "aaron", "account", "list").returncode == 1


def test_people_erased_for_good_are_said_to_stay_in_older_backups(program):
    server = program.serve()
    person = added(program, "Amina Hassan")
    assert "stay in the backups made before" not in server.get("/backups").text
    program.json("backup", "keep")
    assert "People erased for good stay in the backups made before, until these are deleted" in server.get("/backups").text
    program.json("person", "remove", person)
    told = program.json("store", "erase", "--person", person)["message"]
    assert told == "1 person is erased for good. In 1 backup made before this person is still kept until you delete it."
    for words in (("store", "erase"), ("backup", "create"), ("backup", "keep")):
        said = " ".join(program.run(*words, "--help").stdout.split())
        assert "erased" in said and "until" in said and "deleted" in said, said
    other = added(program, "Omar Ali")
    program.json("backup", "drop", program.json("backup", "list")["backups"][0]["name"])
    program.json("person", "remove", other)
    assert "Backups made before still hold them until those are deleted" in server.get("/settings").text
    assert program.json("store", "erase", "--person", other)["message"] == "1 person is erased for good."


def added(program, name):
    return program.json("person", "add", "--name", name)["id"]
