"""Who asks: a session's cookie, a name with password (HTTP Basic) or a bearer token becomes an actor."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Request

from api.cookies import SESSION, given
from api.runtime import Runtime
from engine.commands.keep_session import EVERY, IDLE, KeepSession
from engine.commands.refuse_sign_in import RefuseSignIn
from engine.commands.sign_in import token_hash
from engine.errors import Forbidden, NoSubstitute, Unauthorized
from engine.model.actor import SYSTEM, Actor
from engine.ports import PasswordHasher
from engine.queries.people import Account, account_of, account_of_session, account_of_token
from engine.queries.substitutions import acting_for

CSRF_HEADER = "X-CSRF-Token"
FOR_HEADER = "X-On-Behalf-Of"
IDLE_HEADER = "X-Krabuan-Idle"  # no key was pressed and nothing touched for a while
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ANONYMOUS = Actor("anonymous")
LONGEST_PASSWORD = 1024


class WrongPassword(Unauthorized):
    """The name or the password is wrong, or the account is locked for a while after wrong passwords."""

    code = "wrong-password"
    th = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง หรือบัญชีถูกพักชั่วคราวเพราะใส่รหัสผ่านผิดหลายครั้ง"


class BasicRefused(Unauthorized):
    """This account has a second factor: programs act as it by an API token, not by its password."""

    code = "basic-refused"
    th = "บัญชีนี้ใช้การยืนยันตัวตนขั้นที่สอง โปรแกรมต้องใช้โทเคน API แทนรหัสผ่าน"


class SecondFactorRequired(Forbidden):
    """Your role needs a second factor: set it up first, under my account."""

    code = "second-factor-required"
    th = "บทบาทของคุณต้องใช้การยืนยันตัวตนขั้นที่สอง โปรดตั้งค่าที่หน้าบัญชีของฉันก่อน"


class PasswordChangeRequired(Forbidden):
    """Your password is for one use: choose one of your own first, under my account."""

    code = "password-change-required"
    th = "รหัสผ่านนี้ใช้ได้ครั้งเดียว โปรดตั้งรหัสผ่านของคุณเองที่หน้าบัญชีของฉันก่อน"


class CsrfRefused(Forbidden):
    """The request does not carry the CSRF token of its session."""

    code = "csrf"
    th = "คำขอไม่มีรหัสป้องกัน CSRF ของการเข้าสู่ระบบนี้ โปรดโหลดหน้าใหม่"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, and by what. `csrf` is the token of the session's unsafe requests; None without a session.

    With `must_change`, the account can do nothing but choose a password of its own; with `must_enrol`, nothing but
    enrol a second factor."""

    account: Account
    actor: Actor
    csrf: str | None = None
    must_enrol: bool = False
    must_change: bool = False


class Verified:
    """Remembers for minutes which passwords fitted which stored hashes, so that HTTP Basic need not pay for argon2
    on every request.

    Keys are HMACs under a key of this process: a memory dump shows no password, nor a fast hash of one. What is
    remembered is the stored hash that the password fitted: after a change of password it fits nothing any more.
    """

    def __init__(self, size: int = 1024, seconds: float = 300) -> None:
        self._key = secrets.token_bytes(32)
        self._size, self._seconds = size, seconds
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, tuple[str, float]] = OrderedDict()

    def knows(self, username: str, password: str, stored: str) -> bool:
        """Whether this password was found to fit this stored hash a short time ago."""
        with self._lock:
            found = self._known.get(self._digest(username, password))
        return found is not None and found[1] > time.monotonic() and hmac.compare_digest(found[0], stored)

    def remember(self, username: str, password: str, stored: str) -> None:
        """Remember that it fits."""
        with self._lock:
            self._known[self._digest(username, password)] = (stored, time.monotonic() + self._seconds)
            while len(self._known) > self._size:
                self._known.popitem(last=False)

    def _digest(self, username: str, password: str) -> bytes:
        return hmac.digest(self._key, f"{username}\0{password}".encode(), hashlib.sha256)


