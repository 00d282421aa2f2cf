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
