"""Compose file, container file and systemd units: read as the programs read them that use them, as far as that goes here."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.cli import parser
from api.variables import KNOWN
from tests.house.sources import ROOT, name

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8"))
OURS = ("serve", "worker")


def understood(*arguments: str) -> str:
    """The command that these arguments choose. Raises SystemExit for arguments that there are not."""
    module: str = parser().parse_args(arguments).run.__module__
    return module.rsplit(".", 1)[1]


@pytest.mark.parametrize("part", OURS)
def test_the_services_run_commands_that_there_are(part: str) -> None:
    assert understood(*COMPOSE["services"][part]["command"]) == part


@pytest.mark.parametrize("part", OURS)
def test_the_services_may_little(part: str) -> None:
    service = COMPOSE["services"][part]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in service, "only the web server is reached from outside"
    assert any(volume == "data:/data" for volume in service["volumes"]), "the keys are the same for both"


def test_the_services_know_each_other() -> None:
    services = COMPOSE["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        named = [volume.partition(":")[0] for volume in service["volumes"]]
        assert {one for one in named if one[0] not in "./$"} <= set(COMPOSE["volumes"])
    assert "healthcheck" in services["database"]
    assert "C.UTF-8" in services["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    proxy = (DEPLOY / "compose" / "Caddyfile").read_text(encoding="utf-8")
    assert "reverse_proxy serve:8080" in proxy and "flush_interval -1" in proxy


def test_no_password_stands_in_a_file() -> None:
    said = (DEPLOY / "compose" / "compose.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^ +\w*PASSWORD: *([^$\s].*)", said, re.MULTILINE) == []


def test_variables_are_those_that_are_read() -> None:
    files = [file for file in DEPLOY.rglob("*") if file.is_file() and file.suffix != ".md"]
    used = {word for file in files for word in re.findall(r"KRABUAN_[A-Z_]*[A-Z]\b", file.read_text(encoding="utf-8"))}
    assert {word for word in used if not word.endswith("_")} - {"KRABUAN"} <= KNOWN


def instructions() -> list[tuple[str, str]]:
    """(word, arguments) of each instruction of the container file."""
    joined = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def test_the_container_file() -> None:
    found = instructions()
    known = {"FROM", "WORKDIR", "COPY", "RUN", "LABEL", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK",
             "ENTRYPOINT", "CMD"}  # fmt: skip
    assert {word for word, _ in found} <= known
    stages = [rest.partition(" AS ")[2] for word, rest in found if word == "FROM"]
    copied = re.findall(r"--from=(\S+)", " ".join(rest for word, rest in found if word == "COPY"))
    assert (stages, copied) == (["build", ""], ["build"])
    last = len(found) - 1 - [word for word, _ in reversed(found)].index("FROM")
    assert ("USER", "10001:10001") in found[last:]
    values = dict(found[last:])
    assert json.loads(values["ENTRYPOINT"]) == ["krabuan"]
    assert understood(*json.loads(values["CMD"])) == "serve"
    assert "/livez" in values["HEALTHCHECK"]


def unit(file: Path) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(file, encoding="utf-8")
    return read


@pytest.mark.parametrize("file", UNITS, ids=name)
def test_units_have_their_sections(file: Path) -> None:
    kind = {".service": "Service", ".timer": "Timer"}[file.suffix]
    assert {"Unit", kind} <= set(unit(file).sections()) <= {"Unit", kind, "Install"}


@pytest.mark.parametrize(("file", "command"), [("krabuan", "serve"), ("krabuan-worker", "worker"), ("krabuan-backup", "backup")])
def test_units_run_commands_that_there_are_and_may_little(file: str, command: str) -> None:
    service = unit(DEPLOY / "systemd" / f"{file}.service")["Service"]
    program, *arguments = service["ExecStart"].split()
    assert (program, understood(*arguments)) == ("/opt/krabuan/bin/krabuan", command)
    assert (service["User"], service["UMask"]) == ("krabuan", "0077")
    assert (service["NoNewPrivileges"], service["ProtectSystem"], service["ProtectHome"]) == ("yes", "strict", "yes")
    assert service["CapabilityBoundingSet"] == ""
    assert service["SystemCallFilter"] == "@system-service"


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """Where there is systemd; elsewhere the tests above are all."""
    program = shutil.which("systemd-analyze")
    for file in UNITS:
        said = file.read_text(encoding="utf-8").replace("/opt/krabuan/bin/krabuan", "/bin/true")
        (tmp_path / file.name).write_text(said, encoding="utf-8")
    if program is None:
        return
    command = [program, "verify", *(str(tmp_path / file.name) for file in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(tmp_path) in line]) == (0, [])
