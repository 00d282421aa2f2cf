"""The server on its folder: one at a time, told to stop it finishes, long actions can be left and stopped."""
import base64
import http.client
import json
import re
import signal
import stat
import os
import pathlib


def csrf_of(server, path="/ping"):
    return re.search(r'name="csrf" value="([^"]+)"', server.get(path).text).group(1)


def test_the_folder_is_the_owners_alone(extra_program):
    extra_program.json("ping", "x")
    assert stat.S_IMODE(os.stat(extra_program.data).st_mode) == 0o700


def test_a_second_server_is_refused_with_a_sentence(extra_program):
    server = extra_program.serve()
    second = extra_program.run("serve", "--listen", "127.0.0.1:0")
    assert second.returncode == 1
    assert f"Another Ligature serves this folder already at http://127.0.0.1:{server.port}" in second.stderr
    assert server.stop() == 0
    assert extra_program.serve().get("/healthz").json == {"status": "ok"}


def test_beyond_this_machine_a_password_is_needed(extra_program):
    done = extra_program.json("serve", "--listen", "0.0.0.0:0", status=1)
    assert done["error"]["code"] == "serve.password"


def test_health_figures_and_unknown_addresses(extra_program):
    server = extra_program.serve()
    assert 'ligature_build{version="' in server.get("/metrics").text
    forwarded = server.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert forwarded.status in (303, 404)
    missing = server.get("/nowhere")
    assert missing.status == 404 and "There is nothing at this address" in missing.text
    assert server.get("/api/v1/nothing.here").json["error"]["code"] == "api.unknown_action"
    assert server.get("/api/other").status == 404
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"):
        assert missing.headers[name], name
    assert "unsafe" not in missing.headers["Content-Security-Policy"]
    assert server.request("POST", "/ping", "").status == 405


def test_through_a_proxy_this_machine_is_not_let_in(extra_program):
    server = extra_program.serve()
    page = server.get("/ping?q=a b".replace(" ", "%20"), headers={"X-Forwarded-For": "203.0.113.9"}, cookies=False)
    assert (page.status, page.headers["Location"]) == (303, "/sign-in?back=/ping%3Fq%3Da%2520b")
    assert server.get("/sign-in").status == 200


def test_a_kept_page_is_new_after_every_write(extra_program):
    server = extra_program.serve()
    server.get("/ping")
    first = server.get("/ping/kept")
    again = server.get("/ping/kept")
    assert again.body == first.body
    if extra_program.database is None:      # with PostgreSQL, where other servers may write, nothing is kept
        assert server.get("/ping/kept", headers={"If-None-Match": again.headers["ETag"]}).status == 304
    done = server.form("/do/ping.add", {"csrf": csrf_of(server), "back": "/ping/kept", "text": "x"})
    assert done.status == 303
    assert '<p id="toast">Ping noted.</p>' in server.get("/ping/kept").text
    assert '<p id="toast"></p>' in server.get("/ping/kept").text
    assert '<p id="query">7</p>' in server.get("/ping/kept?q=7").text
    # a write of another process is seen at once too
    assert server.get("/ping/kept?q=8").body == server.get("/ping/kept?q=8").body
    extra_program.json("account", "rename", "Dr. Amina Hassan")
    fresh = server.get("/ping/kept?q=8")
    assert fresh.status == 200 and "ETag" not in fresh.headers      # made anew


def test_a_long_action_goes_on_without_its_page_and_can_be_stopped(extra_program):
    server = extra_program.serve()
    csrf = csrf_of(server)
    done = server.form("/do/ping.count", {"csrf": csrf, "back": "/ping", "to": "0"})
    assert done.status == 303
    where = done.headers["Location"]
    job = re.match(r"/jobs/([0-9a-z]{13})\?back=/ping$", where).group(1)
    page = server.get(where).text
    assert f'data-events="/jobs/{job}/events"' in page and "Count pings" in page
    assert server.get(where).text.count("data-events") == 1      # a reload finds the bar again
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    cookie = "; ".join(f"{name}={value}" for name, value in server.cookies.items())
    connection.request("GET", f"/jobs/{job}/events", headers={"Cookie": cookie})
    stream = connection.getresponse()
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    lines = iter(stream.readline, b"")
    news = next(line for line in lines if line.startswith(b"data:") and b"counting" in line)     # it may have to begin yet
    assert json.loads(news[5:])["total"] == 0
    stopped = server.form("/do/job.cancel", {"csrf": csrf, "back": where, "id": job})
    assert stopped.status == 303
    ends = [line for line in lines if line.startswith(b"data:") and b"state" in line]
    assert json.loads(ends[-1][5:]) == {"state": "cancelled"}
    connection.close()
    assert "It was stopped." in server.get(where).text
    assert extra_program.json("job", "show", job)["state"] == "cancelled"


def test_a_long_action_that_ends_leads_back_with_its_word(extra_program):
    server = extra_program.serve()
    csrf = csrf_of(server)
    where = server.form("/do/ping.count", {"csrf": csrf, "back": "/ping?q={counted}", "to": "5"}).headers["Location"]
    job = where.split("/")[2].split("?")[0]
    server.get(f"/jobs/{job}/events")       # ends when the job does
    done = server.get(where)
    assert (done.status, done.headers["Location"]) == (303, "/ping?q=5")
    assert '<p id="toast">Counted.</p>' in server.get("/ping?q=5").text


