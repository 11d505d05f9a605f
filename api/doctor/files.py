"""The folder of the data, the keys and the folder of the checkpoints: there, writable, and for nobody else's eyes."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from api.backup.place import Place
from api.doctor.line import Line, bad, good, warning
from api.machine import FEW, VERY_FEW
from api.proof import proof_of
from engine.adapters.vault import open_vault


def files(place: Place) -> Iterator[Line]:
    """What the service needs to write to, and what others must not read."""
    yield from folder(place.data)
    yield key("signing-key", place.signing_key, "signs checkpoints", "ลงลายมือชื่อจุดตรวจสอบ")
    yield key("second-factor-key", place.factor_key, "protects second factors", "ปกป้องปัจจัยที่สอง")
    yield checkpoints(place.checkpoints)
    yield disk(place.data)


def folder(data: Path) -> Iterator[Line]:
    """The folder of the data."""
    if not data.is_dir():
        yield warning(
            "data", f"ยังไม่มีโฟลเดอร์ {data}", f"{data} is not there yet",
            "เริ่มบริการ หรือตั้ง --data / KRABUAN_DATA ให้ถูก",
            "start the service, which makes it, or name the right one with --data or KRABUAN_DATA",
        )  # fmt: skip
        return
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        yield bad("data", f"เขียนโฟลเดอร์ {data} ไม่ได้", f"{data} cannot be written to",
                  f"ให้บัญชีของบริการเป็นเจ้าของ: chown -R krabuan {data}",
                  f"let the account of the service own it: chown -R krabuan {data}")  # fmt: skip
        return
    private = {data, *(file for file in data.iterdir() if file.is_file() and file.name.startswith("krabuan.db"))}
    seen = sorted(str(path) for path in private if path.stat().st_mode & 0o077)
    opened = data.stat().st_mode & 0o077
    if opened:  # else nobody comes to the files in it
        yield warning(
            "data", f"ผู้อื่นในเครื่องเปิดดูได้: {', '.join(seen)}",
            f"others on this machine can read: {', '.join(seen)}", f"chmod 700 {data}", f"chmod 700 {data}",
        )  # fmt: skip
    else:
        yield good(
            "data", f"{data}: เขียนได้ และไม่มีผู้อื่นอ่านได้", f"{data}: can be written to, and nobody else reads it",
        )  # fmt: skip
    yield from owners(data)


def owners(data: Path) -> Iterator[Line]:
    """Files of somebody else are what a command run as root leaves behind, and what stops the service."""
    mine = os.geteuid()
    others = sorted(path.name for path in data.iterdir() if path.stat().st_uid != mine)
    if others and mine != 0:
        yield bad(
            "data-owner", f"ไฟล์เป็นของบัญชีอื่น: {', '.join(others[:5])}",
            f"files belong to another account: {', '.join(others[:5])}", f"chown -R krabuan {data}",
            f"chown -R krabuan {data}",
        )  # fmt: skip
    elif mine == 0 and data.stat().st_uid != 0:
        yield warning("data-owner", "ตรวจด้วยบัญชี root จึงไม่ทราบว่าบัญชีของบริการอ่านเขียนได้หรือไม่",
                      "examined as root, so what the account of the service may do is not known",
                      "ตรวจด้วยบัญชีของบริการ: sudo -u krabuan krabuan doctor",
                      "examine as the account of the service: sudo -u krabuan krabuan doctor")  # fmt: skip


def key(check: str, file: Path, en: str, th: str) -> Line:
    """A key: there, of its owner alone, and one."""
    if not file.is_file():
        return warning(
            check, f"ยังไม่มีกุญแจที่{th} ({file})", f"the key that {en} is not there yet ({file})",
            "บริการสร้างให้เมื่อเริ่ม; หากเคยมีมาก่อน ให้กู้คืนจากข้อมูลสำรอง",
            "the service makes one when it starts; if there was one before, restore it from a backup",
        )  # fmt: skip
    mode = stat.S_IMODE(file.stat().st_mode)
    if mode & 0o077:
        return bad(
            check, f"ผู้อื่นอ่านกุญแจ {file} ได้ (โหมด {mode:o})", f"others can read the key {file} (mode {mode:o})",
            f"chmod 600 {file} แล้วพิจารณาเปลี่ยนกุญแจ", f"chmod 600 {file}, and consider a new key",
        )  # fmt: skip
    try:
        if check == "signing-key":
            proof_of(file.parent, {"KRABUAN_SIGNING_KEY": str(file)}).signer()
        else:
            open_vault(file)
    except OSError:  # what is wrong with a key is not told
        return bad(check, f"กุญแจ {file} ใช้ไม่ได้", f"the key {file} cannot be used",
                   "กู้คืนจากข้อมูลสำรอง: krabuan restore --only keys",
                   "restore it from a backup: krabuan restore --only keys")  # fmt: skip
    return good(
        check, f"มีกุญแจที่{th} และเจ้าของอ่านได้ผู้เดียว",
        f"the key that {en} is there, and its owner alone reads it",
    )  # fmt: skip


def checkpoints(folder: Path) -> Line:
    """Where checkpoints are exported to."""
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return good("checkpoints-folder", f"เขียนจุดตรวจสอบลง {folder} ได้", f"checkpoints can be written to {folder}")
    return bad(
        "checkpoints-folder", f"เขียนจุดตรวจสอบลง {folder} ไม่ได้", f"checkpoints cannot be written to {folder}",
        "ตรวจสิทธิ์และการเชื่อมต่อของโฟลเดอร์ หรือตั้ง KRABUAN_CHECKPOINTS",
        "look at the rights of the folder and whether it is mounted, or name another in KRABUAN_CHECKPOINTS",
    )  # fmt: skip


def disk(data: Path) -> Line:
    """How much of the disk of the data is free."""
    nearest = data
    while not nearest.exists():
        nearest = nearest.parent
    use = shutil.disk_usage(nearest)
    share = use.free / use.total
    th = f"พื้นที่ว่างร้อยละ {share * 100:.0f}"
    en = f"{share:.0%} of the disk is free ({use.free / 2**30:.1f} GiB)"
    if share >= FEW:
        return good("disk", th, en)
    level = bad if share < VERY_FEW else warning
    return level(
        "disk", th, en, "เพิ่มพื้นที่ หรือย้ายไฟล์อื่นออก", "make room, before nothing can be written any more",
    )  # fmt: skip
