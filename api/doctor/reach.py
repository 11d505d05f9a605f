"""What the service reaches over the network, where it is named: asked with little patience, and nothing is sent."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from api.attempts import ProviderUnreachable
from api.doctor.line import Line, bad, good, warning
from api.leaving import reach_mail
from api.oidc import RelyingParty
from api.proof import proof_of
from api.providers import read_rules
from api.service import reach_scanner

PATIENCE = 5.0  # seconds


def mail(environment: Mapping[str, str]) -> Iterator[Line]:
    """The mail server: reached, trusted and signed in to, as for a mail."""
    host = environment.get("KRABUAN_SMTP_HOST")
    if not host:
        yield good(
            "mail", "ไม่ได้ตั้งเครื่องส่งจดหมาย: แจ้งเตือนในระบบเท่านั้น",
            "no mail server is named: people are told in the application only",
        )  # fmt: skip
        return
    try:
        reach_mail(environment, PATIENCE)
    except OSError as error:  # its words may quote what was sent
        yield bad(
            "mail", f"ใช้เครื่องส่งจดหมาย {host} ไม่ได้ ({type(error).__name__})",
            f"the mail server {host} cannot be used ({type(error).__name__})",
            "ตรวจชื่อ พอร์ต TLS บัญชี และไฟร์วอลล์ ดู docs/how-to/send-mail.md",
            "look at its name, port, TLS, account and the firewall: docs/how-to/send-mail.md",
        )  # fmt: skip
    else:
        yield good("mail", f"เครื่องส่งจดหมาย {host} ตอบ", f"the mail server {host} answers")


def providers(data: Path, environment: Mapping[str, str]) -> Iterator[Line]:
    """Each identity provider: found, who it says it is, with its keys."""
    for provider in read_rules(data, environment).providers:
        name = f"provider-{provider.id}"
        try:
            RelyingParty(provider, time.monotonic).reach(PATIENCE)
        except ProviderUnreachable:
            yield bad(
                name, f"ติดต่อผู้ให้บริการยืนยันตัวตน {provider.issuer} ไม่ได้",
                f"the identity provider {provider.issuer} cannot be reached, or is another",
                "ตรวจ issuer ใน identity.yaml เครือข่าย และใบรับรอง ดู docs/how-to/sign-in-elsewhere.md",
                "look at issuer in identity.yaml, the network and its certificate: docs/how-to/sign-in-elsewhere.md",
            )  # fmt: skip
        else:
            yield good(
                name, f"ผู้ให้บริการยืนยันตัวตน {provider.issuer} ตอบ",
                f"the identity provider {provider.issuer} answers",
            )  # fmt: skip


def others(data: Path, environment: Mapping[str, str]) -> Iterator[Line]:
    """The virus scanner and the authority for time stamps."""
    if environment.get("KRABUAN_CLAMD"):
        try:
            reach_scanner(environment, PATIENCE)
        except (OSError, ValueError):
            yield bad(
                "virus-scanner", "โปรแกรมตรวจไวรัสไม่ตอบ จึงแนบไฟล์ไม่ได้",
                "the virus scanner does not answer, so that no file is taken",
                "ตรวจว่า clamd ทำงานอยู่ และ KRABUAN_CLAMD ถูกต้อง",
                "see whether clamd runs, and KRABUAN_CLAMD is right",
            )  # fmt: skip
        else:
            yield good("virus-scanner", "โปรแกรมตรวจไวรัสตอบ", "the virus scanner answers")
    authority = proof_of(data, environment).authority
    if authority is None:
        return
    parts = urlsplit(authority.url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), PATIENCE).close()
    except (OSError, ValueError):
        yield warning(
            "time-stamps", f"ติดต่อ {parts.hostname} เพื่อประทับเวลาไม่ได้",
            f"{parts.hostname} cannot be reached for time stamps",
            "ตรวจ KRABUAN_TSA_URL และเครือข่าย; จุดตรวจสอบจะประทับเวลาภายหลัง",
            "look at KRABUAN_TSA_URL and the network; checkpoints are stamped later",
        )  # fmt: skip
    else:
        yield good("time-stamps", f"{parts.hostname} ตอบ", f"{parts.hostname} can be reached for time stamps")
