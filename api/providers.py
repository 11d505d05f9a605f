"""How people may sign in: identity providers, and whose account needs a second factor, as `identity.yaml` says.

Every fault of the file stops the server before it serves, named in both languages: a provider that is half there
would let in the wrong people or none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import yaml

from engine.commands.add_person import check_role
from engine.errors import InvalidArgument
from engine.model.actor import Role

FILE = "identity.yaml"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
_KEYS = {
    "id", "th", "en", "issuer", "clientId", "clientSecret", "scopes", "algorithms", "username", "groupsClaim", "groups",
    "rolesClaim", "roles", "adopts",
}  # fmt: skip
_ID = re.compile(r"[a-z0-9-]{1,32}")

Roles = Mapping[str, frozenset[tuple[str, str]]]


class FaultyProviders(InvalidArgument):
    """The file of the identity providers is not right."""

    code = "faulty-identity-providers"
    th = "ไฟล์ผู้ให้บริการยืนยันตัวตนไม่ถูกต้อง"


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `groups` and `roles` say what the values of its claims are called here; what they do not name
    gives nothing. `username` is the claim that new accounts are named by."""

    id: str
    th: str
    en: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256", "EdDSA")
    username: str = "preferred_username"
    groups_claim: str = "groups"
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    roles_claim: str = "roles"
    roles: Roles = field(default_factory=dict)
    adopts: bool = False


@dataclass(frozen=True, slots=True)
class SignInRules:
    """The providers in their order, and the roles that must have a second factor."""

    providers: tuple[Provider, ...] = ()
    second_factor: frozenset[str] = frozenset()


def read_rules(folder: Path, environment: Mapping[str, str]) -> SignInRules:
    """Those of `identity.yaml` in the folder, or of the file that KRABUAN_IDENTITY names; none without a file.

    A secret is named, never written: {variable: NAME} of the environment, or {file: NAME} beside the file.
    Raises FaultyProviders.
    """
    named = environment.get("KRABUAN_IDENTITY")
    path = Path(named) if named else folder / FILE
    if not named and not path.is_file():
        return SignInRules()
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FaultyProviders(f"{path.name} cannot be read: {error}") from None
    if not isinstance(content, dict) or not content or set(content) - {"providers", "secondFactor"}:
        raise FaultyProviders(f"{path.name} has the members providers and secondFactor, and no other")
    items = content.get("providers", [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise FaultyProviders(f"{path.name}: providers is a list of mappings")
    found = tuple(_provider(item, path.parent, environment) for item in items)
    for name in ("id", "issuer"):
        if len({getattr(p, name) for p in found}) != len(found):
            raise FaultyProviders(f"two providers have the same {name}")
    return SignInRules(found, _second_factor(content.get("secondFactor", [])))


def _second_factor(given: Any) -> frozenset[str]:
    """Roles of people: a program cannot type a code, and has its tokens."""
    roles = set(get_args(Role)) - {"client"}
    if not isinstance(given, list) or not all(isinstance(role, str) and role in roles for role in given):
        raise FaultyProviders(f"secondFactor is a list of roles: {', '.join(sorted(roles))}")
    return frozenset(given)


def _provider(item: dict[str, Any], folder: Path, environment: Mapping[str, str]) -> Provider:
    name = item.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise FaultyProviders("a provider needs an id of small Latin letters, digits and -")
    if unknown := set(item) - _KEYS:
        raise FaultyProviders(f"{name}: there is no {', '.join(sorted(map(str, unknown)))}")
    texts = {key: item.get(key) for key in ("th", "en", "issuer", "clientId")}
    if missing := [key for key, value in texts.items() if not isinstance(value, str) or not value]:
        raise FaultyProviders(f"{name}: {', '.join(missing)} is missing")
    _check_address(name, str(texts["issuer"]))
    return Provider(
        name,
        str(texts["th"]),
        str(texts["en"]),
        str(texts["issuer"]),
        str(texts["clientId"]),
        _secret(name, item.get("clientSecret"), folder, environment),
        _scopes(name, item),
        _algorithms(name, item),
        _text(name, item, "username", "preferred_username"),
        _text(name, item, "groupsClaim", "groups"),
        {key: frozenset(_words(name, value)) for key, value in _mapping(name, item, "groups").items()},
        _text(name, item, "rolesClaim", "roles"),
        {key: frozenset(_roles(name, value)) for key, value in _mapping(name, item, "roles").items()},
        item.get("adopts") is True,
    )


def _check_address(name: str, issuer: str) -> None:
    parts = urlsplit(issuer)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname or parts.query or parts.fragment or len(issuer) > 512:
        raise FaultyProviders(f"{name}: issuer is an https address without query and fragment")


def _secret(name: str, given: Any, folder: Path, environment: Mapping[str, str]) -> str:
    secret: str | None = None
    if isinstance(given, dict) and set(given) == {"variable"}:
        secret = environment.get(str(given["variable"]))
    elif isinstance(given, dict) and set(given) == {"file"}:
        try:
            secret = (folder / str(given["file"])).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise FaultyProviders(f"{name}: the secret cannot be read: {os.strerror(error.errno or 0)}") from None
    if not secret:
        raise FaultyProviders(f"{name}: clientSecret is {{variable: NAME}} or {{file: NAME}}, and not empty")
    return secret


def _text(name: str, item: dict[str, Any], key: str, default: str) -> str:
    value = item.get(key, default)
    if not isinstance(value, str) or not value:
        raise FaultyProviders(f"{name}: {key} is the name of a claim")
    return value


def _scopes(name: str, item: dict[str, Any]) -> tuple[str, ...]:
    scopes = tuple(_words(name, item.get("scopes", ["openid", "profile", "email"])))
    if "openid" not in scopes:
        raise FaultyProviders(f"{name}: scopes has openid")
    return scopes


def _algorithms(name: str, item: dict[str, Any]) -> tuple[str, ...]:
    given = tuple(_words(name, item.get("algorithms", ["RS256", "PS256", "ES256", "EdDSA"])))
    if not given or set(given) - set(ALGORITHMS):
        raise FaultyProviders(f"{name}: algorithms are of {', '.join(ALGORITHMS)}")
    return given


def _mapping(name: str, item: dict[str, Any], key: str) -> dict[str, Any]:
    value = item.get(key, {})
    if not isinstance(value, dict):
        raise FaultyProviders(f"{name}: {key} maps the values of a claim")
    return {str(k): v for k, v in value.items()}


def _words(name: str, value: Any) -> list[str]:
    words = value if isinstance(value, list) else [value]
    if not all(isinstance(word, str) and word for word in words):
        raise FaultyProviders(f"{name}: {value!r} is not a text or a list of texts")
    return words


def _roles(name: str, value: Any) -> list[tuple[str, str]]:
    """`auditor`, or {role: process-owner, process: room-request}, or a list of these."""
    found = []
    for given in value if isinstance(value, list) else [value]:
        if isinstance(given, dict) and set(given) == {"role", "process"}:
            role = (str(given["role"]), str(given["process"]))
        elif isinstance(given, str):
            role = (given, "")
        else:
            raise FaultyProviders(f"{name}: {given!r} is not a role, or {{role, process}}")
        try:
            check_role(*role)
        except InvalidArgument as error:
            raise FaultyProviders(f"{name}: {error.detail}") from None
        found.append(role)
    return found
