"""`python -m krabuan_verify EXPORT [--checkpoints DIR] [--key FILE]`: verify an export, on any machine."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from krabuan_verify.checkpoints import read_checkpoints
from krabuan_verify.export import Export
from krabuan_verify.signatures import read_keys
from krabuan_verify.verify import Source, verify


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when nothing was changed, 1 when something was, 2 when it cannot be verified."""
    parser = argparse.ArgumentParser(prog="krabuan_verify", description="Verifies an export of Krabuan's histories.")
    parser.add_argument("export", type=Path, metavar="EXPORT", help="a folder that `krabuan export` wrote")
    parser.add_argument("--checkpoints", type=Path, metavar="DIR", help="checkpoints that were exported before")
    parser.add_argument("--key", type=Path, action="append", metavar="FILE", help="a public key that is trusted")
    options = parser.parse_args(arguments)
    return verify_export(options.export, options.checkpoints, options.key)


def verify_export(export: Path, checkpoints: Path | None, keys: list[Path] | None) -> int:
    """As `main`. Checkpoints and keys that come with the export prove less than those from another place."""
    if checkpoints is None or keys is None:
        said = "checkpoints" if checkpoints is None else "public key"
        print(f"note: the {said} of the export itself: take those that were kept elsewhere", file=sys.stderr)
    folder = checkpoints or export / "checkpoints"
    return report(Export(export), folder, keys or [folder / "public-key.pem"])


def report(source: Source, checkpoints: Path, keys: list[Path]) -> int:
    """Verify, print every finding, and the sum at the end."""
    try:
        trusted = read_keys(keys)
        found = verify(source, read_checkpoints(checkpoints, trusted), trusted)
    except OSError as error:
        print(f"krabuan_verify: {error}", file=sys.stderr)
        return 2
    for finding in found.findings:
        print(finding, file=sys.stderr)
    for deletion in found.deletions():
        print(deletion)
    print(found)
    return 0 if found.valid else 1


if __name__ == "__main__":
    raise SystemExit(main())
