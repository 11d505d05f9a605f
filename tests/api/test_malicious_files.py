"""Files that the virus scanner knows stay out. clamd itself is under the GPL and is not run here: a server on the
loopback interface speaks its INSTREAM command, as its manual describes it."""

from __future__ import annotations

import io
import json
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from api.app import create_app
from api.doctor.reach import others
from api.runtime import Runtime
from engine.adapters.clamd import Clamd
from engine.store.tables import document
from tests.api.people import PASSWORD

# what every scanner knows, and what harms nobody; in two parts, so that none finds it here
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Handler(socketserver.StreamRequestHandler):
    """One INSTREAM: chunks with their lengths, then an answer that ends with a NUL."""

    def handle(self) -> None:
        command, content = self.rfile.read(10), b""
        while (length := struct.unpack("!I", self.rfile.read(4))[0]) > 0:
            content += self.rfile.read(length)
        found = b"Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"OK"
        if len(content) > 100_000:
            found = b"INSTREAM size limit exceeded. ERROR"
        self.wfile.write(b"stream: " + found + b"\0" if command == b"zINSTREAM\0" else b"UNKNOWN COMMAND\0")


@pytest.fixture(params=["tcp", "unix"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Clamd]:
    server: Any
    if request.param == "tcp":
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        place = f"127.0.0.1:{server.server_address[1]}"
    else:
        place = str(tmp_path / "clamd.sock")
        server = socketserver.ThreadingUnixStreamServer(place, Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield Clamd(place, timeout=10)
    server.shutdown()
    server.server_close()
    thread.join()


def upload(office: Runtime, scanner: Clamd, *contents: bytes) -> Any:
    many = len(contents) > 1
    files = [(io.BytesIO(content), f"{number}.txt", "text/plain") for number, content in enumerate(contents)]
    client = create_app(office, scanner=scanner).test_client()
    data = {"files": files} if many else {"file": files[0]}
    path = "/v2/documents/batch" if many else "/v2/documents"
    return client.post(path, data=data, content_type="multipart/form-data", auth=("ann", PASSWORD))


def kept(office: Runtime) -> int:
    with office.database.read() as db:
        return int(db.execute(select(func.count()).select_from(document)).scalar_one())


def test_a_file_that_the_scanner_knows_stays_out(office: Runtime, clamd: Clamd) -> None:
    answer = upload(office, clamd, b"before " + EICAR)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "malicious-file")
    assert "ไวรัส" in answer.get_json()["th"] and kept(office) == 0
    assert upload(office, clamd, b"a letter").status_code == 201 and kept(office) == 1


def test_of_several_only_the_good_ones_are_taken(office: Runtime, clamd: Clamd) -> None:
    answer = upload(office, clamd, b"one", EICAR, b"three")
    assert answer.status_code == 207 and kept(office) == 2
    assert [failed["fileName"] for failed in answer.get_json()["failedDocuments"]] == ["1.txt"]


def test_a_scanner_that_gives_no_clear_answer_keeps_files_out(office: Runtime, clamd: Clamd, tmp_path: Path) -> None:
    for scanner, content in ((Clamd(str(tmp_path / "gone")), b"a"), (clamd, b"x" * 200_000)):
        answer = upload(office, scanner, content)
        assert (answer.status_code, answer.get_json()["code"]) == (503, "no-scanner")
        assert answer.headers["Retry-After"] and json.loads(answer.data)["th"]
    assert kept(office) == 0


def test_the_doctor_has_it_look_at_nothing(clamd: Clamd, tmp_path: Path) -> None:
    assert [line.level for line in others(tmp_path, {"KRABUAN_CLAMD": clamd.place})] == ["good"]
