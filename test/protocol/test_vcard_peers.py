"""Cards that we write, read by other programs' libraries: python3-vobject and Evolution's EVCard.

`bench/vcards --convert` of the build folder named by LIGATURE_BUILD (else build/) writes the samples of test/data/vcard in
3.0 and 4.0; what must come out is said here by hand. Skipped where a program or library is not installed.
"""
import base64
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VCARDS = pathlib.Path(os.environ.get("LIGATURE_BUILD", ROOT / "build")) / "bench" / "vcards"
SAMPLES = ROOT / "test" / "data" / "vcard"
PHOTO = bytes([0xFF, 0xD8, 0xFF, 0xE0]) + b"\0\x10JFIF\0" + bytes(range(256))

pytestmark = pytest.mark.skipif(not VCARDS.exists(), reason="skipped: bench/vcards is not built")


def convert(tmp_path, sample, version):
    """The sample in that version, as bytes; and the file it stands in."""
    out = tmp_path / f"{sample}-{version}"
    subprocess.run([str(VCARDS), "--convert", version, str(SAMPLES / sample), str(out)], check=True, capture_output=True)
    return out


# --- vobject ------------------------------------------------------------------------------------------------------

@pytest.fixture
def vobject():
    return pytest.importorskip("vobject", reason="skipped: python3-vobject is not installed")


def cards_of(vobject, path):
    return list(vobject.readComponents(path.read_text(encoding="utf-8", errors="strict")))


def types(line):
    return sorted(label.lower() for label in line.params.get("TYPE", []))


def test_vobject_reads_every_sample_in_3_0(vobject, tmp_path):
    for sample in sorted(SAMPLES.glob("*.vcf")):
        path = convert(tmp_path, sample.name, "3.0")
        text = path.read_bytes().decode()
        cards = cards_of(vobject, path)
        assert len(cards) == text.count("BEGIN:VCARD\r\n"), sample.name
        for card in cards:
            card.validate(raiseException=True)      # FN, N and VERSION are there, N once


def test_vobject_reads_android_cards(vobject, tmp_path):
    card, desk = cards_of(vobject, convert(tmp_path, "android-2.1.vcf", "3.0"))
    assert card.fn.value == "Özlem Ünal"
    assert (card.n.value.family, card.n.value.given) == ("Ünal", "Özlem")
    assert card.note.value == "Met at the congress, hall B\nasked about rotations"
    assert types(card.tel) == ["cell", "pref"]
    assert card.photo.value == PHOTO
    assert desk.fn.value == "desk@example.org"


def test_vobject_reads_outlook_cards(vobject, tmp_path):
    card, = cards_of(vobject, convert(tmp_path, "outlook-2.1.vcf", "3.0"))
    assert card.n.value.additional == ["Grace", "Ruth"]
    assert card.org.value == ["Example Hospital, The", "Internal Medicine"]
    assert card.adr.value.street == "12 Long Street, Suite 4"
    assert card.adr.value.city == "Springfield"
    assert card.adr.value.country == "United States of America"
    assert card.label.value == "12 Long Street, Suite 4\nSpringfield, IL  62701"
    assert card.bday.value == "1980-03-22"
    assert card.photo.value == PHOTO
    assert card.contents["x-ms-assistant"][0].value == "Jenny Sample"


def test_vobject_reads_apple_groups(vobject, tmp_path):
    card, = cards_of(vobject, convert(tmp_path, "apple-3.0.vcf", "3.0"))
    home = [line for line in card.contents["x-ablabel"] if line.group == "item2"]
    assert [line.value for line in home] == ["_$!<HomePage>!$_"]
    assert [line.value for line in card.url_list if line.group == "item2"] == ["http://www.example.org"]
    assert card.adr.value.street == "25 South Drive, Building 5\nThird floor"
    assert card.note.value == 'Met at the "Match" dinner; likes cafés\nand Zürich.'
    assert card.bday.params["X-APPLE-OMIT-YEAR"] == ["1604"]


