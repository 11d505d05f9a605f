"""krabuan personal-data: find, copy and erase what the office holds about a person."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.cli.place import add_place_options, opened
from api.person_requests import copy, erase, look
from engine.model.actor import SYSTEM


def register(commands: Any) -> None:
    """The command, its own commands and their options."""
    parser = commands.add_parser("personal-data", help="find, copy and erase what the office holds about a person")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    found = _action(actions, "find", "say where it is, never what it is", _find)
    copied = _action(actions, "export", "write a copy of it for the person", _export)
    copied.add_argument("--to", type=Path, required=True, metavar="FILE", help="a new ZIP file")
    gone = _action(actions, "erase", "erase it; without --carry-out, only say what would be erased", _erase)
    gone.add_argument("--carry-out", action="store_true")
    for action in (found, gone):
        action.add_argument("--open-cases", action="store_true", help="also in cases that have not ended")
    for action in (copied, gone):
        action.add_argument("--by", metavar="NAME", required=action is copied, help="who orders it")
        action.add_argument(
            "--reason", required=action is copied, help="kept in the history"
        )


def _action(actions: Any, name: str, said: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=said)
    parser.add_argument("--account", metavar="NAME", help="the user name of an account")
    parser.add_argument(
        "--identifier", action="append", default=[], metavar="TEXT",
        help="a number, a name or a mail address of the person; may be repeated. - reads them from standard input",
    )  # fmt: skip
    add_place_options(parser)
    parser.set_defaults(run=run)
    return parser


def _identifiers(options: argparse.Namespace) -> list[str]:
    """Those of standard input are seen by nobody who lists the processes of this machine."""
    given = [one for one in options.identifier if one != "-"]
    lines = sys.stdin.read().splitlines() if "-" in options.identifier else []
    return [*given, *(line for line in lines if line.strip())]


def _find(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        found = look(runtime.bus, SYSTEM, options.account, _identifiers(options), options.open_cases)
    _say(found)
    return 0


def _export(options: argparse.Namespace) -> int:
    identifiers = _identifiers(options)
    with opened(options) as runtime:
        file = os.open(options.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(file, "wb") as to:
                copy(runtime.bus, SYSTEM, options.account, identifiers, options.reason, to, options.by)
        except BaseException:
            options.to.unlink()
            raise
    print(f"{options.to}: read it before it is handed out, because texts may name others")
    return 0


def _erase(options: argparse.Namespace) -> int:
    identifiers = _identifiers(options)
    if not options.carry_out:
        with opened(options) as runtime:
            _say(look(runtime.bus, SYSTEM, options.account, identifiers, options.open_cases))
        print("nothing was erased: --carry-out does it")
        return 0
    if not options.by or not options.reason:
        raise OSError("--carry-out needs --by and --reason")
    with opened(options) as runtime:
        done = erase(
            runtime.bus, SYSTEM, options.account, identifiers, options.reason, options.open_cases, options.by
        )
    _say(done)
    for refused in done["refused"]:
        said = f"{refused['code']}: {refused['en']} {refused['th']}"
        print(f"case {refused['processInstanceKey']}: {said}", file=sys.stderr)
    account = f", the account is {done['pseudonym']} from now on" if done["pseudonym"] else ""
    print(f"erasure {done['erasureKey']}: {len(done['erased'])} cases{account}; now run `krabuan compact`")
    return 1 if done["refused"] else 0


def _say(found: Mapping[str, Any]) -> None:
    account = found["account"]
    if account is not None:
        print(f"account {account['username']}")
        _say_stays(account["stays"])
    for case in found["cases"]:
        what = "is about the person" if case["about"] else "names the person"
        print(f"case {case['processInstanceKey']} ({case['processDefinitionId']}, {case['state']}): {what}")
        for name in case["fields"]:
            print(f"    field {name}")
        for place in case["places"]:
            print(f"    {place}")
        _say_stays(case["stays"])
    for place in found["elsewhere"]:
        print(f"{place['place']}: {place['rows']} row(s)")
    if found["openEvents"]:
        print(f"the service's own history: {found['openEvents']} event(s) that nothing erases")


def _say_stays(stays: list[dict[str, str]]) -> None:
    for why in stays:
        print(f"    stays: {why['en']} / {why['th']}")
