"""A program that is killed in the middle of an import leaves the whole file or nothing of it, and loses no acknowledged write."""
import json
import os
import subprocess
import sys

from conftest import BUILD, ROOT

PROGRAM = os.environ.get("LIGATURE_BIN", str(BUILD / "ligature"))


def test_ten_kills_leave_the_whole_file_or_nothing(tmp_path):
    done = subprocess.run([sys.executable, ROOT / "tools" / "kill-test", "--program", PROGRAM, "--kills", "10", "--cards", "3000",
                           "--folder", tmp_path / "kill", "--seed", "7"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout)
    assert figures["kills"] == 10 and figures["whole"] + figures["absent"] == figures["rounds"]
    assert figures["acknowledged"] == figures["rounds"] and figures["verify"] == "sound"
