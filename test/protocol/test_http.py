"""The HTTP server on the wire, over raw sockets: what a browser, a proxy or an attacker sends byte by byte.

Runs bench/httpd of the build folder named by LIGATURE_BUILD (else build/); skipped where it was not built.
Waiting is always for something observable (a line, a figure of /metrics), never for time to pass.
"""
import contextlib
import hashlib
import json
import os
import pathlib
import re
import resource
import select
import signal
import socket
import ssl
import subprocess
import threading
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HTTPD = pathlib.Path(os.environ.get("LIGATURE_BUILD", ROOT / "build")) / "bench" / "httpd"
PATIENCE = 20
SECURITY = ("content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-opener-policy",
            "cross-origin-resource-policy", "permissions-policy", "x-frame-options")

pytestmark = pytest.mark.skipif(not HTTPD.exists(), reason="skipped: bench/httpd is not built")


class Server:
    """One httpd, on a port of its own."""

    def __init__(self, *arguments, files=None):
        limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))) if files else None
        self.process = subprocess.Popen([str(HTTPD), *arguments], stdout=subprocess.PIPE, text=True, preexec_fn=limit)
        line = self.process.stdout.readline()
        match = re.match(r"listening https?://.*:(\d+)$", line)
        assert match, line
        self.port = int(match.group(1))

    def connect(self):
        sock = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Wire(sock, self.port)

    def ask(self, text, **kwargs):
        with self.connect() as wire:
            wire.send(text)
            return wire.answer(**kwargs)

    def get(self, path, *lines):
        return self.ask(request("GET", path, *lines))

    def figures(self):
        return json.loads(self.get("/metrics").body)

    def until(self, claim):
        """Waits until the figures fulfil claim."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            figures = self.figures()
            if claim(figures):
                return figures
        raise AssertionError(f"never came true; last seen: {figures}")

    def stop(self):
        """Ends it as systemd would; its last words."""
        self.process.send_signal(signal.SIGTERM)
        out, _ = self.process.communicate(timeout=PATIENCE)
        return out.strip().split("\n")[-1]


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)


class Wire:
    """A raw connection."""

    def __init__(self, sock, port):
        self.sock = sock
        self.port = port
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sock.close()

    def send(self, data):
        data = data.encode("latin-1") if isinstance(data, str) else data
        self.sock.sendall(data.replace(b":PORT", b":%d" % self.port))

    def more(self):
        data = self.sock.recv(65536)
        self.buffer += data
        return data

    def line(self):
        while b"\n" not in self.buffer:
            if not self.more():
                raise EOFError(self.buffer)
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode("latin-1").rstrip("\r")

    def exactly(self, n):
        while len(self.buffer) < n:
            if not self.more():
                raise EOFError(self.buffer)
        data, self.buffer = self.buffer[:n], self.buffer[n:]
        return data

    def head(self):
        status = int(self.line().split(" ")[1])
        headers = {}
        while line := self.line():
            name, value = line.split(": ", 1) if ": " in line else (line.rstrip(":"), "")
            headers.setdefault(name.lower(), value)
        return status, headers

    def chunk(self):
        data = self.exactly(int(self.line(), 16))
        self.line()
        return data

    def answer(self, method="GET"):
        status, headers = self.head()
        while status == 100:
            status, headers = self.head()
        body = b""
        if method != "HEAD" and status not in (204, 304):
            if "content-length" in headers:
                body = self.exactly(int(headers["content-length"]))
            elif headers.get("transfer-encoding") == "chunked":
                while piece := self.chunk():
                    body += piece
            else:
                while self.more():
                    pass
                body, self.buffer = self.buffer, b""
        return Answer(status, headers, body)

    def is_closed(self):
        """Nothing more comes, and the peer ends the connection."""
        try:
            return self.more() == b""
        except ConnectionResetError:
            return True

    def reset(self):
        """Goes away without a word."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.sock.close()


def request(method, path, *lines, body=""):
    head = [f"{method} {path} HTTP/1.1"]
    if not any(line.lower().startswith("host:") for line in lines):
        head.append("Host: 127.0.0.1:PORT")
    return "\r\n".join([*head, *lines, "", body])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = Server("--uploads", str(tmp_path_factory.mktemp("uploads")))
    yield made
    assert made.stop() == "stopped"