class Authenticator:
    """Finds the identity of requests. Safe to share between threads."""

    def __init__(self, runtime: Runtime, second_factor: frozenset[str] = frozenset()) -> None:
        """Who has one of the roles `second_factor` must have a second factor."""
        self._runtime = runtime
        self.needs_factor = second_factor
        self._verified = Verified()
        self._hasher: PasswordHasher = runtime.bus.services.hasher
        # verified against when nobody has the name, so that the time taken does not tell
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def identify(self, request: Request) -> Identity:
        """Who asks, and in whose name, where the request says so. Raises what `_identify` raises, and NoSubstitute."""
        found = self._identify(request)
        found = replace(found, must_enrol=self._must_enrol(found), must_change=_must_change(request, found))
        absent = request.headers.get(FOR_HEADER)
        if absent is None:
            return found
        if "\0" in absent or len(absent) > 256:
            raise NoSubstitute()
        with self._runtime.database.read() as db:
            return replace(found, actor=acting_for(db, found.actor, absent, self._now()))

    def _identify(self, request: Request) -> Identity:
        """Who asks. Raises Unauthorized, WrongPassword, BasicRefused, and CsrfRefused for unsafe requests by cookie
        without token."""
        header = request.authorization
        if header is not None and header.type == "basic":
            account = self.verify(header.username or "", header.password or "")
            if account.second_factor:
                raise BasicRefused()
            return Identity(account, account.actor())
        if header is not None and header.type == "bearer" and header.token:
            return self._by_token(header.token)
        cookie = given(SESSION)
        if header is not None or not cookie:
            raise Unauthorized()
        with self._runtime.database.look() as db:
            found = account_of_session(db, token_hash(cookie), self._now())
        if found is None or found.csrf is None:
            raise Unauthorized()
        if request.method not in SAFE_METHODS:
            sent = request.headers.get(CSRF_HEADER, "")
            if not hmac.compare_digest(sent.encode(), found.csrf.encode()):
                raise CsrfRefused()
        self._keep(request, found, cookie)
        return Identity(found, replace(found.actor(), at_pages=True), found.csrf)

    def _keep(self, request: Request, account: Account, token: str) -> None:
        """Somebody works in the session: it does not end yet. A page that asks by itself, because something changed
        elsewhere, says that nobody does."""
        if request.headers.get(IDLE_HEADER) is not None or request.path == "/v2/events" or account.idle_at is None:
            return
        if account.idle_at - self._now() < IDLE - EVERY:
            self._runtime.bus.run(KeepSession(token_hash(token)), SYSTEM)

    def _must_enrol(self, found: Identity) -> bool:
        """Whoever signed in elsewhere gave what that provider asks for; without a password there is no sign-in here."""
        account = found.account
        has_or_needs_none = account.second_factor or account.elsewhere or account.password_hash is None
        return not has_or_needs_none and bool(found.actor.roles & self.needs_factor)

    def verify(self, username: str, password: str) -> Account:
        """The active account with this name and password. Raises WrongPassword, without telling which was wrong."""
        if "\0" in username or len(password) > LONGEST_PASSWORD:
            raise WrongPassword()
        with self._runtime.database.look() as db:
            account = account_of(db, username)
        stored = None if account is None else self._stored(account)
        locked = account is not None and account.locked_until is not None and account.locked_until > self._now()
        # while locked, what is remembered opens nothing either: a guess may hit what its owner used a minute ago
        remembered = stored is not None and not locked and self._verified.knows(username, password, stored)
        if account is not None and remembered:
            return account
        fits = self._hasher.verify(stored or self._nobody, password)
        if account is None or stored is None or locked or not fits:
            if not locked and not fits:
                self._runtime.bus.run(RefuseSignIn(username), ANONYMOUS)
            raise WrongPassword()
        self._verified.remember(username, password, stored)
        return account

    def _stored(self, account: Account) -> str | None:
        """The hash that a password has to fit; None where no password opens the account."""
        over = account.one_time_until is not None and account.one_time_until <= self._now()
        return account.password_hash if account.active and not over else None

    def _by_token(self, token: str) -> Identity:
        with self._runtime.database.look() as db:
            found = account_of_token(db, token_hash(token), self._now())
        if found is None:
            raise Unauthorized()
        return Identity(found, found.actor())

    def _now(self) -> datetime:
        return self._runtime.clock.now()


def _must_change(request: Request, found: Identity) -> bool:
    """Tokens and other providers prove more than the password that was made for one use."""
    by_token = request.authorization is not None and request.authorization.type == "bearer"
    return found.account.one_time_until is not None and not found.account.elsewhere and not by_token
