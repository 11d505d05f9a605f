"""One suite for each port, run over every adapter and over the doubles of the tests and scenarios."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.adapters.clock import SystemClock, TestClock
from engine.adapters.keys import CountingKeys, Keys
from engine.adapters.passwords import Passwords
from engine.adapters.scheduler import Scheduler
from engine.adapters.vault import KeyVault, open_vault
from engine.ports import Clock, Courier, KeySource, PasswordHasher, Vault, Wakeup
from engine.scenarios.world import NobodysPassword
from tests.dsl import START, PlainHasher
from tests.notify.post_office import parcel, post_office


class TestClocks:
    """The present moment: aware, in UTC, never going back."""

    @pytest.fixture(params=[SystemClock, lambda: TestClock(START)], ids=["system", "test"])
    def port(self, request: pytest.FixtureRequest) -> Clock:
        made: Clock = request.param()
        return made

    def test_it_is_aware_and_utc(self, port: Clock) -> None:
        assert port.now().tzinfo is UTC

    def test_it_never_goes_back(self, port: Clock) -> None:
        moments = [port.now() for _ in range(1000)]
        assert moments == sorted(moments)

    def test_the_test_clock_is_moved_on_only(self) -> None:
        clock = TestClock(START)
        clock.advance(timedelta(hours=1))
        with pytest.raises(ValueError):
            clock.set(START)
        bangkok = datetime.fromisoformat("2026-04-11T00:00:00+07:00")
        clock.set(bangkok)
        assert clock.now() == bangkok and clock.now().tzinfo is UTC


class TestKeySources:
    """Positive, within 63 bits, growing, never twice, whoever asks."""

    @pytest.fixture(params=[Keys, lambda: Keys(0), lambda: Keys(2**14 - 1), CountingKeys], ids=["random", "first", "last", "counting"])
    def port(self, request: pytest.FixtureRequest) -> KeySource:
        made: KeySource = request.param()
        return made

    def test_they_grow_and_fit(self, port: KeySource) -> None:
        keys = [port.next() for _ in range(10_000)]
        assert keys == sorted(set(keys))
        assert keys[0] > 0 and keys[-1] < 2**63

    def test_threads_get_different_ones(self, port: KeySource) -> None:
        barrier, found = threading.Barrier(4), [[] for _ in range(4)]  # type: ignore[var-annotated]

        def draw(mine: list[int]) -> None:
            barrier.wait(30)
            mine.extend(port.next() for _ in range(2000))

        threads = [threading.Thread(target=draw, args=(mine,)) for mine in found]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        if not isinstance(port, CountingKeys):  # the counting ones belong to one thread
            assert len({key for mine in found for key in mine}) == 8000
        assert all(mine == sorted(mine) for mine in found)

    def test_two_processes_draw_different_ones(self) -> None:
        one, two = Keys(1), Keys(2)
        assert not {one.next() for _ in range(1000)} & {two.next() for _ in range(1000)}

    def test_a_process_that_was_forked_draws_its_own(self) -> None:
        keys = Keys()
        before = {keys.next() >> 8 & 0x3FFF for _ in range(3)}
        numbers = set()
        for _ in range(20):
            keys.forked()
            numbers.add(keys.next() >> 8 & 0x3FFF)
        assert len(before) == 1 and len(numbers) > 10

    def test_a_key_drawn_later_is_greater_across_processes(self) -> None:
        one, two = Keys(1000), Keys(1)
        first = one.next()
        while (second := two.next()) >> 22 == first >> 22:  # the same millisecond
            pass
        assert second > first


class TestCouriers:
    """Carry parcels, in Thai, again and again, also after a rest."""

    @pytest.fixture(params=["mail"])
    def port(self) -> Iterator[Courier]:
        with post_office() as (_, courier):
            yield courier

    def test_it_takes_parcels(self, port: Courier) -> None:
        for key in range(3):
            port.deliver(parcel(key=key))
        port.rest()
        port.rest()
        port.deliver(parcel(key=4))


class TestPasswordHashers:
    """Only the right password verifies, if any does; rubbish never raises."""

    @pytest.fixture(params=[lambda: Passwords(8, 1), PlainHasher, NobodysPassword], ids=["argon2", "plain", "nobody"])
    def port(self, request: pytest.FixtureRequest) -> PasswordHasher:
        made: PasswordHasher = request.param()
        return made

    def test_the_right_one_and_the_wrong_ones(self, port: PasswordHasher) -> None:
        hashed = port.hash("รหัสผ่าน ๑๒๓")
        assert port.verify(hashed, "รหัสผ่าน ๑๒๓") is not isinstance(port, NobodysPassword)
        for wrong in ("", "รหัสผ่าน ๑๒๔", "รหัสผ่าน ๑๒๓ ", "x" * 10_000):
            assert port.verify(hashed, wrong) is False

    @pytest.mark.parametrize("rubbish", ["", "!", "$argon2id$", "plain", "\x00"])
    def test_what_is_no_hash_verifies_nothing(self, port: PasswordHasher, rubbish: str) -> None:
        assert port.verify(rubbish, "password") is False

    def test_argon2_is_salted(self) -> None:
        hasher = Passwords(8, 1)
        assert hasher.hash("same") != hasher.hash("same")
        assert hasher.hash("same").startswith("$argon2id$")


class TestVaults:
    """What is sealed is opened by the same key about the same thing, and by nothing else."""

    @pytest.fixture
    def port(self) -> Vault:
        return KeyVault(bytes(32))

    def test_it_opens_what_it_sealed(self, port: Vault) -> None:
        sealed = port.seal("ความลับ", "ann")
        assert port.open(sealed, "ann") == "ความลับ" and port.seal("ความลับ", "ann") != sealed

    @pytest.mark.parametrize("rubbish", ["", "!", "AAAA", "ก", "A" * 100])
    def test_what_was_not_sealed_is_refused(self, port: Vault, rubbish: str) -> None:
        with pytest.raises(ValueError):
            port.open(rubbish, "ann")

    def test_another_key_and_another_thing_open_nothing(self, port: Vault) -> None:
        sealed = port.seal("secret", "ann")
        for other, about in ((port, "ben"), (KeyVault(bytes(31) + b"x"), "ann")):
            with pytest.raises(ValueError):
                other.open(sealed, about)

    def test_marks_are_known_again_by_the_same_key_alone(self, port: Vault) -> None:
        mark = port.mark("code", "ann")
        assert len(mark) == 64 and port.mark("code", "ann") == mark
        assert mark not in (port.mark("code", "ben"), KeyVault(bytes(31) + b"x").mark("code", "ann"))

    def test_the_key_is_made_once_for_its_owner_alone(self, tmp_path: Path) -> None:
        file = tmp_path / "new" / "factor.key"
        sealed = open_vault(file).seal("secret", "ann")
        assert file.stat().st_mode & 0o777 == 0o600
        assert open_vault(file).open(sealed, "ann") == "secret"
        file.chmod(0o640)
        with pytest.raises(PermissionError):
            open_vault(file)
        file.chmod(0o600)
        file.write_bytes(b"c2hvcnQ=")
        with pytest.raises(OSError):
            open_vault(file)


class TestWakeups:
    """May be told often, from any thread, in any order."""

    @pytest.fixture
    def port(self) -> Iterator[Wakeup]:
        scheduler = Scheduler(lambda: 0, lambda: None)
        scheduler.start()
        yield scheduler
        scheduler.stop()

    def test_it_is_told_from_many_threads(self, port: Wakeup) -> None:
        now, failed = datetime.now(UTC), []

        def tell(order: Callable[[range], object]) -> None:
            try:
                for minutes in list(order(range(50))):  # type: ignore[call-overload]
                    port.wake_at(now + timedelta(minutes=minutes))
            except Exception as error:
                failed.append(error)

        threads = [threading.Thread(target=tell, args=(order,)) for order in (list, reversed, list, reversed)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert failed == []
