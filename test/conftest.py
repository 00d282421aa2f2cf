"""What stories and protocol tests share: the program, a folder of its own, a server on a free port."""
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.parse
import uuid

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("LIGATURE_BUILD", ROOT / "build"))
NOW = "2026-07-21T09:00:00Z"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.body)

    def cookies(self):
        """name -> value of every Set-Cookie."""
        return dict(re.match(r"([^=]+)=([^;]*)", line).groups() for line in self.headers.get_all("Set-Cookie", []))


class Server:
    """A running `ligature serve`. Requests carry the cookies it gave, as a browser's would."""

    def __init__(self, program, *options):
        self.process = subprocess.Popen(program.command("serve", "--listen", "127.0.0.1:0", *options), stdin=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=program.env)
        self.said = []
        for line in self.process.stderr:
            self.said.append(line)
            match = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            if match and "is at" in line:
                self.port = int(match.group(1))
                break
        else:
            raise RuntimeError("the server did not start: " + "".join(self.said))
        self.cookies = {}

    def request(self, method, path, body=None, headers=None, cookies=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = dict(headers or {})
        if cookies and self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, headers)
        answer = Answer(connection.getresponse())
        connection.close()
        if cookies:
            for name, value in answer.cookies().items():
                self.cookies[name] = value
                if value == "":
                    del self.cookies[name]
        return answer

    def get(self, path, **kwargs):
        return self.request("GET", path, **kwargs)

    def form(self, path, fields, **kwargs):
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", **kwargs.pop("headers", {})}
        return self.request("POST", path, urllib.parse.urlencode(fields, doseq=True), headers, **kwargs)

    def api(self, name, args=None, token=None, **headers):
        headers["Content-Type"] = "application/json"
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self.request("POST", f"/api/v1/{name}", json.dumps(args or {}), headers, cookies=False)

    def stop(self):
        if self.process.stderr.closed:
            return self.process.wait()
        if self.process.poll() is None:
            self.process.terminate()
        self.said += self.process.stderr.readlines()
        self.process.stdout.close()
        self.process.stderr.close()
        return self.process.wait(timeout=60)


class Program:
    """One binary with one data folder, and one store: a file in the folder, or a PostgreSQL database."""

    def __init__(self, binary, folder, database=None, now=NOW):
        self.binary, self.data, self.database, self.now = str(binary), str(folder), database, now
        self.env = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC")
        self.servers = []

    def command(self, *words):
        store = ["--database", self.database] if self.database else []
        return [self.binary, "--data", self.data, *store, "--now", self.now, *map(str, words)]

    def run(self, *words, stdin=None):
        return subprocess.run(self.command(*words), input=stdin, capture_output=True, text=True, env=self.env, timeout=120)

    def json(self, *words, status=0, stdin=None):
        done = self.run("--json", *words, stdin=stdin)
        assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def serve(self, *options):
        server = Server(self, *options)
        self.servers.append(server)
        return server


def engines():
    """SQLite always; PostgreSQL where LIGATURE_TEST_PG names a server."""
    return ["sqlite", "pgsql"] if os.environ.get("LIGATURE_TEST_PG") else ["sqlite"]


@pytest.fixture(params=engines())
def database(request):
    """None, or the URL of a new, empty PostgreSQL database that goes with the test."""
    if request.param == "sqlite":
        yield None
        return
    url = os.environ["LIGATURE_TEST_PG"]
    name = f"story_{uuid.uuid4().hex}"
    subprocess.run(["psql", "-q", url, "-c", f"CREATE DATABASE {name}"], check=True)
    parts = urllib.parse.urlsplit(url)
    yield f"{parts.scheme}://{parts.netloc}/{name}" + (f"?{parts.query}" if parts.query else "")
    subprocess.run(["psql", "-q", url, "-c", f"DROP DATABASE {name} WITH (FORCE)"], check=True)


def run_program(binary, tmp_path, database):
    made = Program(binary, tmp_path / "data", database)
    yield made
    for server in made.servers:
        assert server.stop() in (0, -9), "".join(server.said)       # 0: in peace; -9: the test killed it


@pytest.fixture
def program(tmp_path, database):
    yield from run_program(os.environ.get("LIGATURE_BIN", BUILD / "ligature"), tmp_path, database)


@pytest.fixture
def extra_program(tmp_path, database):
    """The program with the features of test/extra_feature."""
    if not (BUILD / "ligature-extra").exists():
        subprocess.run(["ninja", "-C", str(BUILD), "ligature-extra"], check=True, stdout=subprocess.DEVNULL)
    yield from run_program(BUILD / "ligature-extra", tmp_path, database)