@contextlib.contextmanager
def running(*arguments, **kwargs):
    made = Server(*arguments, **kwargs)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.process.kill()
        made.process.wait()
        made.process.stdout.close()


# ---- answers ----

def test_an_answer_has_its_length_and_the_security_headers(server):
    answer = server.get("/")
    assert (answer.status, answer.body) == (200, b"hello\n")
    for name in (*SECURITY, "date", "content-type"):
        assert name in answer.headers


@pytest.mark.parametrize("path, status", [("/nothing", 404), ("/asset.css/x", 404)])
def test_refusals_carry_the_security_headers_too(server, path, status):
    answer = server.get(path)
    assert answer.status == status
    assert all(name in answer.headers for name in SECURITY)
    assert answer.body.endswith(b".\n")


def test_a_known_path_with_another_method_says_which_are_allowed(server):
    answer = server.ask(request("DELETE", "/page"))
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    options = server.ask(request("OPTIONS", "/page"))
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


def test_head_is_get_without_the_body(server):
    with server.connect() as wire:
        wire.send(request("HEAD", "/") + request("GET", "/"))
        head = wire.answer("HEAD")
        get = wire.answer()
    assert head.headers["content-length"] == get.headers["content-length"] == "6"
    assert get.body == b"hello\n"


def test_pipelined_requests_are_answered_in_order(server):
    with server.connect() as wire:
        wire.send("".join(request("POST", f"/echo?n={n}", "Content-Length: 3", body=f"{n:03}") for n in range(50))
                  + request("GET", "/echo/7/rest") + request("GET", "/"))
        bodies = [wire.answer().json() for n in range(50)]
        assert [b["body"] for b in bodies] == [f"{n:03}" for n in range(50)]
        assert wire.answer().json()["vars"] == {"id": "7", "rest": "rest"}
        assert wire.answer().body == b"hello\n"


def test_a_connection_is_kept_and_closed_on_request(server):
    with server.connect() as wire:
        wire.send(request("GET", "/"))
        assert wire.answer().body == b"hello\n"
        wire.send(request("GET", "/", "Connection: close"))
        assert wire.answer().headers["connection"] == "close"
        assert wire.is_closed()


def test_http_1_0_needs_no_host_and_is_closed(server):
    with server.connect() as wire:
        wire.send("GET / HTTP/1.0\r\n\r\n")
        assert wire.answer().body == b"hello\n"
        assert wire.is_closed()


def test_an_unchanged_asset_is_304(server):
    first = server.get("/asset.css")
    assert (first.status, first.headers["etag"], first.headers["vary"]) == (200, '"5eed"', "Accept-Encoding")
    again = server.get("/asset.css", 'If-None-Match: "other", W/"5eed"')
    assert (again.status, again.body, again.headers["etag"], again.headers["content-length"]) == (304, b"", '"5eed"', "12")
    assert server.get("/asset.css", 'If-None-Match: "else"').status == 200
    assert server.get("/asset.css", "If-None-Match: *").status == 304


@pytest.mark.parametrize("accept, encoding, body", [
    ("gzip, deflate, br", "br", b"brotli"), ("gzip", "gzip", b"gzipped"), ("br;q=0, gzip;q=0.5", "gzip", b"gzipped"),
    ("identity", None, b"a{color:red}"), ("br;q=0, *", "gzip", b"gzipped")])
def test_an_asset_comes_in_the_form_the_reader_takes(server, accept, encoding, body):
    answer = server.get("/asset.css", f"Accept-Encoding: {accept}")
    assert (answer.headers.get("content-encoding"), answer.body) == (encoding, body)
    tag = answer.headers["etag"]
    assert server.get("/asset.css", f"Accept-Encoding: {accept}", f"If-None-Match: {tag}").status == 304


def test_a_file_is_sent_whole(server):
    answer = server.get("/file")
    assert hashlib.sha256(answer.body).digest() == hashlib.sha256(HTTPD.read_bytes()).digest()


def test_a_handler_cannot_split_an_answer(server):
    answer = server.get("/split?value=a%0D%0AX-Evil:%201")
    assert answer.status == 303
    assert "x-echo" not in answer.headers and "x-evil" not in answer.headers
    assert server.get("/split?value=fine").headers["x-echo"] == "fine"
    assert answer.headers["set-cookie"] == "session=abc; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict"
    assert server.figures()["bad_headers"] == 1


