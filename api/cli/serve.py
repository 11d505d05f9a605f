"""krabuan serve: migrate, deploy the content, and serve."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path
from typing import Any

from api.cli.deploy import bring
from api.cli.place import add_place_options, home, opened
from api.cli.report import say_faults
from api.cli.server import Server
from api.configuration import configuration_of
from api.ending import patience_of
from api.leaving import leaving_of
from api.logs import set_up_logs
from api.providers import read_rules
from api.runtime import THREADS, Runtime
from api.watching.settings import metrics_of, traced
from engine.commands.add_demo_accounts import AddDemoAccounts
from engine.commands.import_organisation import read_organisation
from engine.commands.note_configuration import NoteConfiguration
from engine.errors import DeploymentRefused
from engine.model.actor import SYSTEM
from engine.queries.people import account_of
from engine.scenarios.content import Content, read_content

PASSWORD_VARIABLE = "KRABUAN_DEMO_PASSWORD"


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("serve", help="serve the API and the web application")
    parser.add_argument("--demo", action="store_true", help="make the demo accounts (see README)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8080, help="the port to listen on (default 8080)")
    parser.add_argument("--threads", type=int, default=THREADS, help=f"requests served at a time (default {THREADS})")
    parser.add_argument("--content", type=Path, metavar="DIR", help="folder to deploy first (default: processes/ here)")
    parser.add_argument("--no-content", action="store_true", help="deploy nothing first")
    parser.add_argument("--behind-proxy", action="store_true", help="believe the X-Forwarded headers of a proxy")
    parser.add_argument("--no-worker", action="store_true", help="leave what is due to krabuan worker")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prepare, then serve until a signal ends it."""
    content = _content(options)
    rules = read_rules(options.data, os.environ)
    for read in (leaving_of, patience_of, metrics_of, traced):
        read(os.environ)  # before anything is begun
    set_up_logs()
    with opened(options) as runtime:
        if options.no_worker and runtime.database.is_sqlite:
            raise OSError("--no-worker needs PostgreSQL: an SQLite database has one process, which does what is due")
        told = {name: getattr(options, name) for name in ("host", "port", "threads", "behind_proxy", "demo")}
        runtime.bus.run(NoteConfiguration(configuration_of(told, os.environ, options.data)), SYSTEM)
        if content is not None:
            _deploy(runtime, content)
        if options.demo:
            _make_demo(runtime, content)
    shown = options.host if options.host != "0.0.0.0" else "localhost"
    print(f"Krabuan serves on http://{shown}:{options.port}", flush=True)
    Server(options, rules, works=not options.no_worker).run()
    return 0


def _content(options: argparse.Namespace) -> Content | None:
    if options.no_content:
        return None
    if options.content is not None:
        return read_content(options.content)
    found = home() / "processes"
    return read_content(found) if found.is_dir() else None


def _deploy(runtime: Runtime, content: Content) -> None:
    """Faulty content does not keep a server from serving what was deployed before."""
    try:
        bring(runtime, content)
    except DeploymentRefused as refused:
        say_faults(refused)


def _make_demo(runtime: Runtime, content: Content | None) -> None:
    """Demo accounts with the password of the environment; without one, a password made and printed this once."""
    if content is None or content.organisation is None:
        print("krabuan: no organisation.yaml, so no demo accounts", file=sys.stderr)
        return
    organisation = read_organisation(content.organisation.read_text(encoding="utf-8"))
    given = os.environ.get(PASSWORD_VARIABLE)
    with runtime.database.read() as db:
        known = account_of(db, "admin")
    kept = known is not None and given is not None and runtime.bus.services.hasher.verify(
        known.password_hash or "", given
    )
    password = given or secrets.token_urlsafe(9)
    fresh = known is None or (given is not None and not kept)
    added = runtime.bus.run(AddDemoAccounts(organisation, password, reset=fresh), SYSTEM)["added"]
    if given is None and (known is None or added):
        who = "all demo accounts" if known is None else f"{added} new demo accounts"
        print(f"Password of {who} (admin, owner, auditor, dpo1 ...): {password}", flush=True)
