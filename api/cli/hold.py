"""krabuan hold: cases that nobody may delete or erase."""

from __future__ import annotations

import argparse
from typing import Any

from api.cli.place import add_place_options, opened
from engine.commands.end_hold import EndHold
from engine.commands.place_hold import PlaceHold
from engine.model.actor import SYSTEM
from engine.queries.holds import search_holds
from engine.queries.search import Search


def register(commands: Any) -> None:
    """The command, its own commands and their options."""
    parser = commands.add_parser("hold", help="legal holds: cases that nobody may delete or erase")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    place = actions.add_parser("place", help="place a hold on a case; prints the key of the hold")
    place.add_argument("key", type=int, metavar="KEY", help="the case (process instance)")
    place.set_defaults(run=_place)
    end = actions.add_parser("end", help="end a hold")
    end.add_argument("hold", type=int, metavar="HOLD", help="the key of the hold")
    end.set_defaults(run=_end)
    for action in (place, end):
        action.add_argument("--by", required=True, metavar="NAME", help="who orders it")
        action.add_argument("--reason", required=True, help="kept in the history of the case")
    listed = actions.add_parser("list", help="list the holds that are in force")
    listed.set_defaults(run=_list)
    for action in (place, end, listed):
        add_place_options(action)


def _place(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        print(runtime.bus.run(PlaceHold(options.key, options.reason, options.by), SYSTEM)["legalHoldKey"])
    return 0


def _end(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        runtime.bus.run(EndHold(options.hold, options.reason, options.by), SYSTEM)
    return 0


def _list(options: argparse.Namespace) -> int:
    after: str | None = None
    with opened(options) as runtime:
        while True:
            page = {"limit": 1000} if after is None else {"limit": 1000, "after": after}
            with runtime.database.read() as db:
                found = search_holds(db, SYSTEM, Search({"state": "HOLDS"}, (), page))
            for hold in found["items"]:
                place = f"{hold['legalHoldKey']}  case {hold['processInstanceKey']}  since {hold['startDate']}"
                print(f"{place}  by {hold['placedBy']}: {' '.join(hold['reason'].split())}")
            if len(found["items"]) < 1000:
                return 0
            after = found["page"]["endCursor"]