def test_workers_answer_the_same_page_as_the_quick_path(server):
    cookie = "Cookie: session=0123456789abcdef0123456789abcdef"
    pages = {server.get(path, cookie).body for path in ("/page", "/pool/page", "/slow/page")}
    assert len(pages) == 1 and len(pages.pop()) > 10000
    assert server.get("/pool/page").status == 401


# ---- what is asked ----

def test_a_request_is_read_as_it_was_meant(server):
    got = server.ask(request("REPORT", "/echo/%C3%A9%2Fx/a/./b/../c?q=two+words&q=%E2%9C%93&empty", "Cookie: a=1; b=2",
                             "Origin: http://127.0.0.1:PORT", "Accept-Encoding: br")).json()
    assert got["method"] == "REPORT"
    assert got["raw_path"] == "/echo/%C3%A9%2Fx/a/c" and got["path"] == "/echo/é/x/a/c"
    assert got["vars"] == {"id": "é/x", "rest": "a/c"}
    assert got["query"] == [["q", "two words"], ["q", "✓"], ["empty", ""]]
    assert got["cookie_a"] == "1" and got["br"] and got["loopback"] and got["remote"] == "127.0.0.1"
    assert got["same_origin"] and got["site"] == 0


@pytest.mark.parametrize("lines, same", [
    (("Sec-Fetch-Site: same-origin",), True), (("Sec-Fetch-Site: none",), True), (("Sec-Fetch-Site: cross-site",), False),
    (("Sec-Fetch-Site: same-site",), False), (("Origin: http://evil.example",), False), (("Origin: null",), False), ((), True)])
def test_a_page_elsewhere_is_told_from_ours(server, lines, same):
    assert server.get("/echo", *lines).json()["same_origin"] is same


@pytest.mark.parametrize("line", ["X-Forwarded-For: 203.0.113.7", "Via: 1.1 proxy", "Forwarded: for=203.0.113.7"])
def test_what_came_through_a_proxy_is_not_loopback(server, line):
    got = server.get("/echo", line).json()
    assert got["loopback"] is False and got["remote"] == "127.0.0.1"


def test_a_form_is_read(server):
    body = "name=Dr+Rao&note=%26+more"
    got = server.ask(request("POST", "/echo", "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
                             f"Content-Length: {len(body)}", body=body)).json()
    assert got["form"] == [["name", "Dr Rao"], ["note", "& more"]]
    assert got["type"] == "application/x-www-form-urlencoded"


def chunked(*pieces):
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\nTrailer-Line: x\r\n\r\n"


def test_a_chunked_body_is_joined_and_nothing_can_hide_behind_it(server):
    with server.connect() as wire:
        wire.send(request("POST", "/echo", "Transfer-Encoding: chunked").encode() + chunked(b"hello ", b"world")
                  + request("GET", "/metrics").encode())
        answer = wire.answer()
        assert (answer.json()["body"], answer.headers["connection"]) == ("hello world", "close")
        assert wire.is_closed()


@pytest.mark.parametrize("body", [b"5\r\nhello0\r\n\r\n", b"5 \r\nhello\r\n0\r\n\r\n", b"0x5\r\nhello\r\n0\r\n\r\n",
                                  b"-5\r\nhello\r\n0\r\n\r\n", b"\r\nhello\r\n0\r\n\r\n"])
def test_broken_chunks_are_400(server, body):
    assert server.ask(request("POST", "/echo", "Transfer-Encoding: chunked").encode() + body).status == 400


