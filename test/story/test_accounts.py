"""Settings: your name, your looks, tokens, browsers, accounts, downloads, backups; and nobody reaches into another's."""
import html
import json
import re

import pytest


def token_of(server, path="/settings"):
    return re.search(r'name="csrf" content="([^"]+)"', server.get(path).text).group(1)


def post(server, action, back="/settings", **fields):
    return server.form(f"/do/{action}", {"csrf": token_of(server), "back": back, **fields})


def told(server, answer):
    """The page after a form that was done."""
    assert answer.status == 303, answer.text
    return html.unescape(server.get(answer.headers["Location"].split("#")[0]).text)


def test_the_page_says_what_there_is(program):
    text = program.serve().get("/settings").text
    for heading in ("Account", "Looks and keys", "Your data", "Backup", "Deleted people", "Tokens", "Signed-in browsers", "About"):
        assert re.search(f"<h2[^>]*>{heading}</h2>", text), heading
    assert "Affero General Public License" in text and program.data in text
    assert "No backup yet" in text and "Nobody is deleted" in text


def test_a_profile_gives_you_your_name(program, tmp_path):
    profile = tmp_path / "Profile.csv"
    profile.write_text("First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,"
                       "Websites,Instant Messengers\nFarah,Siddiqui,,,,Physician,,,,,,,\n")
    server = program.serve()
    assert '<a class="me" href="/settings">me</a>' in server.get("/").text
    program.json("import", "apply", profile)
    assert '<a class="me" href="/settings">Farah Siddiqui</a>' in server.get("/").text
    assert '<a class="me" href="/settings">Dr. Siddiqui</a>' in told(server, post(server, "account.rename", display_name="Dr. Siddiqui"))


def test_looks_are_kept(program):
    server = program.serve()
    assert "data-theme" not in server.get("/settings").text
    text = told(server, post(server, "setting.save", theme="dark", keys="off"))
    assert 'data-theme="dark"' in text and 'data-keys="off"' in text
    text = told(server, post(server, "setting.save", theme="system", keys="on"))
    assert "data-theme" not in text and "data-keys" not in text
    answer = post(server, "setting.save", theme="pink")
    assert answer.status in (400, 422)


def test_a_token_is_shown_once_and_opens_until_revoked(program):
    server = program.serve()
    text = told(server, post(server, "token.add", name="Notes", scope=["read"], expires="30d"))
    secret = re.search(r"<code>(lig_[^<]+)</code>", text).group(1)
    assert "Copy this token now" in text
    again = server.get("/settings").text
    assert secret not in again and "Notes" in again
    assert server.api("person.list", token=secret).status == 200
    assert server.api("person.add", {"name": "A B"}, token=secret).status == 403
    key = re.search(r'action="/do/token.revoke".*?name="id" value="([^"]+)"', again, re.S).group(1)
    assert "opens nothing" in told(server, post(server, "token.revoke", id=key))
    assert server.api("person.list", token=secret).status == 401


def test_what_is_refused_stands_at_its_own_form(program):
    server = program.serve()
    answer = post(server, "account.add", name="two words", display_name="Typed Name")
    assert answer.status in (400, 409, 422)
    text = html.unescape(answer.text)
    assert "sign-in name" in text.lower() and 'value="Typed Name"' in text
    assert text.count('value="two words"') == 1
    assert re.search(r'id="token-name"[^>]*>', text).group(0).count("value=") == 0


@pytest.mark.parametrize("file,kind,begins", [("ligature.json", "application/json", b'{"ligature":1'), ("people.vcf", "text/vcard", b"BEGIN:VCARD"),
                                              ("people-3.vcf", "text/vcard", b"BEGIN:VCARD"), ("people.csv", "text/csv", b"\xef\xbb\xbf")])
def test_everything_can_be_downloaded(program, file, kind, begins):
    program.json("person", "add", "--name", "Amina Hassan", "--email", "amina@northquay.example")
    answer = program.serve().get(f"/export/{file}")
    assert answer.status == 200 and answer.headers["Content-Type"].startswith(kind)
    assert re.fullmatch(r'attachment; filename="ligature-2026-07-21\.\w+"', answer.headers["Content-Disposition"])
    assert answer.body.startswith(begins) and b"amina@northquay.example" in answer.body


