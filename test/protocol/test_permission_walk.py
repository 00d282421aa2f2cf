"""Walks every action of the OpenAPI document as owner, other account, nobody and with keys that open nothing (any more).

What must hold, for actions that exist now and for those to come:
- nobody, a made-up token and a revoked token get 401; a token without the scope gets 403; nothing answers 5xx;
- another account's id answers exactly as an id that does not exist, and leaves the owner's store as it was.
"""
import base64
import json
import re

import pytest

ABSENT = "0000000000zzz"
ID = "^[0-9a-hjkmnp-tv-z]{13}$"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Walk Person\r\nN:Person;Walk;;;\r\nEMAIL:walk@example.org\r\nEND:VCARD\r\n"
# ends the very keys that the walk goes on with
LAST = ("session.end", "token.revoke", "account.password", "account.close", "store.erase")


def is_id(schema):
    return schema.get("pattern") == ID or schema.get("items", {}).get("pattern") == ID


def sample(schema):
    """A value the schema allows, as plain as can be."""
    if "default" in schema:
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "array":
        return [sample(schema.get("items", {}))]
    if "base64" in schema.get("properties", {}):
        return {"name": "walk.vcf", "base64": base64.b64encode(CARD.encode()).decode()}
    if schema.get("pattern") == ID:
        return ABSENT
    if "examples" in schema:
        return schema["examples"][0]
    if schema.get("format") == "date-time":
        return "2026-07-21T09:00:00Z"
    if schema.get("format") == "password":
        return "correct horse battery"
    if kind == "string":
        return "walk"[: schema.get("maxLength", 4)].ljust(schema.get("minLength", 1), "k")
    if kind in ("integer", "number"):
        return max(schema.get("minimum", 1), 1)
    if kind == "boolean":
        return False
    return {}


class Walk:
    def __init__(self, program):
        self.program = program
        program.json("token", "list")                                   # makes the first account
        self.owner = program.json("token", "add", "owner", *self.scopes("read", "write", "send", "admin"))["token"]
        self.reader = program.json("token", "add", "reader", "--scope", "read")["token"]
        gone = program.json("token", "add", "gone", *self.scopes("read", "write", "send", "admin"))
        program.json("token", "revoke", gone["id"])
        self.revoked = gone["token"]
        done = program.run("--json", "account", "add", "other", "--password-file", "-", stdin="correct horse battery\n")
        assert done.returncode == 0, done.stderr
        self.other = program.json("--account", "other", "token", "add", "other", *self.scopes("read", "write", "send", "admin"))["token"]
        self.server = program.serve()
        document = self.server.get("/api/v1/openapi.json").json
        self.actions = {}
        for path, item in document["paths"].items():
            schema = item["post"]["requestBody"]["content"]["application/json"]["schema"]
            self.actions[path.rsplit("/", 1)[1]] = (item["post"], schema)
        self.ids = {}               # noun -> ids of the owner
        self.fill()

    @staticmethod
    def scopes(*names):
        return [word for name in names for word in ("--scope", name)]

    def args(self, name, ids):
        """Required arguments and names; ids(param) gives those of id parameters."""
        schema = self.actions[name][1]
        args = {}
        for param, of in schema["properties"].items():
            if is_id(of):
                value = ids(param)
                args[param] = [value] if of.get("type") == "array" else value
            elif param in schema.get("required", ()) or (param == "name" and not name.startswith("account.")):
                args[param] = sample(of)
        return args

    def owned(self, name):
        noun = name.split(".")[0]

        def choose(param):
            for key in (noun if param in ("id", "ids") else param.removesuffix("_id"), "person"):
                if self.ids.get(key):
                    return self.ids[key][-1]
            return ABSENT
        return choose

    def collect(self, noun, result):
        for value in result.values() if isinstance(result, dict) else []:
            if isinstance(value, str) and re.fullmatch(ID[1:-1], value) and value not in self.ids.setdefault(noun, []):
                self.ids[noun].append(value)
            for row in value if isinstance(value, list) else []:
                if isinstance(row, dict) and isinstance(row.get("id"), str):
                    self.collect(noun, {"id": row["id"]})

    def call(self, name, args, token):
        answer = self.server.api(name, args, token)
        assert answer.status < 500, (name, args, answer.text, self.server.said)
        return answer

    def fill(self):
        """The owner's store gets one of everything that can be added or listed."""
        adders = sorted((name for name in self.actions if name.endswith((".add", ".set", ".apply"))), key=lambda name: name != "person.add")
        for name in adders:
            if name.split(".")[0] not in ("account", "token"):
                answer = self.call(name, self.args(name, self.owned(name)), self.owner)
                if answer.status == 200:
                    self.collect(name.split(".")[0], {"id": answer.json.get("id") or answer.json.get("import_id")})
        for name in self.actions:
            if name.endswith(".list"):
                self.collect(name.split(".")[0], self.call(name, {}, self.owner).json)