def upload_form(content, boundary="b0undary"):
    return (f'--{boundary}\r\nContent-Disposition: form-data; name="source"\r\n\r\nlinkedin\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="C:\\\\x\\\\Connections.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n").encode() + content + f"\r\n--{boundary}--\r\n".encode()


def test_uploaded_files_lie_on_disk_and_go_with_the_request(server):
    content = os.urandom(3_000_000)
    body = upload_form(content)
    with server.connect() as wire:
        wire.send(request("POST", "/upload", "Content-Type: multipart/form-data; boundary=b0undary", f"Content-Length: {len(body)}"))
        wire.sock.sendall(body)
        got = wire.answer().json()
        wire.send(request("GET", "/"))
        assert wire.answer().status == 200
    (found,) = got["files"]
    assert (found["name"], found["type"], found["size"]) == ("Connections.csv", "text/csv", len(content))
    assert found["sha256"] == hashlib.sha256(content).hexdigest()
    assert got["form"] == [["source", "linkedin"]]
    assert not os.path.exists(found["path"])


def test_a_large_raw_body_is_spooled_where_it_is_allowed(server):
    with server.connect() as wire:
        wire.send(request("POST", "/upload", "Content-Length: 2000000"))
        wire.sock.sendall(b"x" * 2_000_000)
        got = wire.answer().json()
    assert got["spooled"] and got["size"] == 2_000_000 and got["body"] is None


def test_nothing_is_left_in_the_upload_folder(tmp_path):
    with running("--uploads", str(tmp_path)) as made:
        body = upload_form(b"x" * 100_000)
        with made.connect() as wire:
            wire.send(request("POST", "/upload", "Content-Type: multipart/form-data; boundary=b0undary",
                              f"Content-Length: {len(body)}"))
            wire.sock.sendall(body[:50_000])
            made.until(lambda f: f["bytes_in"] >= 40_000)
            assert list(tmp_path.iterdir())
            wire.reset()
        made.until(lambda f: f["connections"] == 1)
        assert not list(tmp_path.iterdir())
        made.ask(request("POST", "/upload", "Content-Type: multipart/form-data; boundary=b0undary",
                         f"Content-Length: {len(body)}").encode() + body)
        made.figures()          # the next request is read after the last one was cleared away
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind, body", [
    ("multipart/form-data", "--x--"), ("multipart/form-data; boundary=x", "--x\r\nbroken"),
    ("multipart/form-data; boundary=x", "--y--"), ("application/x-www-form-urlencoded", "a=%00"),
    ("application/x-www-form-urlencoded", "a=%ff")])
def test_a_broken_form_is_400(server, kind, body):
    assert server.ask(request("POST", "/echo", f"Content-Type: {kind}", f"Content-Length: {len(body)}", body=body)).status == 400


# ---- the door ----

SMUGGLED = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n"


@pytest.mark.parametrize("text", [
    request("POST", "/echo", "Content-Length: 0", f"Content-Length: {len(SMUGGLED)}", body=SMUGGLED),
    request("POST", "/echo", "Content-Length: 5", "Content-Length: 5", body="hello"),
    request("POST", "/echo", "Content-Length: 5", "Transfer-Encoding: chunked", body="0\r\n\r\n" + SMUGGLED),
    request("POST", "/echo", "Transfer-Encoding: chunked", "Content-Length: 5", body="0\r\n\r\n" + SMUGGLED),
    request("POST", "/echo", "Transfer-Encoding: chunked", "Transfer-Encoding: identity", body="0\r\n\r\n" + SMUGGLED),
    request("POST", "/echo", "Transfer-Encoding: xchunked", body="0\r\n\r\n" + SMUGGLED),
    request("POST", "/echo", "Transfer-Encoding: chunked ,", body="0\r\n\r\n" + SMUGGLED),
    request("POST", "/echo", "Transfer-Encoding : chunked", body="0\r\n\r\n" + SMUGGLED),
    request("POST", "/echo", "Content-Length: 5x", body="hello"),
    request("POST", "/echo", "Content-Length: -5", body="hello"),
    request("POST", "/echo", "X: folded", " Content-Length: 5", body=SMUGGLED),
    request("GET", "/", "X: a\n\tb"),
    request("GET", "/", "X: a\x00b"),
    request("GET", "/", "X: a\rb"),
    request("GET", "/", "X: a\x01b"),
    request("GET", "/", "X a: b"),
    request("GET", "/", ": b"),
    request("GET", "/", "no colon"),
    "GET / HTTP/1.1\nHost: 127.0.0.1:PORT\n\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: 1\n\r\n",
    "GET  / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /a b HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET / HTTP/1.1 \r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: evil.example\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: \r\n\r\n",
    "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET metrics HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET * HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /%00 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /a%2f..%2fb HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /%ff HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET /?a=%00 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "G=T/ / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: a\r\nContent-Type: b\r\n\r\n",
], ids=lambda text: re.sub(r"[^A-Za-z0-9/:=.-]+", "_", text.replace("Host: 127.0.0.1:PORT", ""))[:60])
def test_a_misleading_request_is_400_and_the_connection_ends(server, text):
    with server.connect() as wire:
        wire.send(text)
        assert wire.answer().status == 400
        assert wire.is_closed()


