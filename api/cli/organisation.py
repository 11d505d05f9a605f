"""krabuan organisation: import people, groups and roles from a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from api.cli.place import add_place_options, opened
from engine.commands.import_people import ImportPeople, decoded
from engine.commands.organisation_files import GROUPS, PEOPLE
from engine.errors import InvalidArgument
from engine.model.actor import SYSTEM

LARGEST = 16 << 20  # bytes of one file: an office of a hundred thousand people


def register(commands: Any) -> None:
    """The command, its own commands and their options."""
    parser = commands.add_parser("organisation", help="import people, groups and roles")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    take = actions.add_parser("import", help="show what is different, then take it over: all or nothing")
    take.add_argument("path", type=Path, help=f"a YAML file, or a folder with {GROUPS} and {PEOPLE} or one of them")
    take.add_argument("--dry-run", action="store_true", help="only show what is different")
    take.add_argument("--yes", action="store_true", help="do not ask before it is done")
    said = "deactivate people who are not in the file, and end their access"
    take.add_argument("--deactivate-missing", action="store_true", help=said)
    add_place_options(take)
    take.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    files = _files(options.path)
    with opened(options) as runtime:
        told = runtime.bus.run(ImportPeople(files, options.deactivate_missing, dry_run=True), SYSTEM)
        lines = list(_lines(told, options.deactivate_missing))
        print("\n".join(lines) if lines else "Nothing is different.")
        leaves = options.deactivate_missing and bool(told["missing"])
        different = leaves or bool(told["added"] or told["changed"] or any(told["groups"].values()))
        if options.dry_run or not different:
            return 0
        if not options.yes and not _agreed():
            print("Nothing was changed.", file=sys.stderr)
            return 1
        done = runtime.bus.run(ImportPeople(files, options.deactivate_missing), SYSTEM)
    gone = len(done["missing"]) if done["deactivated"] else 0
    print(f"{len(done['added'])} added, {len(done['changed'])} changed, {gone} deactivated")
    return 0


def _agreed() -> bool:
    """Asked of a person; without one, `--yes` says it."""
    if not sys.stdin.isatty():
        print("krabuan: say --yes to have it done", file=sys.stderr)
        return False
    return input("Do this? [y/N] ").strip().lower() in ("y", "yes")


def _files(path: Path) -> tuple[tuple[str, str], ...]:
    """Names and texts. Raises InvalidArgument when there is no such file, ImportRefused for what is no UTF-8."""
    if path.is_dir():
        found = [path / name for name in (GROUPS, PEOPLE) if (path / name).is_file()]
    else:
        found = [path] if path.is_file() else []
    if not found:
        raise InvalidArgument(f"{path} is neither a YAML file nor a folder with {GROUPS} or {PEOPLE}")
    return tuple((file.name, _text(file)) for file in found)


def _text(file: Path) -> str:
    if file.stat().st_size > LARGEST:
        raise InvalidArgument(f"{file} is larger than {LARGEST >> 20} MiB")
    return decoded(file.name, file.read_bytes())


def _lines(told: dict[str, Any], deactivate: bool) -> Iterator[str]:
    """What is different, one line for each group and person."""
    for kind, sign in (("added", "+"), ("changed", "~")):
        for key in told["groups"][kind]:
            yield f"{sign} group {key}"
    for kind, sign in (("added", "+"), ("changed", "~")):
        for change in told[kind]:
            yield f"{sign} {change['account']}{''.join(_facts(change))}"
    for person in told["missing"]:
        tasks = person["openTasks"]
        left = f"; open tasks: {', '.join(tasks)} (krabuan user hand-over {person['account']})" if tasks else ""
        said = "deactivated" if deactivate else "not in the file, stays as it is"
        yield f"{'-' if deactivate else '?'} {person['account']}: {said}{left}"


def _facts(change: dict[str, Any]) -> Iterator[str]:
    for name in ("name", "email", "clearance"):
        if name in change:
            yield f"; {name}: {change[name] or '-'}"
    if change.get("active"):
        yield "; active again"
    for name in ("groups", "roles"):
        if name in change:
            signs = [f"+{key}" for key in change[name]["added"]] + [f"-{key}" for key in change[name]["removed"]]
            yield f"; {name}: {' '.join(signs)}"
