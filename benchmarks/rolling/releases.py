"""Releases to start nodes of: folders with their code."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from benchmarks.http.serving import ROOT

PACKAGES = ("api", "engine", "krabuan_verify")
_MIGRATIONS = Path("engine") / "store" / "migrations" / "versions"
_ADDS = '''"""What the release after this one needs."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("process_instance", "user_task", "job"):
        op.add_column(table, sa.Column("of_the_next", sa.String(40), nullable=True))
        op.create_index(f"ix_{{table}}_of_the_next", table, ["of_the_next"])
    op.create_table("of_the_next", sa.Column("key", sa.BigInteger, primary_key=True))
'''


def from_commit(commit: str, folder: Path) -> Path:
    """The release as it was in a commit of this repository. Raises CalledProcessError where the commit is not here."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return _with_load(folder)


def from_wheel(wheel: Path, folder: Path) -> Path:
    """The release that a wheel holds."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return _with_load(folder)


def next_release(folder: Path) -> Path:
    """What may come after this release: the same code with one more migration, which adds what it needs."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    newest = max(file.name.partition("_")[0] for file in (ROOT / _MIGRATIONS).glob("[0-9]*.py"))
    revision = f"{int(newest) + 1:04d}"
    text = _ADDS.format(revision=revision, before=newest)
    (folder / _MIGRATIONS / f"{revision}_of_the_next.py").write_text(text, encoding="utf-8")
    return _with_load(folder)


def last_schema_change() -> str:
    """The commit before the one that changed the schema last: the release of then has another schema than this."""
    command = ["git", "log", "-1", "--format=%H", "--", str(_MIGRATIONS)]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    return f"{found}^"


def _with_load(folder: Path) -> Path:
    """With what fills its database, which a release does not bring."""
    shutil.rmtree(folder / "benchmarks", ignore_errors=True)
    made = shutil.ignore_patterns("__pycache__", "node_modules")
    shutil.copytree(ROOT / "benchmarks", folder / "benchmarks", ignore=made)
    return folder