@pytest.mark.parametrize("text, status", [
    ("GET / HTTP/2.0\r\nHost: 127.0.0.1:PORT\r\n\r\n", 505), ("GET / HTTP/1.2\r\nHost: 127.0.0.1:PORT\r\n\r\n", 505),
    ("TRACE / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n", 501), ("CONNECT a:1 HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n", 501),
    ("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nExpect: magic\r\n\r\n", 417)])
def test_what_we_do_not_speak_is_said(server, text, status):
    assert server.ask(text).status == status


@pytest.mark.parametrize("host", ["evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "localhost", "localhost:PORT.evil.example",
                                  "127.0.0.1.evil.example:PORT", "user@127.0.0.1:PORT", "[::1"])
def test_a_name_that_is_not_ours_is_421(server, host):
    answer = server.ask(request("GET", "/metrics", f"Host: {host}"))
    assert answer.status == 421
    assert b"in_flight" not in answer.body
    assert all(name in answer.headers for name in SECURITY)


@pytest.mark.parametrize("host", ["127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT"])
def test_our_own_names_are_answered(server, host):
    assert server.ask(request("GET", "/", f"Host: {host}")).status == 200


def test_a_configured_name_is_answered():
    with running("--host", "Ligature.example") as made:
        assert made.ask(request("GET", "/", "Host: ligature.example")).status == 200
        assert made.ask(request("GET", "/", "Host: other.example")).status == 421


def test_absolute_form_with_our_host_is_fine(server):
    assert server.ask("GET http://127.0.0.1:PORT/echo/1/2?a=b HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n").json()["query"] == [["a", "b"]]


@pytest.mark.parametrize("lines", [("X: " + "a" * 17000,), ("X: " + "a" * 100_000,), tuple(f"X{n}: 1" for n in range(101)),
                                   tuple(f"X{n}: 1" for n in range(5000))], ids=["17k", "100k", "101-lines", "5000-lines"])
def test_a_header_beyond_its_limit_is_431(server, lines):
    with server.connect() as wire:
        with contextlib.suppress(ConnectionError):
            wire.send(request("GET", "/", *lines))
        assert wire.answer().status == 431
        assert wire.is_closed()


def test_a_header_within_its_limit_passes(server):
    assert server.get("/", "X: " + "a" * 15000).status == 200
    assert server.get("/", *(f"X{n}: 1" for n in range(99))).status == 200


def test_an_endless_target_is_414(server):
    with server.connect() as wire:
        with contextlib.suppress(ConnectionError):
            wire.send("GET /" + "a" * 100_000)
        assert wire.answer().status == 414


def test_thousands_of_parameters_are_no_trouble(server):
    got = server.get("/echo?" + "&".join("a" for _ in range(7000))).json()
    assert len(got["query"]) == 7000


def test_a_body_beyond_its_limit_is_413(server):
    with server.connect() as wire:      # only the start of the body: the answer does not wait for the rest
        wire.send(request("POST", "/echo", "Content-Length: 1048577", body="x" * 1000))
        assert wire.answer().status == 413
    with server.connect() as wire:
        wire.send(request("POST", "/echo", "Content-Length: 999999999999"))
        assert wire.answer().status == 413
        assert wire.is_closed()
    with server.connect() as wire:
        wire.send(request("POST", "/echo", "Transfer-Encoding: chunked").encode() + chunked(b"x" * 600_000, b"x" * 600_000))
        assert wire.answer().status == 413


def test_an_endless_chunked_body_is_cut(server):
    with server.connect() as wire:
        wire.send(request("POST", "/echo", "Transfer-Encoding: chunked"))
        piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        with pytest.raises(ConnectionError):
            for _ in range(1000):
                wire.sock.sendall(piece)


def test_who_waits_for_100_continue_is_told_before_sending(server):
    with server.connect() as wire:
        wire.send(request("POST", "/echo", "Content-Length: 5", "Expect: 100-continue"))
        assert wire.line() == "HTTP/1.1 100 Continue"
        wire.line()
        wire.send("hello")
        assert wire.answer().json()["body"] == "hello"
    with server.connect() as wire:
        wire.send(request("POST", "/echo", "Content-Length: 9999999", "Expect: 100-continue"))
        assert wire.line().split(" ")[1] == "413"