def test_stopping_ends_what_runs_and_leaves_no_job_running(extra_program):
    server = extra_program.serve()
    job = server.form("/do/ping.count", {"csrf": csrf_of(server), "to": "0"}).headers["Location"].split("/")[2].split("?")[0]
    assert server.stop() == 0
    assert any("Finishing what is running" in line for line in server.said)
    assert extra_program.json("job", "show", job)["state"] == "cancelled"


def test_a_job_that_a_crash_cut_off_is_failed_at_the_next_start(extra_program):
    server = extra_program.serve()
    job = server.form("/do/ping.count", {"csrf": csrf_of(server), "to": "0"}).headers["Location"].split("/")[2].split("?")[0]
    server.process.send_signal(signal.SIGKILL)
    server.stop()
    assert extra_program.json("job", "show", job)["state"] == "running"
    extra_program.serve()
    assert extra_program.json("job", "show", job)["state"] == "failed"


def test_an_upload_is_the_jobs_until_it_ends(extra_program):
    server = extra_program.serve()
    csrf = csrf_of(server)
    edge = "xxEDGExx"
    body = "".join(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                   for name, value in (("csrf", csrf), ("to", "0"), ("back", "/ping")))
    body += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="a.vcf"\r\n\r\n' + "y" * 2_000_000 + f"\r\n--{edge}--\r\n"
    done = server.request("POST", "/do/ping.count", body, {"Content-Type": f"multipart/form-data; boundary={edge}",
                                                         "Sec-Fetch-Site": "same-origin"})
    assert done.status == 303
    job = done.headers["Location"].split("/")[2].split("?")[0]
    held = os.path.join(extra_program.data, "jobs", job, "0")
    assert os.path.getsize(held) == 2_000_000
    server.form("/do/job.cancel", {"csrf": csrf, "id": job})
    server.get(f"/jobs/{job}/events")
    assert not os.path.exists(os.path.dirname(held))


def test_periodic_work_begins_with_the_server(extra_program):
    server = extra_program.serve()
    beat = os.path.join(extra_program.data, "beat")
    while not os.path.exists(beat):
        assert server.get("/healthz").status == 200
    assert server.stop() == 0


def test_a_long_action_over_the_api_waits_or_becomes_a_job(extra_program):
    token = extra_program.json("token", "add", "test", "--scope", "read", "--scope", "write")["token"]
    server = extra_program.serve()
    assert server.api("ping.count", {"to": 5}, token).json["counted"] == 5
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    started = server.request("POST", "/api/v1/ping.count?wait=no", '{"to": 5}', headers, cookies=False)
    assert started.status == 202
    shown = server.api("job.show", {"id": started.json["job_id"]}, token)
    while shown.json["state"] == "running":
        shown = server.api("job.show", {"id": started.json["job_id"]}, token)
    assert shown.json["state"] == "done" and shown.json["result"]["counted"] == 5
    refused = server.request("POST", "/api/v1/ping.count?wait=no", '{"to": -1}', headers, cookies=False)
    assert (refused.status, refused.json["error"]["code"]) == (422, "action.invalid")     # at once, not by the job
    file = {"name": "../../a.vcf", "base64": base64.b64encode(b"x").decode()}
    assert server.api("ping.count", {"to": 1, "file": file}, token).status == 200
    assert server.api("ping.count", {"to": 1, "file": "/etc/passwd"}, token).status == 422


def test_an_unchanged_page_is_kept_and_a_changed_one_is_not(program):
    program.json("person", "add", "--name", "Amina Hassan")
    server = program.serve()
    server.get("/people")
    first = server.get("/people")
    again = server.get("/people")
    assert again.headers["ETag"] and again.body == first.body
    assert server.get("/people", headers={"If-None-Match": again.headers["ETag"]}).status == 304
    program.json("person", "add", "--name", "Olena Koval")               # another process
    changed = server.get("/people", headers={"If-None-Match": again.headers["ETag"]})
    assert changed.status == 200 and "Olena Koval" in changed.text
    assert "No backup yet" in changed.text
    program.json("backup", "keep")
    assert "Last backup" in server.get("/people").text
    program.json("setting", "save", "--theme", "dark")
    assert 'data-theme="dark"' in server.get("/people").text
    assert 'data-theme="dark"' in server.get("/people").text
    person = program.json("person", "list", "--query", "Olena")["people"][0]["id"]
    server.get(f"/people/{person}"), server.get(f"/people/{person}")
    program.json("touch", "add", "--person", person, "--kind", "call", "--on", "2026-07-20", "--note", "About the audit")
    assert "About the audit" in server.get(f"/people/{person}").text


def test_the_unit_of_the_service_refuses_calls_instead_of_killing_and_does_not_try_again_what_was_refused(program):
    unit = dict(line.split("=", 1) for line in (pathlib.Path(__file__).resolve().parents[2] / "contrib" / "ligature.service").read_text().splitlines()
                if "=" in line and not line.startswith("#"))
    assert unit["SystemCallErrorNumber"] == "EPERM", "threads ask for their scheduling; SIGSYS would end the program at its start"
    options = unit["ExecStart"].split("serve ")[1].replace("$LIGATURE_OPTIONS", unit["Environment"].split("=", 1)[1]).split()
    done = program.run("serve", *options, "--listen", "127.0.0.1:0")
    assert str(done.returncode) in unit["RestartPreventExitStatus"].split(), done.stderr
    assert "through the proxy in front" in done.stderr and "without --behind-tls" in done.stderr
