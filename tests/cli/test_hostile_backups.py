"""Archives that are damaged, or that somebody made to do harm: refused, and nothing on the machine is changed."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.backup.manifest import FaultyArchive, is_place, read_manifest
from api.backup.place import place_of
from api.backup.put_back import put_back
from api.backup.read import open_archive
from api.cli import main

Entries = list[tuple[zipfile.ZipInfo, bytes]]
SETTINGS = b"providers: []\n"


def entry(name: str, kind: int = stat.S_IFREG) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = (kind | 0o600) << 16
    return made


def manifest(*files: tuple[str, bytes], **said: Any) -> bytes:
    listed = [{"name": n, "size": len(c), "sha256": hashlib.sha256(c).hexdigest()} for n, c in files]
    told = {"format": 1, "release": "1", "made_at": "-", "schema": None, "checkpoint": 0, "files": listed}
    return json.dumps(told | said).encode()


def archive(file: Path, *entries: tuple[zipfile.ZipInfo, bytes], packed: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", packed) as made:
        for info, content in entries:
            info.compress_type = packed
            made.writestr(info, content)
    return file


def one(name: str = "files/identity.yaml", content: bytes = SETTINGS, kind: int = stat.S_IFREG) -> Entries:
    """An archive of one file that fits its manifest."""
    return [(entry(name, kind), content), (entry("manifest.json"), manifest((name, content)))]


def big() -> Entries:
    """Ten million zeros, of which the manifest admits ten."""
    return [(entry("files/a"), bytes(10_000_000)), (entry("manifest.json"), manifest(("files/a", bytes(10))))]


HOSTILE: dict[str, Callable[[], Entries]] = {
    "beyond the folder": lambda: one("files/../../evil"),
    "beyond the part": lambda: one("files/sub/../../signing-key.pem"),
    "an absolute path": lambda: one("files//etc/passwd"),
    "a path of another system": lambda: one("files/..\\evil"),
    "another key": lambda: one("keys/authorized_keys"),
    "another database": lambda: one("database/other.db"),
    "a folder in the checkpoints": lambda: one("checkpoints/a/b"),
    "no part": lambda: one("identity.yaml"),
    "a line break": lambda: one("files/a\nb"),
    "a link": lambda: one("files/identity.yaml", b"/etc/passwd", stat.S_IFLNK),
    "a device": lambda: one("files/identity.yaml", b"", stat.S_IFCHR),
    "a folder": lambda: one("files/sub/", b""),
    "more than it says": big,
    "less than it says": lambda: [one()[0], (entry("manifest.json"), manifest(("files/identity.yaml", SETTINGS + b"!")))],
    "another content": lambda: [(one()[0][0], b"providers: {}\n"), one()[1]],
    "a file more": lambda: [*one(), (entry("files/more"), b"")],
    "a file less": lambda: one()[1:],
    "a file twice": lambda: [one()[0], *one()],
    "a file twice in the manifest": lambda: [one()[0], (entry("manifest.json"), manifest(*[("files/identity.yaml", SETTINGS)] * 2))],
    "no manifest": lambda: one()[:1],
    "a manifest of tomorrow": lambda: [one()[0], (entry("manifest.json"), manifest(("files/identity.yaml", SETTINGS), format=2))],
    "a manifest that is none": lambda: [one()[0], (entry("manifest.json"), b"[" * 100_000)],
    "a database of no schema": lambda: one("database/krabuan.db", b"SQLite format 3\0"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", HOSTILE)
def test_refused(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = archive(tmp_path / "b.zip", *HOSTILE[what]())
    data = tmp_path / "deep" / "data"
    data.mkdir(parents=True)
    (data / "identity.yaml").write_bytes(b"secondFactor: []\n")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for options in (["--check"], ["--force"]):
        assert main(["restore", str(made), *options, "--data", str(data)]) == 1
        assert "nothing was changed" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_those_archives_are_made_of_is_taken_when_nothing_is_wrong(tmp_path: Path) -> None:
    made = archive(tmp_path / "b.zip", *one())
    assert main(["restore", str(made), "--data", str(tmp_path / "data")]) == 0
    assert (tmp_path / "data" / "identity.yaml").read_bytes() == SETTINGS


@pytest.mark.parametrize("packed", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_other_ways_of_packing_are_not_unpacked(packed: int, tmp_path: Path) -> None:
    made = archive(tmp_path / "b.zip", *one(), packed=packed)
    with pytest.raises(FaultyArchive, match="no backup uses"), open_archive(made):
        pass


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    """Of a file that was not copied to its end, wherever it was cut, and of any byte that a disk changed."""
    whole = archive(tmp_path / "b.zip", *one()).read_bytes()
    torn = tmp_path / "torn.zip"
    for length in range(len(whole)):
        torn.write_bytes(whole[:length])
        assert _refused(torn), f"cut after {length} bytes"
    unnoticed = []
    for place in range(len(whole)):
        torn.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        if not _refused(torn):
            unnoticed.append(place)
    # dates and the like, of which a restore uses nothing: what is restored is right all the same
    for place in unnoticed:
        torn.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with open_archive(torn) as opened:
            (stored,) = opened.manifest.files
            opened.unpack(stored, tmp_path / str(place))
        assert (stored.name, (tmp_path / str(place)).read_bytes()) == ("files/identity.yaml", SETTINGS)


def _refused(file: Path) -> bool:
    try:
        with open_archive(file) as opened:
            for stored in opened.manifest.files:
                opened.check(stored)
    except FaultyArchive:
        return True
    return False


def test_a_later_release_is_not_guessed_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = b"SQLite format 3\0"
    told = manifest(("database/krabuan.db", content), schema="9999")
    made = archive(tmp_path / "b.zip", (entry("database/krabuan.db"), content), (entry("manifest.json"), told))
    assert main(["restore", str(made), "--data", str(tmp_path / "data")]) == 1
    assert "of a later release (schema 9999" in capsys.readouterr().err


def test_a_damaged_database_is_not_put_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = b"SQLite format 3\0" + bytes(4096)
    told = manifest(("database/krabuan.db", content), schema="0001")
    made = archive(tmp_path / "b.zip", (entry("database/krabuan.db"), content), (entry("manifest.json"), told))
    assert main(["restore", str(made), "--data", str(tmp_path / "data")]) == 1
    assert "damaged" in capsys.readouterr().err
    assert list((tmp_path / "data").iterdir()) == []


def test_more_than_the_disk_has_room_for(tmp_path: Path) -> None:
    """The manifest says how large all is; nothing is written before it is known to fit."""
    told = manifest(("files/a", b""))
    told = told.replace(b'"size": 0', b'"size": 9000000000000000000')
    made = archive(tmp_path / "b.zip", (entry("files/a"), b""), (entry("manifest.json"), told))
    place = place_of(tmp_path / "data", None, {})
    with open_archive(made) as opened, pytest.raises(OSError, match="bytes are needed"):
        put_back(opened, place, ["files"], "0001", lambda _: None, force=False, stamp="-")
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize("name", ["files/a", "files/a/b.yaml", "keys/signing-key.pem", "database/krabuan.db", "files/ก ข"])
def test_places(name: str) -> None:
    assert is_place(name)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format": 1, "files": [{}]}', b'{"format": 1, "files": [1]}'])
def test_manifests_that_say_nothing(content: bytes) -> None:
    with pytest.raises(FaultyArchive):
        read_manifest(content)