def test_a_small_refused_body_leaves_the_connection_usable(server):
    with server.connect() as wire:
        wire.send(request("POST", "/nothing", "Content-Length: 5", body="hello") + request("GET", "/"))
        assert wire.answer().status == 404
        assert wire.answer().body == b"hello\n"


# ---- time and number ----

def test_a_slow_header_is_cut():
    with running("--header-seconds", "1", "--idle", "1") as made:
        with made.connect() as fresh, made.connect() as used:
            used.send(request("GET", "/"))
            assert used.answer().status == 200
            for wire in (fresh, used):
                wire.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX: ")
            ended = set()
            end = time.monotonic() + PATIENCE
            while len(ended) < 2:       # a byte every 0.2 s would keep a timeout of inactivity from ever running out
                assert time.monotonic() < end
                ready, _, _ = select.select([w.sock for w in (fresh, used) if w not in ended], [], [], 0.2)
                for wire in (fresh, used):
                    if wire.sock in ready:
                        assert wire.is_closed()
                        ended.add(wire)
                    elif wire not in ended:
                        with contextlib.suppress(ConnectionError):
                            wire.send("a")
        assert made.figures()["cut"] == 2


def test_a_slow_body_is_cut():
    with running("--body-seconds", "1") as made:
        with made.connect() as wire:
            wire.send(request("POST", "/echo", "Content-Length: 1000"))
            end = time.monotonic() + PATIENCE
            while not select.select([wire.sock], [], [], 0.2)[0]:
                assert time.monotonic() < end
                with contextlib.suppress(ConnectionError):
                    wire.send("a")
            assert wire.is_closed()


def test_a_reader_who_does_not_read_is_cut():
    with running("--body-seconds", "1") as made:
        with made.connect() as wire:
            wire.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            wire.send(request("GET", "/page", "Cookie: session=0123456789abcdef0123456789abcdef") * 800)     # 8 MB of answers
            made.until(lambda f: f["cut"] == 1)


def test_a_waiting_worker_is_not_cut():
    with running("--body-seconds", "1", "--idle", "1", "--header-seconds", "1") as made:
        with made.connect() as wire, made.connect() as idle:
            wire.send(request("GET", "/wait?gate=a"))
            made.until(lambda f: f["waiting"] == 1)
            assert idle.is_closed()
            assert made.ask(request("POST", "/open?gate=a")).status == 200
            assert wire.answer().body == b"through\n"


def test_a_client_that_leaves_while_a_worker_works_harms_nobody():
    with running() as made:
        wire = made.connect()
        wire.send(request("GET", "/wait?gate=a"))
        made.until(lambda f: f["waiting"] == 1)
        wire.reset()
        made.ask(request("POST", "/open?gate=a"))
        assert made.until(lambda f: f["in_flight"] == 1 and f["connections"] == 1)["working"] == 0
        assert made.get("/wait?gate=a").body == b"through\n"
        assert made.stop() == "stopped"


def test_a_full_queue_answers_503_and_says_when_to_come_back():
    with running("--workers", "1", "--queue", "2") as made:
        wires = [made.connect() for _ in range(3)]
        for wire in wires:
            wire.send(request("GET", "/wait?gate=a"))
        made.until(lambda f: f["waiting"] == 1 and f["queued"] == 2)
        refused = made.get("/wait?gate=a")
        assert (refused.status, refused.headers["retry-after"]) == (503, "2")
        assert made.get("/").status == 200                  # the quick path is free
        assert made.get("/slow/page").status == 401         # and so is the other pool
        made.ask(request("POST", "/open?gate=a"))
        assert [wire.answer().body for wire in wires] == [b"through\n"] * 3
        assert made.figures()["busy"] == 1


def test_connections_have_a_limit():
    with running("--connections", "5") as made:
        wires = [made.connect() for _ in range(4)]
        for wire in wires:
            wire.send(request("GET", "/"))
            assert wire.answer().status == 200
        with made.connect() as fifth, made.connect() as sixth:
            fifth.send(request("GET", "/"))
            assert fifth.answer().status == 200
            assert sixth.answer().status == 503
            wires[0].send(request("GET", "/metrics"))
            figures = wires[0].answer().json()
            assert (figures["connections"], figures["refused_connections"]) == (5, 1)


