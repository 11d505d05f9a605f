"""Write the bill of materials of a release (CycloneDX 1.6, JSON): what the wheel needs at run time and what its web
pages were built from, each with version, licence, dependencies and, of npm packages, the hash of what was installed.

    python build_backend/sbom.py            writes dist/krabuan-VERSION.cdx.json and says where

The Python part is what is installed here for `install_requires` and, as optional, for the extra `telemetry`; the tools
that test and build are left out. The same sources give the same serial number; the moment is SOURCE_DATE_EPOCH where
that is set. Nothing is written unless it keeps the schema.
"""

import base64
import configparser
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import frontend
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement

LICENCES = LicenseFactory()
_NEEDS = ("dependencies", "optionalDependencies", "peerDependencies")


class Invalid(ValueError):
    """What was made does not keep the schema of CycloneDX."""


def bill(lock: Path = frontend.WEB / "package-lock.json") -> str:
    """The document. Raises Invalid, and PackageNotFoundError for a requirement that is not installed."""
    setup = configparser.ConfigParser()
    setup.read(frontend.ROOT / "setup.cfg", encoding="utf-8")
    product = _product(setup["metadata"]["version"], setup["metadata"]["license"])
    bom = Bom(metadata=BomMetaData(component=product, timestamp=_moment()))
    bom.serial_number = uuid5(NAMESPACE_URL, sha256(_sources(lock)).hexdigest())
    needed, chosen = setup["options"]["install_requires"], setup["options.extras_require"]["telemetry"]
    python, direct = _python(_lines(needed), _lines(chosen), bom)
    npm, pages = _npm(json.loads(lock.read_text(encoding="utf-8")), bom)
    bom.components.update([*python, *npm])
    bom.register_dependency(product, [*direct, *pages])
    made = JsonV1Dot6(bom).output_as_string(indent=2)
    if (fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(made)) is not None:
        raise Invalid(str(fault))
    return made + "\n"


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip() and not line.strip().startswith("#")]


def _product(version: str, licence: str) -> Component:
    purl = PackageURL("pypi", None, "krabuan", version)
    return Component(
        name="krabuan", version=version, type=ComponentType.APPLICATION, purl=purl, bom_ref=purl.to_string(),
        licenses=[LICENCES.make_from_string(licence)],
    )  # fmt: skip


def _moment() -> datetime:
    """When the release is made."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.now(UTC) if told is None else datetime.fromtimestamp(int(told), UTC)


def _sources(lock: Path) -> bytes:
    return (frontend.ROOT / "setup.cfg").read_bytes() + lock.read_bytes()


# --- Python ----------------------------------------------------------------------------------------------------------


def _python(needed: list[str], chosen: list[str], bom: Bom) -> tuple[list[Component], list[Component]]:
    """Every package that these requirements lead to, and those that they name themselves."""
    required, needs = [Requirement(line) for line in needed], dict[str, set[str]]()
    _follow(required, needs)
    always = set(needs)
    optional = [Requirement(line) for line in chosen]
    _follow(optional, needs)
    made = {
        name: _component(name, ComponentScope.REQUIRED if name in always else ComponentScope.OPTIONAL) for name in needs
    }
    for name, component in made.items():
        bom.register_dependency(component, [made[other] for other in sorted(needs[name])])
    return list(made.values()), [made[name] for name in sorted({_plain(r.name) for r in [*required, *optional]})]


def _follow(named: list[Requirement], needs: dict[str, set[str]]) -> None:
    """Add to `needs` every package that these lead to, and the packages that it needs."""
    waiting = list(named)
    while waiting:
        requirement = waiting.pop()
        found = distribution(requirement.name)
        below = list(_needed(found, frozenset(requirement.extras)))
        fresh = {_plain(other.name) for other in below} - needs.get(_plain(found.name), set())
        needs.setdefault(_plain(found.name), set()).update(fresh)
        waiting += [other for other in below if _plain(other.name) in fresh]


def _needed(found: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    """What it needs on this machine, with these of its extras."""
    for line in found.requires or ():
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield requirement


def _plain(name: str) -> str:
    """The name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _component(name: str, scope: ComponentScope) -> Component:
    found = distribution(name)
    purl = PackageURL("pypi", None, _plain(found.name), found.version)
    return Component(
        name=_plain(found.name), version=found.version, type=ComponentType.LIBRARY, purl=purl,
        bom_ref=purl.to_string(), licenses=_licences(found), scope=scope,
    )  # fmt: skip


def _licences(found: Distribution) -> list[Any]:
    """What the package says: an SPDX expression, else its classifiers, else one line of its own."""
    said = found.metadata
    expression, text = said.get("License-Expression"), (said.get("License") or "").strip()
    if expression:
        return [LICENCES.make_from_string(expression)]
    names = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or () if c.startswith("License :: ")]
    names = names or ([text] if text and "\n" not in text else [])
    return [LICENCES.make_with_name(name) for name in names]


# --- npm -------------------------------------------------------------------------------------------------------------


def _npm(lock: dict[str, Any], bom: Bom) -> tuple[list[Component], list[Component]]:
    """Every package of a lock file (version 2 or 3) that is no tool of development, and those that web/ names."""
    packages = lock["packages"]
    shipped = {path: entry for path, entry in packages.items() if path and not _is_tool(entry)}
    made = {path: _npm_component(path, entry) for path, entry in shipped.items()}
    for path, entry in shipped.items():
        bom.register_dependency(made[path], _resolved(path, entry, made))
    return list(made.values()), _resolved("", packages[""], made)


def _is_tool(entry: dict[str, Any]) -> bool:
    return bool(entry.get("dev") or entry.get("devOptional") or entry.get("link"))


def _npm_component(path: str, entry: dict[str, Any]) -> Component:
    name: str = entry.get("name") or path.rpartition("node_modules/")[2]
    scope, _, plain = name.rpartition("/")
    purl = PackageURL("npm", scope or None, plain, entry["version"])
    algorithm, _, digest = entry.get("integrity", "").partition("-")
    content = base64.b64decode(digest).hex() if algorithm == "sha512" else ""
    said = entry.get("license")
    return Component(
        name=plain, group=scope or None, version=entry["version"], type=ComponentType.LIBRARY, purl=purl,
        bom_ref=f"{purl.to_string()}#{path}", scope=ComponentScope.REQUIRED,
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=content)] if content else [],
        licenses=[LICENCES.make_from_string(said)] if isinstance(said, str) else [],
        properties=[Property(name="cdx:npm:package:path", value=path)],
    )  # fmt: skip


def _resolved(path: str, entry: dict[str, Any], made: dict[str, Component]) -> list[Component]:
    """What an entry needs, found as Node finds it: in its own folder, then in each one above."""
    wanted = dict.fromkeys(name for kind in _NEEDS for name in entry.get(kind, ()))
    found = []
    for name in wanted:
        above = path
        while (candidate := f"{above}/node_modules/{name}".lstrip("/")) not in made and above:
            above = above.rpartition("node_modules/")[0].rstrip("/")
        if candidate in made:
            found.append(made[candidate])
    return found


def write() -> Path:
    """Write it to dist/ and return where."""
    text = bill()
    version = json.loads(text)["metadata"]["component"]["version"]
    path = frontend.ROOT / "dist" / f"krabuan-{version}.cdx.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


if __name__ == "__main__":
    if sys.argv[1:]:
        raise SystemExit("usage: sbom.py")
    print(write())
