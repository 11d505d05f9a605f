"""One's own password: changed with the present one, and which ones are refused."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.runtime import Runtime
from engine.errors import InvalidArgument
from engine.policy.passwords import WeakPassword, check_password
from tests.api.people import PASSWORD

NEW = "a quiet river 7"


def signed_in(office: Runtime, password: str = PASSWORD) -> tuple[FlaskClient, dict[str, str]]:
    browser = create_app(office).test_client()
    opened = browser.post("/v2/session", json={"username": "ann", "password": password})
    assert opened.status_code == 200
    return browser, {"X-CSRF-Token": opened.get_json()["csrfToken"]}


def change(browser: FlaskClient, csrf: dict[str, str], current: str, new: str) -> tuple[int, str | None]:
    body = {"currentPassword": current, "newPassword": new}
    answer = browser.put("/v2/authentication/me/password", json=body, headers=csrf)
    return answer.status_code, None if answer.status_code == 204 else answer.get_json()["code"]


def test_a_new_password_ends_every_other_session(office: Runtime) -> None:
    desk, csrf = signed_in(office)
    telephone, _ = signed_in(office)
    assert change(desk, csrf, PASSWORD, NEW) == (204, None)
    assert desk.get("/v2/topology").status_code == 200
    assert telephone.get("/v2/topology").status_code == 401
    assert desk.get("/v2/topology", auth=("ann", PASSWORD)).status_code == 401
    signed_in(office, NEW)


def test_the_present_password_is_needed_and_guesses_lock_the_account(office: Runtime) -> None:
    desk, csrf = signed_in(office)
    for _ in range(5):
        assert change(desk, csrf, "wrong", NEW) == (400, "wrong-current-password")
    assert change(desk, csrf, PASSWORD, NEW) == (400, "wrong-current-password"), "locked for a minute"
    assert desk.get("/v2/topology").status_code == 200, "who is signed in stays so"


def test_a_weak_one_changes_nothing(office: Runtime) -> None:
    desk, csrf = signed_in(office)
    assert change(desk, csrf, PASSWORD, "P@ssw0rd2569!") == (400, "weak-password")
    assert change(desk, csrf, PASSWORD, "short") == (400, "invalid-request")
    signed_in(office)


@pytest.mark.parametrize(
    "weak",
    ["password", "Password123!", "P@ssw0rd1", "12345678", "87654321", "aaaaaaaa", "qwertyui", "somchai2569", "xSOMCHAIx", "1qaz2wsx", "Thailand1!", "krabuan2569", "กระทรวง2569", "มานีมานี", "iloveyou2"],
)
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(WeakPassword):
        check_password(weak, "somchai")


@pytest.mark.parametrize("good", ["correct horse", "รหัสผ่านของฉัน", "passwords are silly", "x7#mQ2!kd", "ไม่มีใครรู้เรื่องนี้" * 50])
def test_length_counts_and_no_kinds_of_characters(good: str) -> None:
    check_password(good, "somchai")


def test_the_length_has_bounds() -> None:
    for password in ("seven c", "x" * 1025):
        with pytest.raises(InvalidArgument):
            check_password(password, "somchai")
