"""An action added in one file (test/extra_feature/ping) is on every face."""
import json
import re
import subprocess
import shutil

import pytest


def test_as_a_command(extra_program):
    assert extra_program.json("ping", "add", "hello", "--times", "3") == {
        "text": "hello", "times": 3, "message": "Ping noted.", "day": "2026-07-21"}
    assert extra_program.json("ping", "hello there", "you")["text"] == "hello there you"
    done = extra_program.run("ping", "hello")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "text     hello\ntimes    1\nmessage  Ping noted.\nday      2026-07-21\n"


def test_exit_status_and_error_document(extra_program):
    refused = extra_program.json("ping", "refuse me", status=1)
    assert refused == {"error": {"code": "ping.not_found", "message": "There is no such ping.",
                                 "details": [{"file": "ping.txt", "line": 1, "reason": "It asked for it."}]}}
    assert extra_program.json("ping", "x" * 41, status=1)["error"]["code"] == "action.invalid"
    assert extra_program.json("ping", status=2)["error"]["code"] == "usage.missing"
    assert extra_program.json("pong", status=2)["error"]["code"] == "usage.unknown_command"
    assert extra_program.json("ping", "x", "--tims", "3", status=2)["error"]["message"].startswith(
        "There is no option --tims here. Did you mean --times?")
    assert extra_program.json("ping", "break me", status=3)["error"]["code"] == "ping.broken"
    plain = extra_program.run("ping", "refuse me")
    assert (plain.returncode, plain.stdout) == (1, "")
    assert plain.stderr.startswith("There is no such ping.\n")


def test_in_the_help(extra_program):
    assert re.search(r"^  ping +Note a ping$", extra_program.run("help").stdout, re.M)
    text = extra_program.run("ping", "--help").stdout
    assert "  --times N        How many times (default: 1)\n" in text
    assert extra_program.run("help", "ping", "count").returncode == 0


def test_in_the_manual(extra_program, tmp_path):
    assert extra_program.run("help", "--man", tmp_path / "man").returncode == 0
    pages = sorted((tmp_path / "man").glob("*.1"))
    assert tmp_path / "man" / "ligature-ping-add.1" in pages
    assert ".It Fl -times Ar \"N\"" in (tmp_path / "man" / "ligature-ping-add.1").read_text()
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *map(str, pages)], capture_output=True, text=True)
    assert (lint.returncode, lint.stdout) == (0, "")


def test_in_the_completion(extra_program, tmp_path):
    script = tmp_path / "completion.bash"
    script.write_text(extra_program.run("help", "--completion", "bash").stdout)

    def complete(*words):
        line = f"source {script}; COMP_WORDS=({' '.join(map(repr, words))}); COMP_CWORD={len(words) - 1}; _ligature; echo \"${{COMPREPLY[@]}}\""
        return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True).stdout.split()
    assert "ping" in complete("ligature", "pi")
    assert complete("ligature", "ping", "") == ["add", "count"]
    assert complete("ligature", "ping", "add", "--ti") == ["--times"]
    assert complete("ligature", "--data", "x", "ping", "count", "--t") == ["--to"]
    assert complete("ligature", "help", "ping", "a") == ["add"]
    if shutil.which("zsh"):
        zsh = tmp_path / "_ligature"
        zsh.write_text(extra_program.run("help", "--completion", "zsh").stdout)
        assert subprocess.run(["zsh", "-n", str(zsh)]).returncode == 0
        assert "--times[How many times]" in zsh.read_text()