def test_running_out_of_descriptors_passes():
    with running(files=60) as made:
        wires = [made.connect() for _ in range(80)]
        for wire in wires[:30]:
            wire.send(request("GET", "/"))
            assert wire.answer().status == 200
        stat = pathlib.Path(f"/proc/{made.process.pid}/stat")
        before = sum(map(int, stat.read_text().split(") ")[1].split()[11:13]))
        wires[0].send(request("GET", "/wait"))
        wires[0].answer()
        for wire in wires[:30]:
            wire.sock.close()
        for wire in wires[30:]:
            wire.send(request("GET", "/"))
            assert wire.answer().status == 200
            wire.sock.close()
        ticks = sum(map(int, stat.read_text().split(") ")[1].split()[11:13])) - before
        assert ticks < 30           # hundredths of a second: it waited, it did not spin
        assert made.get("/").status == 200


def test_ten_thousand_idle_connections_are_held_while_others_are_served():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 10_200:
        pytest.skip("skipped: fewer than 10,200 open files allowed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with running("--idle", "600", "--header-seconds", "600") as made:
        idle = []
        ask = request("GET", "/").replace(":PORT", f":{made.port}").encode()
        try:
            for _ in range(10_000):
                sock = socket.create_connection(("127.0.0.1", made.port), timeout=PATIENCE)
                sock.sendall(ask)
                idle.append(sock)
            assert all(b"hello" in sock.recv(4096) for sock in idle)
            assert made.figures()["connections"] == 10_001
            with made.connect() as wire:
                times = []
                for _ in range(200):
                    began = time.perf_counter()
                    wire.send(request("GET", "/page", "Cookie: session=0123456789abcdef0123456789abcdef"))
                    assert wire.answer().status == 200
                    times.append(time.perf_counter() - began)
            assert sorted(times)[100] < 0.01
            process = pathlib.Path(f"/proc/{made.process.pid}")
            resident = int(re.search(r"VmRSS:\s+(\d+)", (process / "status").read_text()).group(1))
            print(f"resident {resident} kB with 10,000 idle connections; page p50 {sorted(times)[100] * 1e6:.0f} us")
            assert resident < 300_000 or "libasan" in (process / "maps").read_text()
            for sock in idle[::1000]:
                sock.sendall(ask)
                assert b"hello" in sock.recv(4096)
        finally:
            for sock in idle:
                sock.close()
        assert made.stop() == "stopped"


# ---- streams ----

def open_stream(made, *lines):
    wire = made.connect()
    wire.send(request("GET", "/stream", *lines))
    status, headers = wire.head()
    assert (status, headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    return wire


def events(wire, text):
    """Reads chunks until text has come."""
    seen = b""
    while text not in seen:
        seen += wire.chunk()
    return seen


def test_events_arrive_as_they_are_sent():
    with running() as made:
        with open_stream(made) as wire:
            assert events(wire, b"second") == b"id: 1\ndata: first\ndata: second line\n\n"
            assert made.ask(request("POST", "/send?data=a%0Ab")).body == b"1\n"
            assert events(wire, b"\n\n") == b"event: news\ndata: a\ndata: b\n\n"
            made.ask(request("POST", "/send?data=last&end=1"))
            assert events(wire, b"last") == b"event: news\ndata: last\n\n"
            assert wire.chunk() == b""
            wire.send(request("GET", "/"))
            assert wire.answer().body == b"hello\n"
        assert made.until(lambda f: f["streams"] == 0)["closed"] == 1


def test_a_reader_that_comes_back_says_where_it_was():
    with running() as made:
        with open_stream(made, "Last-Event-ID: 41") as wire:
            assert events(wire, b"41").startswith(b"event: resumed\ndata: 41\n\n")


def test_a_quiet_stream_breathes():
    with running("--heartbeat", "1") as made:
        with open_stream(made) as wire:
            events(wire, b"second")
            assert wire.chunk() == b":\n\n"


@pytest.mark.parametrize("leave", [lambda wire: wire.sock.close(), lambda wire: wire.reset()], ids=["closed", "reset"])
def test_a_reader_that_leaves_ends_its_stream(leave):
    with running("--heartbeat", "1000") as made:
        wire = open_stream(made)
        stays = open_stream(made)
        events(wire, b"second")
        leave(wire)
        assert made.until(lambda f: f["streams"] == 1)["closed"] == 1
        assert made.ask(request("POST", "/send?data=x")).body == b"1\n"
        assert b"data: x" in events(stays, b"data: x")
        stays.sock.close()


def test_a_reader_that_is_too_slow_is_closed():
    with running() as made:
        with open_stream(made) as wire:
            wire.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            while made.ask(request("POST", "/send?size=60000")).body == b"1\n":
                pass
            assert made.until(lambda f: f["closed"] == 1)["streams"] <= 1


def test_many_streams_with_many_writers():
    with running() as made:
        wires = [open_stream(made) for _ in range(100)]

        def write():
            with made.connect() as writer:
                for n in range(50):
                    writer.send(request("POST", f"/send?data=n{n}"))
                    writer.answer()

        threads = [threading.Thread(target=write) for _ in range(4)]
        for thread in threads:
            thread.start()
        for n, wire in enumerate(wires):
            if n % 3 == 0:
                wire.reset()
        for thread in threads:
            thread.join()
        for n, wire in enumerate(wires):
            if n % 3 != 0:
                seen = b""
                while seen.count(b"event: news") < 200:
                    seen += wire.chunk()
                wire.sock.close()
        assert made.until(lambda f: f["streams"] == 0)["closed"] == 100
        assert made.stop() == "stopped"


def test_head_of_a_stream_has_no_body(server):
    with server.connect() as wire:
        wire.send(request("HEAD", "/stream") + request("GET", "/"))
        assert wire.answer("HEAD").status == 200
        assert wire.answer().body == b"hello\n"
    server.until(lambda f: f["streams"] == 0)


# ---- stopping ----

def test_sigterm_lets_the_running_request_finish():
    with running() as made:
        with made.connect() as wire, made.connect() as opener, made.connect() as idle:
            opener.send(request("GET", "/"))
            opener.answer()
            wire.send(request("GET", "/wait?gate=a"))
            made.until(lambda f: f["waiting"] == 1)
            made.process.send_signal(signal.SIGTERM)
            with pytest.raises(OSError):                # it listens no more
                while True:
                    socket.create_connection(("127.0.0.1", made.port), timeout=PATIENCE).close()
            opener.send(request("POST", "/open?gate=a"))
            assert opener.answer().headers["connection"] == "close"
            answer = wire.answer()
            assert (answer.body, answer.headers["connection"]) == (b"through\n", "close")
            assert idle.is_closed()
        assert made.process.communicate(timeout=PATIENCE)[0].strip().endswith("stopped")
        assert made.process.returncode == 0


def test_sigterm_ends_streams_and_turns_the_queue_away():
    with running("--workers", "1", "--grace", "1") as made:
        stream = open_stream(made)
        events(stream, b"second")
        with made.connect() as running_one, made.connect() as queued:
            running_one.send(request("GET", "/wait?gate=never"))
            made.until(lambda f: f["waiting"] == 1)
            queued.send(request("GET", "/wait?gate=never"))
            made.until(lambda f: f["queued"] == 1)
            made.process.send_signal(signal.SIGTERM)
            assert stream.chunk() == b""
            assert queued.answer().status == 503
            assert made.process.communicate(timeout=PATIENCE)[0].strip().endswith("left behind")
        stream.sock.close()


def test_sigterm_in_the_middle_of_an_upload_does_not_hang(tmp_path):
    with running("--grace", "1", "--uploads", str(tmp_path)) as made:
        with made.connect() as wire:
            wire.send(request("POST", "/upload", "Content-Length: 5000000"))
            wire.sock.sendall(b"x" * 2_000_000)
            made.until(lambda f: f["bytes_in"] > 1_500_000)
            assert made.stop() == "stopped"
        assert not list(tmp_path.iterdir())


def test_a_second_server_on_the_port_is_refused(server):
    second = subprocess.run([str(HTTPD), "--listen", f"127.0.0.1:{server.port}"], capture_output=True, text=True)
    assert second.returncode == 1
    assert "already listens" in second.stderr


# ---- own TLS ----

def test_own_tls_answers(tmp_path):
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                           "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(cert)], capture_output=True)
    if made.returncode:
        pytest.skip("skipped: no openssl to make a certificate")
    with running("--cert", str(cert), "--key", str(key)) as server:
        context = ssl.create_default_context(cafile=str(cert))
        context.check_hostname = False
        with context.wrap_socket(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)) as sock:
            wire = Wire(sock, server.port)
            wire.send(request("GET", "/echo"))
            assert wire.answer().json()["same_origin"]
            wire.send(request("GET", "/file"))
            assert len(wire.answer().body) == HTTPD.stat().st_size