def test_vobject_reads_what_was_4_0(vobject, tmp_path):
    card, = cards_of(vobject, convert(tmp_path, "full-4.0.vcf", "3.0"))
    assert card.n.value.suffix == ["M.D.", "M.Sc."]
    assert [line.value for line in card.tel_list] == ["+1-202-555-0140;ext=102", "+1-202-555-0141"]
    assert types(card.tel_list[0]) == ["pref", "voice", "work"]
    assert card.photo.value == PHOTO
    assert card.categories.value == ["mentor", "IMG,2025", "chess"]
    assert card.label.value == 'Unit D2-630\nSt. Étienne, the "old" wing'
    assert card.uid.value == "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"


# --- EVCard -------------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def evcard(tmp_path_factory):
    """A function from file to cards, each a list of (name, group, labels, values)."""
    if shutil.which("pkg-config") is None or subprocess.run(
            ["pkg-config", "--exists", "libebook-contacts-1.2"], check=False).returncode != 0:
        pytest.skip("skipped: libebook-contacts is not installed")
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "libebook-contacts-1.2"], check=True, capture_output=True,
                           text=True).stdout.split()
    program = tmp_path_factory.mktemp("evcard") / "evcard_peer"
    subprocess.run([os.environ.get("CC", "gcc").split()[-1], "-w", "-o", str(program),
                    str(pathlib.Path(__file__).with_name("evcard_peer.c")), *flags], check=True)

    def read(path):
        lines = subprocess.run([str(program), str(path)], check=True, capture_output=True).stdout.decode().splitlines()
        cards = [[]]
        for line in lines:
            if line == "--":
                cards.append([])
                continue
            name, group, labels, values = line.split("\t")
            cards[-1].append((name.upper(), group, sorted(labels.lower().split(",")) if labels else [],
                              [value.replace("\\n", "\n") for value in values.split("\x1f")]))
        assert cards.pop() == []
        return cards

    return read


def find(card, name, group=None):
    return [(labels, values) for each, in_group, labels, values in card if each == name and group in (None, in_group)]


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_evcard_counts_the_same_cards_and_lines(evcard, tmp_path, version):
    for sample in sorted(SAMPLES.glob("*.vcf")):
        path = convert(tmp_path, sample.name, version)
        unfolded = path.read_bytes().replace(b"\r\n ", b"").decode()
        ours = [card.count("\r\n") - 1 for card in unfolded.split("BEGIN:VCARD\r\n")[1:]]
        theirs = [len([name for name, *_ in card if name not in ("BEGIN", "END")]) for card in evcard(path)]
        assert theirs == ours, sample.name


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_evcard_reads_values_and_labels(evcard, tmp_path, version):
    card, desk = evcard(convert(tmp_path, "android-2.1.vcf", version))
    assert find(card, "FN") == [([], ["Özlem Ünal"])]
    assert find(card, "NOTE") == [([], ["Met at the congress, hall B\nasked about rotations"])]
    assert find(card, "N")[0][1][:2] == ["Ünal", "Özlem"]
    assert find(desk, "FN") == [([], ["desk@example.org"])]
    card, = evcard(convert(tmp_path, "outlook-2.1.vcf", version))
    assert find(card, "ORG") == [([], ["Example Hospital, The", "Internal Medicine"])]
    address = [values for labels, values in find(card, "ADR") if any(values)][0]
    assert address == ["", "", "12 Long Street, Suite 4", "Springfield", "IL", "62701", "United States of America"]
    card, = evcard(convert(tmp_path, "apple-3.0.vcf", version))
    assert find(card, "URL", "item2") == [(["pref"] if version == "3.0" else [], ["http://www.example.org"])]
    assert find(card, "X-ABLABEL", "item2") == [([], ["_$!<HomePage>!$_"])]


def test_evcard_reads_photos_of_3_0(evcard, tmp_path):
    for sample in ("android-2.1.vcf", "outlook-2.1.vcf", "full-4.0.vcf"):
        card = evcard(convert(tmp_path, sample, "3.0"))[0]
        assert find(card, "PHOTO") == [(["jpeg"], ["hex:" + PHOTO.hex()])]


def test_a_photo_of_4_0_is_a_data_uri(tmp_path):
    text = convert(tmp_path, "android-2.1.vcf", "4.0").read_bytes().replace(b"\r\n ", b"").decode()
    assert "\r\nPHOTO:data:image/jpeg;base64," + base64.b64encode(PHOTO).decode() + "\r\n" in text
