"""A long action at a terminal: a bar on standard error, Ctrl-C stops it, standard output stays clean."""
import json
import os
import pty
import signal
import subprocess


def start(program, *words, stderr):
    return subprocess.Popen(program.command(*words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, text=True,
                            env=dict(program.env, TERM="xterm"))


def read_until(fd, mark):
    text = b""
    while mark not in text:
        text += os.read(fd, 4096)
    return text.decode()


def test_a_bar_on_a_terminal_that_ctrl_c_stops(extra_program):
    master, slave = pty.openpty()
    process = start(extra_program, "ping", "count", "--to", "0", stderr=slave)
    os.close(slave)
    drawn = read_until(master, b"counting")
    assert "\r\x1b[K" in drawn
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 1
    assert "Counting was stopped." in read_until(master, b"stopped.")
    assert process.stdout.read() == ""
    process.stdout.close()
    os.close(master)


def test_with_json_progress_and_result_do_not_mix(extra_program):
    process = start(extra_program, "--json", "ping", "count", "--to", "0", stderr=subprocess.PIPE)
    line = json.loads(process.stderr.readline())
    assert set(line["progress"]) == {"done", "total", "words"} and line["progress"]["words"] == "counting"
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert json.loads(out)["error"]["code"] == "action.cancelled"


def test_what_is_over_at_once_draws_nothing(extra_program):
    done = extra_program.run("ping", "count", "--to", "3")
    assert (done.returncode, done.stderr) == (0, "")
