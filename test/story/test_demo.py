"""The demo: made-up people through the real importers, the same files for the same day, and a Today that looks alive."""
import base64
import hashlib
import pathlib
import re

from conftest import Program


def files(program):
    folder = pathlib.Path(program.data) / "demo-files"
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def people(program):
    keys = ("name", "headline", "org", "emails", "phones", "tie", "last_touch", "due")
    return sorted(str([person[key] for key in keys]) for person in program.json("person", "list", "--limit", 1000)["people"])


def test_the_demo_fills_an_empty_folder(program):
    program.json("demo")
    total = program.json("person", "list")["total"]
    assert 380 <= total <= 430
    today = program.json("today")
    assert len(today["overdue"]) >= 1 and len(today["due"]) >= 3 and len(today["heard"]) >= 2 and len(today["changed"]) >= 3
    for one in program.json("import", "list")["imports"]:
        assert one["read"] == one["added"] + one["updated"] + one["unchanged"] + one["n_refused"], one
    assert program.json("verify")["sound"]
    assert program.json("demo", status=1)["error"]["code"] == "demo.not_empty"
    assert program.json("person", "list")["total"] == total


def test_the_same_day_gives_the_same_demo(program, tmp_path):
    program.json("demo")
    other = Program(program.binary, tmp_path / "other")
    other.json("demo")
    assert files(program) == files(other) and len(files(program)) == 6
    assert people(program) == people(other)


def test_the_demo_speaks_many_scripts(program):
    program.json("demo")
    text = (pathlib.Path(program.data) / "demo-files" / "phone-contacts.vcf").read_text(encoding="utf-8")
    blocks = {"Arabic": "\u0600-\u06ff", "Devanagari": "\u0900-\u097f", "Cyrillic": "\u0400-\u04ff", "Greek": "\u0370-\u03ff",
              "Han": "\u4e00-\u9fff", "Hangul": "\uac00-\ud7af", "Hebrew": "\u0590-\u05ff", "Bengali": "\u0980-\u09ff",
              "Tamil": "\u0b80-\u0bff", "Kannada": "\u0c80-\u0cff", "Thai": "\u0e00-\u0e7f", "Ethiopic": "\u1200-\u137f",
              "Georgian": "\u10a0-\u10ff", "Malayalam": "\u0d00-\u0d7f"}
    found = {name for name, span in blocks.items() if any(span[0] <= letter <= span[2] for letter in text)}
    assert len(found) >= 11, found
    assert "555" in text and ".example" in text


def photos(text):
    """The bytes of every photo in vCards of either version."""
    lines = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    return sorted(base64.b64decode(line.rsplit("base64,", 1)[-1].rsplit(":", 1)[-1]) for line in lines
                  if re.match(r"(item\d+\.)?PHOTO[;:]", line))


def test_the_photos_of_the_phone_come_back_to_the_byte(program):
    program.json("demo")
    came = photos((pathlib.Path(program.data) / "demo-files" / "phone-contacts.vcf").read_text(encoding="utf-8"))
    assert len(came) >= 20 and all(photo.startswith(b"\x89PNG\r\n") for photo in came)
    for form in ("vcard3", "vcard4"):
        went = pathlib.Path(program.data).parent / f"{form}.vcf"
        program.run("export", "--format", form, "--to", str(went))
        assert photos(went.read_text(encoding="utf-8")) == came, form


def test_nobody_is_called_as_the_owner_and_not_every_invitation_is_answered(program):
    program.json("demo")
    names = [person["name"] for person in program.json("person", "list", "--limit", 1000)["people"]]
    assert not [name for name in names if "Farah" in name and "Siddiqui" in name]
    text = re.sub(r"<[^>]+>", " ", program.serve().get("/strategies/digital_platforms").text)
    accepted, sent = re.search(r"(\d+) of (\d+) invitations", " ".join(text.split())).groups()
    assert 0 < int(accepted) < int(sent), (accepted, sent)
