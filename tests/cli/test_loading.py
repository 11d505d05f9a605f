"""What a service loads when it starts, and what only when it is needed."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest
from gunicorn.app.base import BaseApplication

from api.cli import main
from api.runtime import open_runtime
from engine.commands.seed_calendar import SeedCalendar
from engine.model.actor import SYSTEM

# a server whose schema is as it should be starts, works off what is due, and answers
SERVICE = """
import sys
from pathlib import Path
import api.cli
from api.proof import proof_of
from api.service import Worker, open_service
data = Path(sys.argv[1])
app = open_service(f"sqlite:///{data}/krabuan.db", 4, proof_of(data), factor_key=data / "second-factor.key")
Worker(app.extensions["krabuan"]).work()
print(app.test_client().get("/v2/status").status_code, *{name.partition(".")[0] for name in sys.modules})
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of a service whose schema is as it should be."""
    assert main(["verify", "--data", str(tmp_path)]) == 0
    return tmp_path


def test_a_service_loads_nothing_before_it_is_needed(data: Path) -> None:
    """Alembic and what makes PDFs would each take a third of a second; the others, 30 MiB together."""
    runtime = open_runtime(f"sqlite:///{data}/krabuan.db")
    runtime.bus.run(SeedCalendar(), SYSTEM)
    runtime.close()
    heavy = {"alembic", "fpdf", "zxcvbn", "xlsxwriter", "icalendar", "holidays", "requests", "authlib", "joserfc"}
    heavy |= {"rfc3161_client", "apprise", "uharfbuzz"}
    told = subprocess.run([sys.executable, "-c", SERVICE, str(data)], check=True, capture_output=True, text=True).stdout
    status, *loaded = told.split()
    assert status == "204" and not heavy & set(loaded)


def test_the_processes_of_a_server_share_what_is_loaded(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the garbage collector has set aside before the fork it does not write into after it."""
    set_aside: list[int] = []
    monkeypatch.setattr("api.cli.serve.set_up_logs", lambda: None)  # the log of this process goes on as it was
    monkeypatch.setattr(BaseApplication, "run", lambda _server: set_aside.append(gc.get_freeze_count()))
    try:
        assert main(["serve", "--no-content", "--data", str(data)]) == 0
    finally:
        gc.unfreeze()
    assert set_aside[0] > 10_000
