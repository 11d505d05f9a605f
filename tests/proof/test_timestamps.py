"""Time stamps: each exported checkpoint gets one from somebody else, and a missing, foreign or altered one is named."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from api.cli import main
from api.proof import proof_of
from engine.adapters.timestamps import LARGEST, TimeStampAuthority
from engine.history.signing import open_signer
from engine.jobs.checkpoints import Checkpoints
from engine.jobs.stamps import Stamps
from engine.store import tables as t
from krabuan_verify.__main__ import verify_export
from krabuan_verify.checkpoints import read_checkpoints
from krabuan_verify.signatures import read_keys
from krabuan_verify.timestamps import Stamped, read_authorities, verify_stamps
from tests.proof.authority import Authority, serving
from tests.proof.notary import Notary


@dataclass
class Stamping:
    """An office whose checkpoints are stamped. The first checkpoint was made before that began."""

    notary: Notary
    authority: Authority
    trusted: Path
    stamps: Stamps

    def checkpoint(self) -> None:
        """One more."""
        self.notary.office.start()
        assert self.notary.checkpoints.make() == 1

    def verified(self, trusted: Path | None = None) -> Stamped:
        folder = self.notary.folder
        covered = read_checkpoints(folder, read_keys([folder / "public-key.pem"]))
        return verify_stamps(folder, covered, read_authorities([trusted or self.trusted]))

    def found(self, trusted: Path | None = None) -> list[str]:
        return [str(finding).partition(" (")[0] for finding in self.verified(trusted).findings]

    def file(self, number: int) -> Path:
        return self.notary.folder / f"checkpoint-{number:08}.tsr"


@pytest.fixture
def stamping(notary: Notary, tmp_path: Path) -> Iterator[Stamping]:
    authority = Authority()
    trusted = authority.write(tmp_path / "tsa.pem")
    office = notary.office
    notary.checkpoints = Checkpoints(office.bus, open_signer(notary.key), notary.folder, stamped=True)
    with serving(authority) as url:
        stamps = Stamps(office.database, notary.folder, TimeStampAuthority(url, trusted))
        yield Stamping(notary, authority, trusted, stamps)


def test_each_checkpoint_gets_a_stamp_that_verifies(stamping: Stamping) -> None:
    stamping.checkpoint()
    stamping.checkpoint()
    assert stamping.stamps.make() == 2
    stamped = stamping.verified()
    assert sorted(stamped.times) == [2, 3] and not stamped.findings, "the first was made before"
    assert stamped.times[3] == stamping.authority.now
    assert "2 time stamps hold, the last of checkpoint 3 at 2026-04-10T09:00:02Z" in str(stamped)
    assert stamping.stamps.make() == 0 and stamping.authority.asked == 2
    assert stamping.notary.report().valid


@pytest.mark.parametrize("behaviour", ["fails", "refuses", "rubbish", "floods"])
def test_an_authority_that_does_not_do_is_asked_again_later(stamping: Stamping, behaviour: str) -> None:
    stamping.checkpoint()
    stamping.authority.behaviour = behaviour
    with pytest.raises(OSError, match=r"http://127\.0\.0\.1"):
        stamping.stamps.make()
    assert stamping.verified().waiting == 1 and stamping.found() == []
    assert "1 later checkpoints have none yet" in str(stamping.verified())
    assert not list(stamping.notary.folder.glob("*.tsr"))
    stamping.authority.behaviour = "stamps"
    assert stamping.stamps.make() == 1 and stamping.verified().waiting == 0


def test_an_authority_that_is_silent_is_given_up(stamping: Stamping) -> None:
    stamping.checkpoint()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        slow = TimeStampAuthority(url, stamping.trusted, timeout=0.05)
        with pytest.raises(OSError, match="timed out"):
            Stamps(stamping.notary.office.database, stamping.notary.folder, slow).make()
    with pytest.raises(OSError):
        Stamps(stamping.notary.office.database, stamping.notary.folder, slow).make()


def test_an_authority_that_is_not_trusted_stamps_nothing(stamping: Stamping, tmp_path: Path) -> None:
    stamping.checkpoint()
    other = Authority("Other").write(tmp_path / "other.pem")
    with serving(stamping.authority) as url, pytest.raises(OSError, match="does not verify"):
        TimeStampAuthority(url, other).stamp(b"body")
    assert len(stamping.authority.write(tmp_path / "again.pem").read_bytes()) < LARGEST


def test_a_stamp_that_was_taken_away(stamping: Stamping) -> None:
    for _ in range(3):
        stamping.checkpoint()
    stamping.stamps.make()
    stamping.file(3).unlink()
    assert stamping.found() == ["checkpoint 3, field timeStamp: removed"]
    assert stamping.stamps.make() == 0, "a later stamp would hide it"
    stamping.file(4).unlink()
    assert stamping.verified().waiting == 2 and stamping.found() == [], "nobody can tell that they were there"
    stamping.file(2).unlink()
    assert stamping.verified().waiting == 3


def test_stamps_that_were_swapped_altered_or_cut(stamping: Stamping) -> None:
    for _ in range(2):
        stamping.checkpoint()
    stamping.stamps.make()
    good = [stamping.file(number).read_bytes() for number in (2, 3)]
    stamping.file(2).write_bytes(good[1])
    assert stamping.found() == ["checkpoint 2, field timeStamp: changed"]
    at = good[0].index(b"20260410090001Z")
    for bad in (good[0][:at] + b"2016" + good[0][at + 4 :], good[0][:-5], b"", b"rubbish" * 50):
        stamping.file(2).write_bytes(bad)
        assert stamping.found() == ["checkpoint 2, field timeStamp: changed"]
    stamping.file(2).write_bytes(good[0])
    stamping.file(9).write_bytes(good[0])
    assert stamping.found() == ["checkpoint 9, field timeStamp: removed"]


def test_a_stamp_of_somebody_else(stamping: Stamping, tmp_path: Path) -> None:
    stamping.checkpoint()
    stamping.stamps.make()
    other = Authority("Other").write(tmp_path / "other.pem")
    assert stamping.found(other) == ["checkpoint 2, field timeStamp: changed"]
    named = stamping.authority.write(tmp_path / "leaf.pem", leaf=True)
    assert stamping.found(named) == [], "where its own certificate is named, only that counts"
    sibling = stamping.authority.sibling().write(tmp_path / "sibling.pem", leaf=True)
    assert stamping.found(sibling) == ["checkpoint 2, field timeStamp: changed"], "of the same root, and another"


def test_what_is_no_authority_is_refused(tmp_path: Path) -> None:
    file = Authority().write(tmp_path / "tsa.pem")
    (tmp_path / "none.pem").write_text("rubbish")
    for url, certificates in (("ftp://x", file), ("file:///etc/passwd", file), ("http://x", tmp_path / "none.pem")):
        with pytest.raises(OSError):
            TimeStampAuthority(url, certificates)
    with pytest.raises(OSError):
        read_authorities([tmp_path / "none.pem"])
    for given in ({"KRABUAN_TSA_URL": "http://x"}, {"KRABUAN_TSA_CERTIFICATES": str(file)}):
        with pytest.raises(OSError, match="together"):
            proof_of(tmp_path, given)
    both = proof_of(tmp_path, {"KRABUAN_TSA_URL": "http://x", "KRABUAN_TSA_CERTIFICATES": str(file)})
    assert both.authority == TimeStampAuthority("http://x", file)
    assert proof_of(tmp_path, {}).authority is None


def test_the_program_verifies_them_offline(
    stamping: Stamping, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from engine.history.export import export_history

    stamping.checkpoint()
    stamping.stamps.make()
    with stamping.notary.office.database.read() as db:
        export_history(db, stamping.notary.folder, tmp_path / "export")
    assert verify_export(tmp_path / "export", None, None, [stamping.trusted]) == 0
    assert "1 time stamps hold" in capsys.readouterr().out
    assert verify_export(tmp_path / "export", None, None, []) == 0
    assert "time stamps are not verified" in capsys.readouterr().err
    (tmp_path / "export" / "checkpoints" / "checkpoint-00000002.tsr").write_bytes(b"rubbish")
    assert verify_export(tmp_path / "export", None, None, [stamping.trusted]) == 1
    assert "checkpoint 2, field timeStamp: changed" in capsys.readouterr().err
    assert verify_export(tmp_path / "export", None, None, [tmp_path / "none.pem"]) == 2


def test_the_command_line_stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    data, authority = tmp_path / "data", Authority()
    trusted = authority.write(tmp_path / "tsa.pem")
    monkeypatch.setenv("KRABUAN_TSA_CERTIFICATES", str(trusted))
    place = ["--data", str(data)]
    with serving(authority) as url:
        monkeypatch.setenv("KRABUAN_TSA_URL", url)
        given = ["user", "add", "ann", *place]
        monkeypatch.setattr("api.cli.user._read_password", lambda: "a long password")
        assert main(given) == 0
        authority.behaviour = "fails"
        assert main(["checkpoint", *place]) == 1
        assert "1 checkpoints made" in capsys.readouterr().out
        authority.behaviour = "stamps"
        assert main(["checkpoint", *place]) == 0
        assert "1 time stamps made" in capsys.readouterr().out
    assert main(["verify", "--checkpoints", str(data / "checkpoints"), *place]) == 0
    assert "1 time stamps hold" in capsys.readouterr().out


OPENSSL = shutil.which("openssl") or shutil.which("openssl", path="/usr/bin:/usr/local/bin")


@pytest.mark.parametrize("known", [True, False])
def test_stamps_of_openssl(notary: Notary, tmp_path: Path, known: bool) -> None:
    """Another implementation makes the stamps. `known`: its certificate is in the file, and comes not with the stamp."""
    if OPENSSL is None:  # the authority of these tests stands in for it
        return
    made = OpensslAuthority(tmp_path)
    trusted = made.write(tmp_path / "trusted.pem", leaf=known)
    body = notary.office.rows(t.checkpoint)[0].body.encode()
    with serving(made) as url:
        token = TimeStampAuthority(url, trusted).stamp(body)
    assert (made.certificate.public_bytes(Encoding.DER) in token) == (not known)
    notary.folder.joinpath("checkpoint-00000001.tsr").write_bytes(token)
    covered = read_checkpoints(notary.folder, read_keys([notary.folder / "public-key.pem"]))
    assert list(verify_stamps(notary.folder, covered, read_authorities([trusted])).times) == [1]


def test_openssl_accepts_what_is_accepted_here(tmp_path: Path) -> None:
    if OPENSSL is None:
        return
    made = OpensslAuthority(tmp_path)
    with serving(made) as url:
        (tmp_path / "token.tsr").write_bytes(TimeStampAuthority(url, made.root_file).stamp(b"body"))
    (tmp_path / "body").write_bytes(b"body")
    verify = ["ts", "-verify", "-data", "body", "-in", "token.tsr", "-CAfile", made.root_file.name]
    made.run(*verify)


class OpensslAuthority(Authority):
    """`openssl ts -reply`, with the certificates of the tests' own authority."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self.root_file = folder, self.write(folder / "root.pem")
        pem = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "tsa.key").write_bytes(pem)
        (folder / "tsa.crt").write_bytes(self.certificate.public_bytes(Encoding.PEM))
        (folder / "serial").write_text("01\n")
        (folder / "ts.cnf").write_text(
            "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\n"
            "digests = sha256\nsigner_cert = tsa.crt\nsigner_key = tsa.key\n"
        )

    def run(self, *arguments: str) -> None:
        assert OPENSSL is not None
        done = subprocess.run([OPENSSL, *arguments], cwd=self._folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def answer(self, request: bytes) -> bytes:
        (self._folder / "request.tsq").write_bytes(request)
        self.run("ts", "-reply", "-config", "ts.cnf", "-queryfile", "request.tsq", "-out", "reply.tsr")
        return (self._folder / "reply.tsr").read_bytes()
