"""The service as a server process runs it: engine, wake-ups, application."""

from __future__ import annotations

from flask import Flask

from api.app import create_app
from api.runtime import open_runtime


def open_service(url: str, threads: int) -> Flask:
    """Open the engine over a migrated database and make the application."""
    return create_app(open_runtime(url, threads=threads))
