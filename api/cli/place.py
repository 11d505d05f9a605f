"""Where the data lie: the options of every command that opens the database."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.runtime import Runtime, open_runtime
from engine.store.migrations import upgrade


def home() -> Path:
    """The checkout that this package runs from, else the present folder."""
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "processes").is_dir() and (checkout / "setup.cfg").is_file() else Path.cwd()


def add_place_options(parser: argparse.ArgumentParser) -> None:
    """The options --data and --database."""
    data = os.environ.get("KRABUAN_DATA") or str(home() / ".krabuan" / "data")
    parser.add_argument("--data", type=Path, default=Path(data), metavar="DIR", help=f"folder of the data ({data})")
    parser.add_argument(
        "--database",
        default=os.environ.get("KRABUAN_DATABASE"),
        metavar="URL",
        help="sqlite:///FILE or postgresql+psycopg://... (default: an SQLite file in the folder of the data)",
    )


def database_url(options: argparse.Namespace) -> str:
    """The database's URL; makes the folder of the data, for its owner's eyes only."""
    if options.database:
        url = str(options.database)
        return url.replace("postgresql://", "postgresql+psycopg://", 1)
    options.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"sqlite:///{options.data / 'krabuan.db'}"


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Runtime]:
    """An engine over the database, its schema brought up to date."""
    runtime = open_runtime(database_url(options))
    try:
        upgrade(runtime.database)
        yield runtime
    finally:
        runtime.close()