@pytest.fixture
def walk(program):
    return Walk(program)


def masked(answer):
    """Status and document, ids hidden."""
    return answer.status, re.sub(r'"[0-9a-hjkmnp-tv-z]{13}"', '"ID"', answer.text)


def test_keys_that_open_nothing(walk):
    made_up = "lig_0000000000001_" + "A" * 43
    for name, (operation, _) in walk.actions.items():
        if operation["x-who"] == "anyone":
            continue
        args = walk.args(name, walk.owned(name))
        for words, token in (("nobody", None), ("made up", made_up), ("revoked", walk.revoked), ("no token at all", "x")):
            answer = walk.call(name, args, token)
            assert answer.status == 401, (name, words, answer.text)
            assert answer.json["error"]["code"] in ("auth.required", "auth.token"), (name, words)
            assert answer.headers["WWW-Authenticate"], (name, words)
        if operation["x-effect"] != "read":
            answer = walk.call(name, args, walk.reader)
            assert (answer.status, answer.json["error"]["code"]) == (403, "auth.scope"), name


def test_administration_is_for_administrators(walk):
    for name, (operation, _) in walk.actions.items():
        if operation["x-who"] == "admin":
            answer = walk.call(name, walk.args(name, walk.owned(name)), walk.other)
            assert (answer.status, answer.json["error"]["code"]) == (403, "auth.admin"), name


def test_anothers_id_answers_as_an_absent_one(walk):
    def store():
        return walk.call("export.write", {"format": "json"}, walk.owner).text if "export.write" in walk.actions else None
    before = store()
    assert before is None or "Walk" in before or "walk" in before
    n_compared = 0
    for name, (operation, schema) in walk.actions.items():
        params = [param for param, of in schema["properties"].items() if is_id(of)]
        if not params or operation["x-who"] == "admin":
            continue
        for pool in ([walk.ids.get(name.split(".")[0], [])[-1:], walk.ids.get("person", [])[-1:]]):
            if not pool:
                continue
            theirs = walk.call(name, walk.args(name, lambda param: pool[0]), walk.other)
            absent = walk.call(name, walk.args(name, lambda param: ABSENT), walk.other)
            assert masked(theirs) == masked(absent), name
            n_compared += 1
    assert n_compared > 0
    assert store() == before


def test_the_owner_may(walk):
    names = [name for name in walk.actions if name not in LAST] + [name for name in LAST if name in walk.actions]
    for name in names:
        operation = walk.actions[name][0]
        args = walk.args(name, walk.owned(name))
        if name == "account.password":
            args["name"] = "other"
        answer = walk.call(name, args, walk.owner)
        assert answer.status not in (401, 403), (name, answer.text)
        if answer.status == 200:
            assert isinstance(answer.json, dict), name
        else:
            assert set(answer.json["error"]) == {"code", "message", "details"}, name
        if name == "token.revoke":
            break       # the walk's own token may be the one


def test_the_walk_knows_ids(walk):
    """A walk without ids would prove nothing."""
    assert walk.ids.get("person"), json.dumps(walk.ids)
