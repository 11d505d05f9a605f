"""krabuan verify: verify the chains of history, by themselves or against checkpoints that were exported before."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from api.cli.place import add_place_options, opened
from api.proof import TSA_CERTIFICATES, verify_database
from engine.history.verify import verify_instance, verify_service
from engine.queries.instances import instance_keys


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("verify", help="verify that no history was changed, moved or cut")
    parser.add_argument("keys", nargs="*", type=int, metavar="KEY", help="process instances (default: all)")
    parser.add_argument("--checkpoints", type=Path, metavar="DIR", help="against the checkpoints exported to DIR")
    parser.add_argument("--export", type=Path, metavar="DIR", help="verify an export or a file of an archive")
    parser.add_argument("--key", type=Path, action="append", metavar="FILE", help="a public key that is trusted")
    said = f"certificates of a time-stamping authority (default: ${TSA_CERTIFICATES})"
    parser.add_argument("--tsa", type=Path, action="append", metavar="FILE", help=said)
    said = "the files that histories were archived to, together with the database or the export"
    parser.add_argument("--archives", type=Path, metavar="DIR", help=said)
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify against checkpoints when there are some; otherwise each chain by itself."""
    authorities = options.tsa or [Path(named) for named in (os.environ.get(TSA_CERTIFICATES),) if named]
    if options.export is not None:
        from krabuan_verify.__main__ import verify_export  # as in api/proof.py

        return verify_export(options.export, options.checkpoints, options.key, authorities, options.archives)
    if options.checkpoints is not None:
        with opened(options) as runtime:
            return verify_database(runtime, options.checkpoints, options.key, authorities, options.archives)
    if options.archives is not None:
        print("krabuan verify: --archives needs --checkpoints DIR", file=sys.stderr)
        return 2
    return _chains(options)


def _chains(options: argparse.Namespace) -> int:
    """Verify each chain; name those that are broken."""
    bad = events = count = filed = 0
    with opened(options) as runtime:
        with runtime.database.read() as db:
            keys = options.keys or instance_keys(db)
        for key in keys:
            with runtime.database.read() as db:
                found = verify_instance(db, key)
            if found is None:
                print(f"{key}: no such process instance", file=sys.stderr)
                bad += 1
                continue
            count, events, filed = count + 1, events + found.events, filed + (found.archive is not None)
            if not found.valid:
                bad += 1
                print(f"{key}: broken at event {found.first_bad_sequence}", file=sys.stderr)
        with runtime.database.read() as db:
            service = verify_service(db)
    if not service.valid:
        print(f"service: broken at event {service.first_bad_sequence}", file=sys.stderr)
    print(f"{count} process instances with {events} events verified, {bad} broken")
    if filed:
        print(f"{filed} of them begin in archives, which --archives verifies with them")
    print(f"{service.events} events of the service verified, {0 if service.valid else 1} broken")
    return 0 if service.valid and not bad else 1
