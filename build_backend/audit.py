"""Ask the advisory services whether anything that is pinned has a known weakness: pip-audit for the Python packages of
setup.cfg (all extras), npm audit for the front end's package-lock.json (the tools that build it, too).

    python build_backend/audit.py [--osv URL]

Exit status 0: no known weakness; 1: there are some; 3: not everything could be asked about, and nothing was found in
what could. Silence of a service is never taken for good news. `--osv` asks an OSV service, not the package index.
"""

import configparser
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import frontend

GOOD, WEAK, UNASKED = 0, 1, 3
SECONDS = 15  # that a service may take to answer


@dataclass
class Answer:
    """What is known to be weak, and what nobody could say anything about; each a sentence."""

    weak: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)

    def status(self) -> int:
        """The exit status that says so."""
        return WEAK if self.weak else UNASKED if self.unasked else GOOD


def pins() -> list[str]:
    """Every `name == version` of setup.cfg."""
    setup = configparser.ConfigParser()
    setup.read(frontend.ROOT / "setup.cfg", encoding="utf-8")
    blocks = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    lines = (line.strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def ask_python(osv: str | None = None) -> Answer:
    """What pip-audit says of the pins. It installs nothing."""
    service = ["--vulnerability-service", "osv", "--osv-url", osv] if osv else []
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "requirements.txt")
        listed.write_text("\n".join(pins()) + "\n", encoding="utf-8")
        options = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        command = [sys.executable, "-m", "pip_audit", "-r", str(listed), *options, "--timeout", str(SECONDS), *service]
        finished = subprocess.run(command, capture_output=True, text=True, check=False)
    return read_pip_audit(finished.stdout, finished.stderr)


def read_pip_audit(said: str, complaint: str = "") -> Answer:
    """The answer in pip-audit's JSON. What it skipped (the index does not know it, or is silent) was not asked."""
    told = _json(said)
    if "dependencies" not in told:
        return Answer(unasked=[f"Python packages: {_last_line(complaint)}"])
    answer, packages = Answer(), told["dependencies"]
    for package in packages:
        for found in package.get("vulns", ()):
            fixed = ", ".join(found["fix_versions"]) or "no version yet"
            answer.weak.append(f"{package['name']} {package['version']}: {found['id']}, fixed in {fixed}")
    if skipped := [package for package in packages if "skip_reason" in package]:
        first = skipped[0]["skip_reason"]
        answer.unasked.append(f"{len(skipped)} of {len(packages)} Python packages, the first because: {first}")
    return answer


def ask_npm() -> Answer:
    """What npm audit says of the front end's packages. It installs nothing."""
    command = ["npm", "audit", "--json", "--fetch-retries=0", f"--fetch-timeout={SECONDS * 1000}"]
    environment = frontend.node_environment()
    finished = subprocess.run(
        command, cwd=frontend.WEB, env=environment, capture_output=True, text=True, check=False
    )
    return read_npm_audit(finished.stdout, finished.stderr)


def read_npm_audit(said: str, complaint: str = "") -> Answer:
    """The answer in npm's JSON; each package once, with the advisories that are its own."""
    told = _json(said)
    if "vulnerabilities" not in told:
        return Answer(unasked=[f"npm packages: {told.get('message') or _last_line(complaint)}"])
    answer = Answer()
    for name, found in told["vulnerabilities"].items():
        own = [via for via in found["via"] if isinstance(via, dict)]
        answer.weak += [f"{name} {via['range']}: {via['title']} ({via['severity']}), {via['url']}" for via in own]
    return answer


def _json(said: str) -> dict[str, Any]:
    try:
        told = json.loads(said)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip() and "complete log" not in line]
    return lines[-1][:300] if lines else "no answer"


def report(answer: Answer) -> None:
    """Say it on the standard output."""
    for sentence in answer.weak:
        print(f"WEAK: {sentence}")
    for sentence in answer.unasked:
        print(f"not asked: {sentence}")
    if answer.unasked:
        print("The advisory service could not be asked about everything: this says nothing about what was left out.")
    elif not answer.weak:
        print("No known weakness in anything that is pinned.")


def main(arguments: list[str]) -> int:
    """Ask both, say what was found, and return the exit status."""
    if arguments and (len(arguments) != 2 or arguments[0] != "--osv"):
        raise SystemExit("usage: audit.py [--osv URL]")
    python, npm = ask_python(arguments[1] if arguments else None), ask_npm()
    both = Answer([*python.weak, *npm.weak], [*python.unasked, *npm.unasked])
    report(both)
    return both.status()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
