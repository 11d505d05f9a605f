"""`python -m krabuan_verify EXPORT [--checkpoints DIR] [--key FILE]`: verify an export, on any machine."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from krabuan_verify.archives import verify_archive
from krabuan_verify.bundles import is_bundle, verify_bundle
from krabuan_verify.checkpoints import Covered, read_checkpoints
from krabuan_verify.export import Export
from krabuan_verify.signatures import read_keys
from krabuan_verify.verify import Source, verify

if TYPE_CHECKING:
    from krabuan_verify.timestamps import Stamped


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when nothing was changed, 1 when something was, 2 when it cannot be verified."""
    parser = argparse.ArgumentParser(prog="krabuan_verify", description="Verifies an export of Krabuan's histories.")
    said = "of `krabuan export`, or evidence, unpacked, or the file of an archive"
    parser.add_argument("export", type=Path, metavar="EXPORT", help=said)
    parser.add_argument("--checkpoints", type=Path, metavar="DIR", help="checkpoints that were exported before")
    parser.add_argument("--key", type=Path, action="append", metavar="FILE", help="a public key that is trusted")
    said = "certificates of a time-stamping authority, to the root (PEM)"
    parser.add_argument("--tsa", type=Path, action="append", default=[], metavar="FILE", help=said)
    parser.add_argument("--archives", type=Path, metavar="DIR", help="files that histories were moved to")
    options = parser.parse_args(arguments)
    return verify_export(options.export, options.checkpoints, options.key, options.tsa, options.archives)


def verify_export(
    export: Path, checkpoints: Path | None, keys: list[Path] | None, authorities: list[Path],
    archives: Path | None = None,
) -> int:  # fmt: skip
    """As `main`. Checkpoints and keys that come with the export prove less than those from another place."""
    if export.is_file():
        return report_archive(export, keys)
    if is_bundle(export):
        return report_bundle(export, keys)
    if checkpoints is None or keys is None:
        said = "checkpoints" if checkpoints is None else "public key"
        print(f"note: the {said} of the export itself: take those that were kept elsewhere", file=sys.stderr)
    folder = checkpoints or export / "checkpoints"
    return report(Export(export), folder, keys or [folder / "public-key.pem"], authorities, archives)


def report_bundle(folder: Path, keys: list[Path] | None) -> int:
    """Verify evidence of a case, and print every finding. The key in it is not believed."""
    if keys is None:
        print("krabuan_verify: name the public key of the service with --key", file=sys.stderr)
        return 2
    try:
        found = verify_bundle(folder, read_keys(keys))
    except OSError as error:
        print(f"krabuan_verify: {error}", file=sys.stderr)
        return 2
    for finding in found.findings:
        print(finding, file=sys.stderr)
    print(found)
    return 0 if found.valid else 1


def report_archive(file: Path, keys: list[Path] | None) -> int:
    """Verify the file of an archive by itself, and print every finding."""
    if keys is None:
        print("krabuan_verify: name the public key of the service with --key", file=sys.stderr)
        return 2
    try:
        found = verify_archive(file, read_keys(keys))
    except OSError as error:
        print(f"krabuan_verify: {error}", file=sys.stderr)
        return 2
    for finding in found.findings:
        print(finding, file=sys.stderr)
    print(found)
    return 0 if found.valid else 1


def report(
    source: Source, checkpoints: Path, keys: list[Path], authorities: list[Path], archives: Path | None = None
) -> int:
    """Verify, print every finding, and the sum at the end."""
    try:
        trusted = read_keys(keys)
        covered = read_checkpoints(checkpoints, trusted)
        found = verify(source, covered, trusted, archives)
        stamped = _stamps(checkpoints, covered, authorities)
    except OSError as error:
        print(f"krabuan_verify: {error}", file=sys.stderr)
        return 2
    if stamped is not None:
        found.findings += stamped.findings
    if found.ends is not None:
        print(f"note: {found.ends}", file=sys.stderr)
    for finding in found.findings:
        print(finding, file=sys.stderr)
    for deletion in found.deletions():
        print(deletion)
    print(found)
    if stamped is not None:
        print(stamped)
    return 0 if found.valid else 1


def _stamps(folder: Path, covered: Covered, authorities: list[Path]) -> Stamped | None:
    """What the time stamps of the folder tell; None where nobody says whom to trust."""
    if authorities:
        from krabuan_verify.timestamps import read_authorities, verify_stamps  # needs a library that others do not

        return verify_stamps(folder, covered, read_authorities(authorities))
    if next(folder.glob("checkpoint-*.tsr"), None) is not None:
        print("note: time stamps are not verified: name the authority's certificates with --tsa", file=sys.stderr)
    return None


if __name__ == "__main__":
    raise SystemExit(main())
