"""The OpenAPI document is valid by an independent validator, and is the same wherever it is asked for."""
import json
import os
import pathlib
import shutil
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def test_valid_by_an_independent_validator(extra_program, tmp_path):
    if shutil.which("node") is None or not (ROOT / "node_modules/@seriousme/openapi-schema-validator").exists():
        assert not os.environ.get("LIGATURE_CHECK"), "make check installs the node packages; the validator is not to be left out"
        pytest.skip("node packages are not installed")
    file = tmp_path / "openapi.json"
    file.write_text(extra_program.run("api", "describe").stdout)
    done = subprocess.run(["node", HERE / "openapi_valid.mjs", file], capture_output=True, text=True, cwd=ROOT)
    assert json.loads(done.stdout or "{}") == {"valid": True, "version": "3.1", "errors": None}, done.stderr
    broken = json.loads(file.read_text())
    del broken["info"]["title"]
    file.write_text(json.dumps(broken))
    done = subprocess.run(["node", HERE / "openapi_valid.mjs", file], capture_output=True, text=True, cwd=ROOT)
    assert json.loads(done.stdout)["valid"] is False


def test_the_same_from_the_server(extra_program):
    assert extra_program.serve().get("/api/v1/openapi.json").json == extra_program.json("api", "describe")


def test_every_action_that_is_not_local_has_a_path(extra_program):
    document = extra_program.json("api", "describe")
    assert "/api/v1/ping.add" in document["paths"] and "/api/v1/job.list" in document["paths"]
    assert not [path for path in document["paths"] if path.endswith((".serve", "serve.run", "mcp.run", "api.describe"))]
    for path, item in document["paths"].items():
        operation = item["post"]
        assert operation["summary"] and not operation["summary"].endswith("."), path
        assert operation["x-effect"] in ("read", "write", "send", "admin"), path
