"""The web application's types are generated from the API's description: notice when the API has moved on."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from api.app import create_app
from api.runtime import Runtime

GENERATED = Path(__file__).parents[2] / "web" / "src" / "api" / "generated.ts"


def test_the_types_of_the_web_application_are_those_of_the_api(office: Runtime) -> None:
    answer = create_app(office).test_client().get("/v2/openapi.json")
    schemas = json.loads(answer.text)["components"]["schemas"]
    text = json.dumps(schemas, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    told = re.search(r"^// schemas: ([0-9a-f]{64})$", GENERATED.read_text(encoding="utf-8"), re.MULTILINE)
    assert told is not None
    assert told[1] == hashlib.sha256(text.encode()).hexdigest(), (
        "the API changed: serve it, then run `npm run api-types -- http://localhost:8080/v2/openapi.json` in web/"
    )
