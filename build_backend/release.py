"""Make a release in dist/: the wheel with the front end in it, and its bill of materials, beside it and inside.

    python build_backend/release.py
"""

import base64
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import frontend
import sbom


def embed(wheel: Path, bill: Path) -> None:
    """Put the bill into the wheel, where PEP 770 says that bills stand: `.dist-info/sboms/`.

    The wheel is written anew; its RECORD names the bill, and everything else in it is as it was.
    """
    made = wheel.with_suffix(".new")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        record = next(name for name in old.namelist() if name.endswith(".dist-info/RECORD"))
        target = f"{record.rpartition('/')[0]}/sboms/{bill.name}"
        for entry in old.infolist():
            if entry.filename not in (record, target):
                new.writestr(entry, old.read(entry))
        content = bill.read_bytes()
        new.writestr(zipfile.ZipInfo(target), content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        kept = [line for line in old.read(record).decode().splitlines() if not line.startswith(f"{target},")]
        lines = [f"{target},sha256={digest},{len(content)}", *kept]
        new.writestr(zipfile.ZipInfo(record), "\n".join(lines) + "\n")
    made.replace(wheel)


def main() -> None:
    """Build both; what an earlier release left in dist/ stays."""
    bill = sbom.write()
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--wheel-dir", str(bill.parent), str(frontend.ROOT)], check=True)
    wheel = next(bill.parent.glob(f"{bill.name.removesuffix('.cdx.json')}-*.whl"))
    embed(wheel, bill)
    print(bill, wheel, sep="\n")


if __name__ == "__main__":
    main()
