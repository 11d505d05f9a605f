"""What tokens and configurations of identity providers are refused for: each check alone, on tokens that are signed."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
import yaml
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from api.cli import main
from api.idtokens import LOGOUT_EVENT, RefusedToken, check_id_token, check_logout_token, decoded
from api.providers import FaultyProviders, Provider, SignInRules, read_rules

PROVIDER = Provider("p", "ก", "p", "https://id.example", "krabuan", "secret", algorithms=("ES256",))
KEY = ECKey.generate_key("P-256", {"kid": "k"}, private=True)
KEYS = KeySet([KEY])
NOW = 1_000_000.0
ID: dict[str, Any] = {
    "iss": "https://id.example", "aud": "krabuan", "sub": "s", "nonce": "n", "iat": NOW, "exp": NOW + 60,
}  # fmt: skip
LOGOUT: dict[str, Any] = {
    "iss": "https://id.example", "aud": ["krabuan"], "sid": "x", "iat": NOW, "exp": NOW + 60, "events": {LOGOUT_EVENT: {}},
}  # fmt: skip
ABSENT = "(absent)"


def without(claims: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claims.items() if value is not ABSENT}


def check(change: dict[str, Any]) -> None:
    token = jwt.encode({"alg": "ES256", "kid": "k"}, without({**ID, **change}), KEY)
    check_id_token(decoded(token, KEYS, PROVIDER.algorithms), PROVIDER, "n", NOW)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"aud": ["krabuan", "other"], "azp": "krabuan"},
        {"exp": NOW - 119},
        {"iat": NOW + 119},
        {"nbf": NOW + 119},
    ],
    ids=str,
)
def test_an_id_token_that_is_accepted(change: dict[str, Any]) -> None:
    check(change)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://id.example/"},
        {"iss": ABSENT},
        {"aud": "other"},
        {"aud": ["other"]},
        {"aud": ABSENT},
        {"aud": ["krabuan", "other"]},
        {"azp": "other"},
        {"nonce": "other"},
        {"nonce": ABSENT},
        {"sub": ABSENT},
        {"sub": ""},
        {"sub": 1},
        {"exp": NOW - 120},
        {"exp": ABSENT},
        {"exp": "tomorrow"},
        {"iat": NOW + 121},
        {"iat": ABSENT},
        {"iat": True},
        {"nbf": NOW + 121},
    ],
    ids=str,
)
def test_an_id_token_that_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RefusedToken):
        check(change)


def part(header: dict[str, str]) -> str:
    return urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")


def test_signatures_of_others_and_other_algorithms_are_refused() -> None:
    other = ECKey.generate_key("P-256", {"kid": "k"}, private=True)
    body = jwt.encode({"alg": "ES256"}, ID, KEY).split(".")[1]
    unsigned = f"{part({'alg': 'none'})}.{body}."
    keyed = f"{part({'alg': 'HS256', 'kid': 'k'})}.{body}"  # the public key as a secret: the oldest trick
    mac = hmac.digest(KEY.as_pem(private=False), keyed.encode(), "sha256")
    tokens = [
        jwt.encode({"alg": "ES256", "kid": "k"}, ID, other),
        f"{keyed}.{urlsafe_b64encode(mac).decode().rstrip('=')}",
        unsigned,
        jwt.encode({"alg": "ES256", "kid": "k"}, ID, KEY)[:-4] + "AAAA",
    ]
    for token in tokens:
        with pytest.raises((JoseError, ValueError)):
            decoded(token, KEYS, PROVIDER.algorithms)
    for token in ("", "x" * 40_000):
        with pytest.raises(RefusedToken):
            decoded(token, KEYS, PROVIDER.algorithms)


def test_a_logout_token_names_whom() -> None:
    assert check_logout_token(LOGOUT, PROVIDER, NOW) == (None, "x")
    assert check_logout_token({**LOGOUT, "sub": "s"}, PROVIDER, NOW) == ("s", "x")


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://other.example"},
        {"aud": "other"},
        {"exp": NOW - 120},
        {"exp": NOW + 10_000, "iat": NOW - 601},
        {"events": {}},
        {"events": ABSENT},
        {"events": {LOGOUT_EVENT: None}},
        {"nonce": "n"},
        {"sid": ABSENT},
        {"sid": 1},
        {"sid": ABSENT, "sub": ""},
    ],
    ids=str,
)
def test_a_logout_token_that_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RefusedToken):
        check_logout_token(without({**LOGOUT, **change}), PROVIDER, NOW)


# --- the configuration -----------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "id": "ministry", "th": "กระทรวง", "en": "Ministry", "issuer": "https://id.example", "clientId": "krabuan",
    "clientSecret": {"variable": "SECRET"},
}  # fmt: skip


def read(folder: Path, *providers: Any) -> tuple[Provider, ...]:
    (folder / "identity.yaml").write_text(yaml.safe_dump({"providers": list(providers)}), encoding="utf-8")
    return read_rules(folder, {"SECRET": "hush"}).providers


def test_a_configuration(tmp_path: Path) -> None:
    assert read_rules(tmp_path, {}) == SignInRules()
    owner = {"role": "process-owner", "process": "room-request"}
    (found,) = read(tmp_path, {**GOOD, "groups": {"a": ["x", "y"]}, "roles": {"b": ["auditor", owner]}})
    assert found.client_secret == "hush" and "hush" not in repr(found)
    assert found.groups == {"a": {"x", "y"}}
    assert found.roles == {"b": {("auditor", ""), ("process-owner", "room-request")}}
    (tmp_path / "secret").write_text("from a file\n", encoding="utf-8")
    (found,) = read(tmp_path, {**GOOD, "clientSecret": {"file": "secret"}})
    assert found.client_secret == "from a file"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "Not An Id"},
        {"th": ABSENT},
        {"issuer": "http://id.example"},
        {"issuer": "https://id.example?x=1"},
        {"clientSecret": "written down"},
        {"clientSecret": {"variable": "ABSENT"}},
        {"clientSecret": {"file": "absent"}},
        {"scopes": ["profile"]},
        {"algorithms": ["none"]},
        {"algorithms": ["HS256"]},
        {"algorithms": []},
        {"groups": ["x"]},
        {"groups": {"a": 1}},
        {"roles": {"a": "king"}},
        {"roles": {"a": "process-owner"}},
        {"roles": {"a": {"role": "auditor"}}},
        {"username": ""},
        {"tpyo": 1},
    ],
    ids=str,
)
def test_a_configuration_that_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(FaultyProviders):
        read(tmp_path, without({**GOOD, **change}))


def test_two_providers_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FaultyProviders):
        read(tmp_path, GOOD, {**GOOD, "issuer": "https://other.example"})
    with pytest.raises(FaultyProviders):
        read(tmp_path, GOOD, {**GOOD, "id": "other"})


def test_roles_that_must_have_a_second_factor(tmp_path: Path) -> None:
    file = tmp_path / "identity.yaml"
    file.write_text("secondFactor: [administrator, auditor]", encoding="utf-8")
    assert read_rules(tmp_path, {}) == SignInRules((), frozenset({"administrator", "auditor"}))


@pytest.mark.parametrize("wrong", ["[client]", "[king]", "administrator", "[[staff]]", "{staff: true}", "yes"])
def test_roles_that_cannot_have_one(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "identity.yaml").write_text(f"secondFactor: {wrong}", encoding="utf-8")
    with pytest.raises(FaultyProviders):
        read_rules(tmp_path, {})


def test_a_server_does_not_start_with_a_faulty_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "identity.yaml").write_text("providers: 1", encoding="utf-8")
    assert main(["serve", "--no-content", "--data", str(tmp_path)]) == 1
    assert "identity.yaml" in capsys.readouterr().err and not (tmp_path / "krabuan.db").exists()