def test_deleted_people_come_back_or_go_for_good(program):
    one, two = (program.json("person", "add", "--name", name)["id"] for name in ("Amina Hassan", "Olena Kovalchuk"))
    program.json("person", "remove", one)
    program.json("person", "remove", two)
    server = program.serve()
    text = server.get("/settings").text
    assert "Erase 2 people for good" in text and "erased for good in 30 days" in text
    told(server, post(server, "person.restore", id=one))
    assert program.json("person", "list")["total"] == 1
    assert "1 person is erased for good" in told(server, post(server, "store.erase", all="yes"))
    assert program.json("person", "list")["people"][0]["name"] == "Amina Hassan"
    assert program.json("person", "restore", two, status=1)["error"]["code"] == "person.not_found"


def finish(server, answer):
    """Where a job leads once it has ended."""
    assert answer.status == 303
    path = answer.headers["Location"]
    for _ in range(400):
        page = server.get(path)
        if page.status == 303:
            return html.unescape(server.get(page.headers["Location"].split("#")[0]).text)
        if "<progress" not in page.text:
            return html.unescape(page.text)
        server.get(path.split("?")[0] + "/events")      # ends with the job
    raise AssertionError("the job does not end")


def test_a_backup_is_made_checked_had_and_dropped_from_the_page(program, tmp_path):
    program.json("person", "add", "--name", "Amina Hassan")
    server = program.serve()
    finish(server, post(server, "backup.keep", back="/backups", passphrase="seven quiet herons"))
    text = server.get("/backups").text
    assert "Last backup Tue 21 July." in text and "encrypted" in text and "1 person" in text
    name = re.search(r'href="/backups/([^"]+)"', text).group(1)
    answer = server.get(f"/backups/{name}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    (tmp_path / "had.ligbak").write_bytes(answer.body)
    (tmp_path / "pass").write_text("seven quiet herons\n")
    assert program.json("backup", "drill", tmp_path / "had.ligbak", "--passphrase-file", tmp_path / "pass")["same"]
    assert "as it was written" in told(server, post(server, "backup.check", back="/backups", name=name, passphrase="seven quiet herons"))
    assert post(server, "backup.check", back="/backups", name=name, passphrase="other").status in (400, 422)
    for bad in ("../ligature.db", "..%2Fligature.db", "ligature.db", ".ligbak"):
        assert server.get(f"/backups/{bad}").status in (400, 404), bad
    assert "deleted for good" in told(server, post(server, "backup.drop", back="/backups", name=name))
    assert server.get(f"/backups/{name}").status == 404


def test_two_accounts_need_passwords_and_do_not_meet(program, tmp_path):
    (tmp_path / "one").write_text("a long enough one\n")
    (tmp_path / "two").write_text("another long one\n")
    program.json("account", "password", "--password-file", tmp_path / "one")
    program.json("account", "add", "omar", "--password-file", tmp_path / "two")
    me, omar = ["--account", "me"], ["--account", "omar"]
    mine = program.json("person", "add", "--name", "Amina Hassan", *me)["id"]
    program.json("person", "remove", mine, *me)
    token = program.json("token", "add", "mine", *me)
    absent = "0cn000000000g"

    def same(*words, name):
        """Another's id and one that is nowhere get the same answer."""
        answers = [json.dumps(program.json(*[other if word == "ID" else word for word in words], *omar, status=1)).replace(other, "ID")
                   for other in (name, absent)]
        assert answers[0] == answers[1], answers
    same("store", "erase", "--person", "ID", name=mine)
    same("person", "restore", "ID", name=mine)
    same("export", "--format", "vcard4", "--id", "ID", name=mine)
    same("token", "revoke", "ID", name=token["id"])
    assert program.json("export", "--format", "json", *omar)["text"].count("Amina") == 0
    assert program.json("session", "list", *omar)["total"] == 0
    server = program.serve()
    assert server.get("/settings").status == 303        # to sign in
    for path in ("/export/ligature.json", "/backups", "/backups/x.ligbak"):
        assert server.get(path).status == 303, path
    server.form("/sign-in", {"name": "omar", "password": "another long one"})
    text = server.get("/settings").text
    assert "Accounts of this store" not in text and program.data not in text and "No backup yet" not in text
    assert server.get("/backups").status == 403 and server.get("/backups/x.ligbak").status == 403
    assert b"Amina" not in server.get("/export/ligature.json").body
    assert post(server, "backup.keep").status == 403
    assert post(server, "account.close", name="me").status == 403
    server.cookies.clear()
    server.form("/sign-in", {"name": "me", "password": "a long enough one"})
    assert "The account is closed" in told(server, post(server, "account.close", name="omar"))
    assert "open again" in told(server, post(server, "account.reopen", name="omar"))
