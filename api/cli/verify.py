"""krabuan verify: verify the chains of history."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from api.cli.place import add_place_options, opened
from engine.history.verify import verify_instance, verify_service
from engine.queries.instances import instance_keys


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("verify", help="verify that no history was changed, moved or cut")
    parser.add_argument("keys", nargs="*", type=int, metavar="KEY", help="process instances (default: all)")
    add_place_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Verify each chain; name those that are broken."""
    bad = events = count = 0
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
            count, events = count + 1, events + found.events
            if not found.valid:
                bad += 1
                print(f"{key}: broken at event {found.first_bad_sequence}", file=sys.stderr)
        with runtime.database.read() as db:
            service = verify_service(db)
    if not service.valid:
        print(f"service: broken at event {service.first_bad_sequence}", file=sys.stderr)
    print(f"{count} process instances with {events} events verified, {bad} broken")
    print(f"{service.events} events of the service verified, {0 if service.valid else 1} broken")
    return 0 if service.valid and not bad else 1
