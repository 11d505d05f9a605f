"""krabuan user: accounts, passwords, roles, tokens, clients and sessions."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import timedelta
from typing import Any, get_args

from api.cli.place import add_place_options, opened
from api.handing_over import hand_over
from engine.commands.add_client import AddClient
from engine.commands.add_person import AddPerson
from engine.commands.end_sessions import EndSessions
from engine.commands.grant_role import GrantRole
from engine.commands.make_token import MakeToken
from engine.commands.reset_second_factor import ResetSecondFactor
from engine.commands.revoke_client import RevokeClient
from engine.commands.revoke_token import RevokeToken
from engine.commands.set_clearance import SetClearance
from engine.commands.set_password import SetPassword
from engine.model.access import CLASSES
from engine.model.actor import SYSTEM, Role
from engine.queries.credentials import sessions_of


def register(commands: Any) -> None:
    """The command, its own commands and their options."""
    parser = commands.add_parser("user", help="accounts, passwords, roles, tokens, sessions")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = _action(actions, "add", "add an account; the password is asked for, or read from standard input", _add)
    add.add_argument("--name", help="the name that is shown (default: the user name)")
    add.add_argument("--email")
    add.add_argument("--group", action="append", default=[], help="a unit, committee or position; may be repeated")
    _role_options(add, required=False)
    add.add_argument("--clearance", choices=CLASSES, default=CLASSES[0], help="up to which class the account may see")
    _action(actions, "password", "set a password and end the account's sessions", _password)
    role = _action(actions, "role", "grant a role, or revoke it", _role)
    _role_options(role, required=True)
    role.add_argument("--revoke", action="store_true")
    clearance = _action(actions, "clearance", "say up to which confidentiality class an account may see", _clearance)
    clearance.add_argument("to", choices=CLASSES)
    token = _action(actions, "token", "make a bearer token and print it, this once", _token)
    _key_options(token)
    client = _action(actions, "client", "add a client for /oauth/token; prints its id and secret", _client)
    _key_options(client)
    sessions = _action(actions, "sessions", "list the sessions of an account, or end them", _sessions)
    sessions.add_argument("--end", action="store_true", help="end all of them")
    _action(actions, "reset-second-factor", "for somebody who lost it: sign in by password, enrol anew", _reset)
    leaving = _action(actions, "hand-over", "hand over all open tasks of somebody who leaves", _hand_over)
    leaving.add_argument("--to", help="to whom (default: back to the candidates of each task)")
    leaving.add_argument("--reason", required=True, help="kept in the history of each case")
    revoke = actions.add_parser("revoke-token", help="revoke a token by its id")
    revoke.add_argument("token_id")
    add_place_options(revoke)
    revoke.set_defaults(run=_revoke)
    gone = actions.add_parser("revoke-client", help="revoke a client and its tokens by its id")
    gone.add_argument("client_id")
    add_place_options(gone)
    gone.set_defaults(run=_revoke_client)


def _action(actions: Any, name: str, said: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=said)
    parser.add_argument("username")
    add_place_options(parser)
    parser.set_defaults(run=run)
    return parser


def _role_options(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument("--role", choices=get_args(Role), required=required)
    parser.add_argument("--process", default="", help="the process of a process owner, * for all")


def _key_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--label", default="command line", help="what it is for")
    parser.add_argument("--days", type=int, default=365, help="how long it is valid (default 365)")
    parser.add_argument(
        "--permission", action="append", help="all that it is for (default: whatever the account may); may be repeated"
    )


def _read_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Again: "):
        raise OSError("the two passwords differ")
    return first


def _add(options: argparse.Namespace) -> int:
    roles = ((options.role, options.process),) if options.role else ()
    person = AddPerson(
        options.username,
        options.name or options.username,
        _read_password(),
        options.email,
        tuple(options.group),
        roles,
        options.clearance,
    )
    with opened(options) as runtime:
        runtime.bus.run(person, SYSTEM)
    return 0


def _password(options: argparse.Namespace) -> int:
    password = _read_password()
    with opened(options) as runtime:
        runtime.bus.run(SetPassword(options.username, password), SYSTEM)
    return 0


def _role(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        runtime.bus.run(GrantRole(options.username, options.role, options.process, options.revoke), SYSTEM)
    return 0


def _clearance(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        runtime.bus.run(SetClearance(options.username, options.to), SYSTEM)
    return 0


def _reset(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        runtime.bus.run(ResetSecondFactor(options.username), SYSTEM)
    return 0


def _token(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        expires = runtime.clock.now() + timedelta(days=options.days)
        made = runtime.bus.run(MakeToken(options.username, options.label, expires, _scope(options)), SYSTEM)
    print(made["token"])
    print(f"token id (to revoke it): {made['tokenId']}", file=sys.stderr)
    return 0


def _scope(options: argparse.Namespace) -> frozenset[str] | None:
    return None if options.permission is None else frozenset(options.permission)


def _client(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        expires = runtime.clock.now() + timedelta(days=options.days)
        made = runtime.bus.run(AddClient(options.username, options.label, _scope(options), expires), SYSTEM)
    print(f"CAMUNDA_CLIENT_ID={made['clientId']}\nCAMUNDA_CLIENT_SECRET={made['clientSecret']}")
    return 0


def _sessions(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        if options.end:
            ended = runtime.bus.run(EndSessions(options.username), SYSTEM)
            print(f"{ended} session(s) ended")
            return 0
        with runtime.database.read() as db:
            for found in sessions_of(db, SYSTEM, options.username):
                print(f"{found['madeAt']}  until {found['expiresAt']}  {found['agent']}")
    return 0


def _revoke_client(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        runtime.bus.run(RevokeClient(options.client_id), SYSTEM)
    return 0


def _hand_over(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        done = hand_over(runtime, SYSTEM, options.username, options.to, options.reason)
    print(f"{done['handedOver']} tasks handed over" + (", more are left: repeat it" if done["hasMore"] else ""))
    for task in done["refused"]:
        print(f"task {task['userTaskKey']}: {task['code']}: {task['en']} {task['th']}", file=sys.stderr)
    return 1 if done["refused"] else 0


def _revoke(options: argparse.Namespace) -> int:
    with opened(options) as runtime:
        runtime.bus.run(RevokeToken(options.token_id), SYSTEM)
    return 0