def test_for_an_assistant(extra_program):
    lines = [{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18"}},
             {"jsonrpc": "2.0", "method": "notifications/initialized"},
             {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
             {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": "ping_add", "arguments": {"text": "hi"}}}]
    done = extra_program.run("mcp", stdin="".join(json.dumps(line) + "\n" for line in lines))
    answers = {answer["id"]: answer["result"] for answer in map(json.loads, done.stdout.splitlines())}
    assert set(answers) == {1, 2, 3}
    tool = next(tool for tool in answers[2]["tools"] if tool["name"] == "ping_add")
    assert tool["inputSchema"]["properties"]["times"]["maximum"] == 9
    assert tool["annotations"]["readOnlyHint"] is False
    assert answers[3]["structuredContent"]["message"] == "Ping noted."


def test_an_assistant_sees_how_far_a_long_action_is(extra_program, tmp_path):
    extra_program.json("import", "apply", write_cards(tmp_path / "phone.vcf", 3000))
    call = {"jsonrpc": "2.0", "id": 7, "method": "tools/call",
            "params": {"name": "store_verify", "arguments": {}, "_meta": {"progressToken": "bar-1"}}}
    hello = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {},
             "clientInfo": {"name": "t", "version": "0"}}}
    done = extra_program.run("mcp", stdin=json.dumps(hello) + "\n" + json.dumps(call) + "\n")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    told = [message["params"] for message in said if message.get("method") == "notifications/progress"]
    assert told and {one["progressToken"] for one in told} == {"bar-1"}
    assert told[-1]["message"] == "checking rows and files" and told[-1]["total"] >= told[-1]["progress"] > 0
    assert [one["progress"] for one in told] == sorted({one["progress"] for one in told}), "it only grows"
    assert said[-1]["id"] == 7 and said[-1]["result"]["structuredContent"]["sound"] is True
    silent = extra_program.run("mcp", stdin=json.dumps({**call, "params": {"name": "store_verify", "arguments": {}}}) + "\n")
    assert "notifications/progress" not in silent.stdout


def write_cards(path, n):
    path.write_text("".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person{i} Sample{i}\r\nEND:VCARD\r\n" for i in range(n)), newline="")
    return path


def test_as_a_form_and_over_the_api(extra_program):
    server = extra_program.serve()
    page = server.get("/ping?q=1")
    assert page.status == 200
    csrf = re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)
    # the JSON API with the page's session
    assert server.get("/api/v1/openapi.json").json["paths"]["/api/v1/ping.add"]["post"]["x-effect"] == "write"
    headers = {"Content-Type": "application/json", "X-CSRF-Token": csrf, "Sec-Fetch-Site": "same-origin"}
    done = server.request("POST", "/api/v1/ping.add", '{"text": "hi", "times": 2}', headers)
    assert (done.status, done.json["times"]) == (200, 2)
    bad = server.request("POST", "/api/v1/ping.add", '{"times": 20}', headers)
    assert bad.status == 422
    assert bad.json["error"]["details"] == [{"param": "text", "reason": "This is needed."},
                                            {"param": "times", "reason": "Give a number from 1 to 9."}]
    broken = server.request("POST", "/api/v1/ping.add", '{"text": "break me"}', headers)
    assert broken.status == 500 and "secret" not in broken.text
    assert server.request("POST", "/api/v1/ping.add", '{"text": "x"}', {"Content-Type": "application/json"}).status == 403
    assert server.request("POST", "/api/v1/ping.none", "{}", headers).json["error"]["code"] == "api.unknown_action"
    assert server.request("POST", "/api/v1/serve.run", "{}", headers).status == 404
    assert server.request("POST", "/api/v1/ping.add", "{", headers).json["error"]["code"] == "api.bad_json"
    assert server.request("GET", "/api/v1/ping.add", headers=headers).status == 405
    assert server.api("ping.add", {"text": "x"}).status == 401
    # the form
    done = server.form("/do/ping.add", {"csrf": csrf, "back": "/ping?q=2", "text": "hello"})
    assert (done.status, done.headers["Location"]) == (303, "/ping?q=2")
    after = server.get("/ping?q=2").text
    assert '<p id="toast">Ping noted.</p>' in after and '<p id="query">2</p>' in after
    assert '<p id="toast"></p>' in server.get("/ping").text
    refused = server.form("/do/ping.add", {"csrf": csrf, "back": "/ping?q=3", "text": "<" + "x" * 41})
    assert refused.status == 422
    assert '<p id="refused">This has 42 letters; 40 are the most.</p>' in refused.text
    assert 'value="&lt;xxx' in refused.text and '<p id="query">3</p>' in refused.text
    assert server.form("/do/ping.add", {"csrf": "x" * len(csrf), "text": "hello"}).status == 403
    assert server.form("/do/ping.add", {"csrf": csrf, "text": "x"}, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert server.form("/do/ping.add", {"csrf": csrf, "back": "//evil.example/", "text": "x"}).headers["Location"] == "/"
