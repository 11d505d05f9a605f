"""How people sign in here: told to administrators and auditors, without any secret."""

from __future__ import annotations

from api.app import create_app
from api.providers import Provider
from api.runtime import Runtime
from tests.api.conftest import Caller

SECRET = "a-secret-of-the-provider"
PROVIDER = Provider(
    "thaid", "ไทยดี", "ThaID", "https://id.example", "krabuan", SECRET,
    groups={"it": frozenset({"clerks"})}, roles={"boss": frozenset({("process-owner", "*"), ("auditor", "")})},
    adopts=True,
)  # fmt: skip


def test_what_is_configured_is_told_and_no_secret(office: Runtime) -> None:
    app = create_app(office, providers=(PROVIDER,), second_factor=frozenset({"auditor", "staff"}))
    answer = Caller(app.test_client(use_cookies=False), "admin")("GET", "/sign-in-settings")
    assert answer.status_code == 200 and SECRET not in answer.text
    told = answer.get_json()
    (provider,) = told["providers"]
    assert (provider["issuer"], provider["clientId"], provider["adopts"]) == ("https://id.example", "krabuan", True)
    assert provider["groups"] == [{"value": "it", "gives": ["clerks"]}]
    assert provider["roles"] == [{"value": "boss", "gives": ["auditor", "process-owner:*"]}]
    # ann, ben and cat are staff, one is auditor; nobody has a second factor yet
    assert told["secondFactor"] == {"roles": ["auditor", "staff"], "accounts": 0, "missing": 4}
    assert (told["passwords"]["shortest"], told["passwords"]["oneTimeSeconds"]) == (8, 7 * 86_400)
    assert told["sessions"]["longestSeconds"] > told["sessions"]["idleSeconds"] > 0


def test_without_configuration_there_is_nothing_to_tell(office: Runtime) -> None:
    told = Caller(create_app(office).test_client(use_cookies=False), "auditor").get("/sign-in-settings")
    assert told["providers"] == [] and told["secondFactor"] == {"roles": [], "accounts": 0, "missing": 0}
