"""An import as a job of the server: how far it is while it runs, and stopping it; on both engines."""
import http.client
import json
import pathlib
import re
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import import_files as files        # noqa: E402

N = 80_000
BOUNDARY = "made-up-boundary"


@pytest.fixture(scope="module")
def many():
    """A file that takes a while."""
    return files.cards(N).encode()


def multipart(fields, name, content):
    head = "".join(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items())
    head += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


class Watch:
    """The event stream of a job: (event, data) one by one, and all its time under our eyes."""

    def __init__(self, server, job_id):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in server.cookies.items())
        self.connection.request("GET", f"/jobs/{job_id}/events", headers={"Cookie": cookies})
        self.response = self.connection.getresponse()
        assert self.response.status == 200

    def __iter__(self):
        event = None
        for line in self.response:
            key, _, value = line.decode().rstrip("\r\n").partition(": ")
            if key == "event":
                event = value
            elif key == "data":
                yield event, json.loads(value)

    def until_it_moves(self):
        for event, data in self:
            assert event == "progress", "it ended before it could be stopped"
            if data["done"] > 0:
                return data

    def until_it_ends(self):
        for event, data in self:
            if event == "end":
                self.connection.close()
                return data["state"]


@pytest.fixture
def running(program, many):
    """(program, server, token, job_id, watch): an import of many cards that has begun to move."""
    program.json("person", "add", "--name", "Olena Koval")
    token = program.json("token", "add", "test", "--scope", "read", "--scope", "write")["token"]
    server = program.serve()
    server.get("/")
    body, headers = multipart({}, "phone.vcf", many)
    answer = server.request("POST", "/api/v1/import.apply?wait=no", body, {**headers, "Authorization": f"Bearer {token}"}, cookies=False)
    assert answer.status == 202, answer.text
    job_id = answer.json["job_id"]
    watch = Watch(server, job_id)
    watch.until_it_moves()
    return program, server, token, job_id, watch


def test_a_stopped_import_leaves_nothing_and_the_file_comes_in_later(running, tmp_path):
    program, server, token, job_id, watch = running
    assert server.api("job.cancel", {"id": job_id}, token).status == 200
    assert watch.until_it_ends() == "cancelled"
    job = server.api("job.show", {"id": job_id}, token).json
    assert job["state"] == "cancelled"
    assert job["result"]["error"]["code"] == "action.cancelled"
    assert job["result"]["error"]["message"] == "phone.vcf: Stopped. Nothing of this file was kept."
    page = server.get(f"/jobs/{job_id}").text
    assert "It was stopped." in page and "Nothing of this file was kept." in page
    assert server.api("person.list", {}, token).json["total"] == 1
    assert server.api("import.list", {}, token).json["total"] == 0
    assert server.api("person.list", {"query": "Sample7"}, token).json["total"] == 0
    assert not list((pathlib.Path(program.data) / "jobs").glob("*")), "an upload or a note was left behind"
    body, headers = multipart({}, "phone.vcf", files.cards(2000).encode())
    again = server.request("POST", "/api/v1/import.apply", body, {**headers, "Authorization": f"Bearer {token}"}, cookies=False)
    assert (again.status, again.json["read"], again.json["added"]) == (200, 2000, 2000)
    assert server.stop() == 0
    assert program.json("verify")["sound"]


def test_the_stop_button_of_the_page_stops_it_and_the_same_file_can_be_saved(program, many):
    server = program.serve()
    token = re.search(r'name="csrf" value="([^"]+)"', server.get("/import").text).group(1)
    body, headers = multipart({"csrf": token, "back": "/import/{import_id}", "keep": "yes"}, "phone.vcf", many)
    looked = server.request("POST", "/do/import.preview", body, {**headers, "Sec-Fetch-Site": "same-origin"})
    assert Watch(server, looked.headers["Location"].split("/")[2].split("?")[0]).until_it_ends() == "done"
    place = server.get(looked.headers["Location"]).headers["Location"]
    import_id = place.split("/")[2]
    saving = server.form("/do/import.apply", {"csrf": token, "back": "/import/{import_id}", "import_id": import_id})
    job_id = saving.headers["Location"].split("/")[2].split("?")[0]
    watch = Watch(server, job_id)
    watch.until_it_moves()
    page = server.get(saving.headers["Location"]).text
    assert "Stop</button>" in page
    stopped = server.form("/do/job.cancel", {"csrf": token, "back": f"/jobs/{job_id}", "id": job_id})
    assert stopped.status == 303
    assert watch.until_it_ends() == "cancelled"
    assert "It was stopped." in server.get(saving.headers["Location"]).text
    assert "Nothing is saved yet" in server.get(place).text, "the file still waits"
    saving = server.form("/do/import.apply", {"csrf": token, "back": "/import/{import_id}", "import_id": import_id})
    assert Watch(server, saving.headers["Location"].split("/")[2].split("?")[0]).until_it_ends() == "done"
    assert server.stop() == 0
    assert program.json("person", "list", "--limit", "1")["total"] == N


def test_how_far_it_is_shows_everywhere_while_it_runs(running):
    program, server, token, job_id, watch = running
    shown = server.api("job.show", {"id": job_id}, token).json
    assert shown["state"] == "running" and 0 < shown["done"] < N and abs(shown["total"] - N) < N / 100      # about
    assert shown["words"] == "matching people and saving them"
    listed = server.api("job.list", {}, token).json["jobs"][0]
    assert listed["id"] == job_id and listed["done"] >= shown["done"]
    value = re.search(r'<progress[^>]*value="(\d+)"', server.get(f"/jobs/{job_id}").text)
    assert value and int(value.group(1)) > 0
    other = program.json("job", "show", job_id)      # another process
    assert other["state"] == "running" and 0 < other["done"] <= N and other["words"] == shown["words"]
    assert server.api("job.cancel", {"id": job_id}, token).status == 200
    assert watch.until_it_ends() == "cancelled"
    assert program.json("job", "show", job_id)["state"] == "cancelled"
