"""Who is let in: this machine's only account without a password, everybody else with theirs."""
import re

import pytest

PASSWORD = "a long sentence is good"


def sign_in(server, name="amina", password=PASSWORD, **more):
    return server.form("/sign-in", {"name": name, "password": password, **more})


@pytest.fixture
def two(extra_program):
    """me and amina, both with a password; the server's cookies are empty."""
    for words in (("account", "password"), ("account", "add", "amina")):
        done = extra_program.run(*words, "--password-file", "-", stdin=PASSWORD + "\n")
        assert done.returncode == 0, done.stderr
    return extra_program


def test_the_only_account_of_this_machine_is_let_in(extra_program):
    server = extra_program.serve()
    page = server.get("/ping")
    assert page.status == 200
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    # every browser of this machine gets the same session, and no new one is made for it
    assert server.get("/ping", cookies=False).cookies() == page.cookies()
    assert len(extra_program.json("session", "list")["sessions"]) == 1


def test_with_a_password_signing_in_is_asked_for(two):
    server = two.serve()
    asked = server.get("/ping?q=1")
    assert (asked.status, asked.headers["Location"]) == (303, "/sign-in?back=/ping%3Fq%3D1")
    assert 'name="back" value="/ping?q=1"' in server.get(asked.headers["Location"]).text
    wrong = sign_in(server, password="another long sentence", back="/ping")
    assert wrong.status == 401 and "Name and password do not go together." in wrong.text
    assert 'value="amina"' in wrong.text and PASSWORD not in wrong.text
    unknown = sign_in(server, name="nobody")
    assert unknown.status == 401 and "Name and password do not go together." in unknown.text
    done = sign_in(server, back="/ping?q=1")
    assert (done.status, done.headers["Location"]) == (303, "/ping?q=1")
    page = server.get("/ping?q=1")
    assert page.status == 200
    assert sign_in(server, back="//evil.example").headers["Location"] == "/"
    assert sign_in(server, back="https://evil.example").headers["Location"] == "/"


def test_another_page_cannot_sign_a_reader_in(two):
    server = two.serve()
    done = server.form("/sign-in", {"name": "amina", "password": PASSWORD}, headers={"Sec-Fetch-Site": "cross-site"})
    assert done.status == 403 and "Set-Cookie" not in done.headers


def test_too_many_tries_have_to_wait(two):
    server = two.serve()
    answers = [sign_in(server, password="wrong wrong wrong").status for _ in range(7)]
    assert answers[:5] == [401] * 5 and answers[-1] == 429
    blocked = sign_in(server)
    assert blocked.status == 429 and re.search(r"Too many tries\. Wait \d+ (seconds|minutes)\.", blocked.text)


def test_signing_out_ends_the_session_at_once(two):
    server = two.serve()
    sign_in(server)
    csrf = re.search(r'name="csrf" value="([^"]+)"', server.get("/ping").text).group(1)
    server.get("/ping/kept")
    server.get("/ping/kept")
    old = dict(server.cookies)
    assert server.form("/sign-out", {}).status == 403
    done = server.form("/sign-out", {"csrf": csrf})
    assert (done.status, done.headers["Location"]) == (303, "/sign-in")
    server.cookies = old
    assert server.get("/ping/kept").status == 303        # also a page that was kept
    assert server.form("/do/ping.add", {"csrf": csrf, "text": "x"}).headers["Location"] == "/sign-in"


def test_a_new_password_ends_every_session(two):
    server = two.serve()
    sign_in(server)
    assert server.get("/ping/kept").status == 200
    done = two.run("--account", "amina", "account", "password", "--password-file", "-", stdin="another good sentence\n")
    assert done.returncode == 0, done.stderr
    assert server.get("/ping/kept").status == 303
    assert sign_in(server).status == 401
    assert sign_in(server, password="another good sentence").status == 303


def test_a_closed_account_is_shut_out(two):
    server = two.serve()
    sign_in(server)
    assert two.run("--account", "me", "account", "close", "amina").returncode == 0
    assert server.get("/ping").status == 303
    assert sign_in(server).status == 401


def test_one_readers_page_is_not_anothers(two):
    server = two.serve()
    sign_in(server)
    first = server.get("/ping/kept").text
    amina = dict(server.cookies)
    server.cookies = {}
    sign_in(server, name="me")
    second = server.get("/ping/kept").text
    token = re.compile(r'name="csrf" value="([^"]+)"')
    assert token.search(first).group(1) != token.search(second).group(1)
    mixed = server.form("/do/ping.add", {"csrf": token.search(first).group(1), "text": "x"})
    assert mixed.status == 403
    server.cookies = amina
    assert server.get("/ping/kept").text == first


def test_beyond_this_machine_with_passwords(two):
    server = two.serve("--behind-tls", "--host", "members.example.org")
    assert server.get("/ping", cookies=False).status == 303
    done = sign_in(server)
    cookie = done.headers["Set-Cookie"]
    assert cookie.startswith("__Host-ligature=") and "Secure" in cookie
    assert done.headers["Strict-Transport-Security"]
