"""The floor: one Flask route that writes one row durably, with the same server, driver and settings as Krabuan."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, String, Table, insert

from api.cli.server import Server
from api.providers import SignInRules
from engine.store.database import Database

_metadata = MetaData()
_row = Table("floor", _metadata, Column("id", Integer, primary_key=True), Column("value", String(100)))


def make_app(url: str) -> Flask:
    """`POST /floor`: one INSERT in one durable transaction."""
    database = Database(url)
    _metadata.create_all(database.engine)
    app = Flask("floor")

    @app.post("/floor")
    def floor() -> tuple[str, int]:
        with database.write() as db:
            db.execute(insert(_row), {"value": "x" * 80})
        return "", 204

    return app


class FloorServer(Server):
    """gunicorn exactly as `krabuan serve` runs it."""

    def load(self) -> Any:
        """Called in the worker process."""
        return make_app(self._url)


if __name__ == "__main__":
    FloorServer(
        Namespace(
            database=sys.argv[1], data=Path(gettempdir()), host="127.0.0.1", port=int(sys.argv[2]), threads=64,
            behind_proxy=False,
        ),
        SignInRules(),
    ).run()
