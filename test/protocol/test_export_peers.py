"""Exports of a whole address book, read by Evolution's EVCard."""
import re

import pytest

from test_vcard_peers import evcard, find     # noqa: F401 (a fixture)


@pytest.mark.parametrize("format_", ["vcard3", "vcard4"])
def test_evcard_reads_the_export_of_the_demo(program, evcard, tmp_path, format_):      # noqa: F811
    program.json("demo")
    program.json("export", "--format", format_, "--to", tmp_path / "people.vcf")
    unfolded = (tmp_path / "people.vcf").read_bytes().replace(b"\r\n ", b"").decode()
    people = program.json("person", "list", "--limit", 1000)["people"]
    cards = evcard(tmp_path / "people.vcf")
    assert len(cards) == program.json("person", "list")["total"] == unfolded.count("BEGIN:VCARD\r\n")
    ours = [card.count("\r\n") - 1 for card in unfolded.split("BEGIN:VCARD\r\n")[1:]]
    assert [len([name for name, *_ in card if name not in ("BEGIN", "END")]) for card in cards] == ours
    mails = [values[0] for card in cards for _, values in find(card, "EMAIL")]
    assert sorted(mails) == sorted(mail for person in people for mail in person["emails"])
    shown = [re.sub(r"^(Dr|Prof|Ms)\. ", "", find(card, "FN")[0][1][0]) for card in cards]
    assert len({person["name"] for person in people} & set(shown)) > 200
