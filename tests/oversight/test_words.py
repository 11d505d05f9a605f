"""Words among cases: whatever index leads to them, the same cases are found as when each is asked."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager

import orjson
import pytest
from sqlalchemy import delete, insert, select, text, update

from engine.queries import instances, words
from engine.queries.filters import said_by
from engine.queries.instances import search_instances
from engine.queries.noun import Context
from engine.queries.search import Search
from engine.queries.words import number_sought, pieces_of, words_sought
from engine.store import tables as t
from engine.store.tables.grams import LONGEST, folded
from tests.controls.points import process
from tests.dsl import AUDITOR, OWNER, Office, person

LETTERS = 'กขคำํา๑๒12aBÉ"\\%_ \n'
LATEST = ({"field": "startDate", "order": "DESC"},)


def found(office: Office, filter: dict[str, object], **page: object) -> list[int]:
    with office.database.read() as db:
        items = search_instances(db, AUDITOR, Search(filter, LATEST, page))["items"]
    return sorted(int(item["processInstanceKey"]) for item in items)


def asked_of_each(office: Office, said: str) -> list[int]:
    """Without any index."""
    with office.database.read() as db:
        asked = words_sought(said, Context(db.dialect.name, AUDITOR)).asked
        return sorted(db.execute(select(t.process_instance.c.key).where(asked)).scalars())


@contextmanager
def led_by(way: str) -> Iterator[None]:
    """To cases one by one, by keys of few, or by what they hold."""
    with pytest.MonkeyPatch.context() as patch:
        if way != "one by one":
            patch.setattr(instances, "NEXT", 0)
        if way == "by what they hold":
            patch.setattr(words, "FEW", 0)
        yield


def some_text(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randrange(1, 14)))


@pytest.fixture
def said(office: Office) -> Office:
    """Twelve cases that say something by chance: in their numbers, data and comments, some of it changed or deleted."""
    chance = random.Random(7)
    office.deploy(process(""))
    keys = [office.start(a=some_text(chance), b={"c": [some_text(chance), 12]}, d=5) for _ in range(12)]
    with office.database.write() as db:
        for key in keys:
            db.execute(update(t.process_instance).where(t.process_instance.c.key == key).values(business_id=some_text(chance)))
            row = {"key": key + 9, "process_instance_key": key, "author": "x", "written_at": office.clock.now()}
            db.execute(insert(t.comment), [{**row, "text": some_text(chance)}])
        mine = t.variable.c.process_instance_key
        db.execute(delete(t.variable).where(mine == keys[0], t.variable.c.name == "a"))
        value = orjson.dumps(some_text(chance)).decode()
        db.execute(update(t.variable).where(mine == keys[1], t.variable.c.name == "a").values(value=value))
        db.execute(delete(t.comment).where(t.comment.c.process_instance_key == keys[2]))
        db.execute(update(t.comment).where(t.comment.c.process_instance_key == keys[3]).values(text=some_text(chance)))
    return office


def test_every_text_is_found_as_if_each_case_were_asked(said: Office) -> None:
    """Of one letter to six, with digits of both kinds, halves of a sara am, and what means something to databases."""
    chance, met = random.Random(3), 0
    for _ in range(30):
        wanted = "".join(chance.choice(LETTERS) for _ in range(chance.choice((1, 1, 2, 2, 3, 4)))).strip()
        if wanted:
            expected = asked_of_each(said, wanted)
            met += bool(expected)
            for way in ("one by one", "by keys", "by what they hold"):
                with led_by(way):
                    assert found(said, {"words": wanted}) == expected, (wanted, way)
                    assert found(said, {"$or": [{"words": wanted}]}) == expected, wanted
    assert met > 10


def test_parts_of_what_is_there_are_found(said: Office) -> None:
    with said.database.read() as db:
        rows = [(r.process_instance_key, r.value) for r in db.execute(select(t.variable).where(t.variable.c.name == "a"))]
    for key, value in rows:
        whole = orjson.loads(value)
        for at in range(len(whole)):
            if part := whole[at : at + 5].strip():
                with led_by("by keys"):
                    assert key in found(said, {"words": part}), (whole, part)


def test_what_is_gone_is_in_no_piece(said: Office) -> None:
    """PostgreSQL sees to it that an index has what its table has; on SQLite it is triggers that do."""
    with said.database.write() as db:
        for table in (t.variable, t.comment):
            db.execute(delete(table))
        db.execute(update(t.process_instance).values(business_id=None))
        for table in ("variable", "comment", "process_instance") if said.database.is_sqlite else ():
            assert db.execute(text(f"SELECT count(*) FROM {table}_grams_of")).scalar_one() == 0
    with led_by("by what they hold"):
        assert found(said, {"words": "1"}) == found(said, {"words": "ก"}) == []


def test_a_long_text_is_found_as_well(office: Office) -> None:
    office.deploy(process(""))
    key = office.start(a="ก" * LONGEST + "ท้ายสุด")
    office.start(a="ก" * 50)
    for way in ("one by one", "by keys", "by what they hold"):
        with led_by(way):
            assert found(office, {"words": "ท้ายสุด"}) == [key]
            office.key = key
    with office.database.write() as db:
        mine = (t.variable.c.process_instance_key == key, t.variable.c.name == "a")
        db.execute(update(t.variable).where(*mine).values(value='"สั้นลง"'))
    with led_by("by keys"):
        assert (found(office, {"words": "ท้ายสุด"}), found(office, {"words": "สั้นล"})) == ([], [key])


def test_pages_go_on_from_the_nearest_to_the_rarest(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first pages are among the next cases, the last one is found by the index: nothing is lost between them."""
    monkeypatch.setattr(instances, "NEXT", 10)
    office.deploy(process(""))
    keys = [office.start(a="คำขอ" if n % 3 else "อื่น") for n in range(15)]
    wanted = [key for n, key in enumerate(keys) if n % 3]
    seen: list[int] = []
    page: dict[str, object] = {"limit": 1}
    while True:
        with office.database.read() as db:
            told = search_instances(db, AUDITOR, Search({"words": "คำขอ"}, LATEST, page))
        if not told["items"]:
            break
        assert told["page"]["totalItems"] == len(wanted) or told["page"]["hasMoreTotalItems"]
        seen += [int(item["processInstanceKey"]) for item in told["items"]]
        page = {"limit": 1, "after": told["page"]["endCursor"]}
    assert seen == wanted[::-1]
    before = {"limit": 1, "before": told["page"]["startCursor"] or page["after"]}
    with office.database.read() as db:
        told = search_instances(db, AUDITOR, Search({"words": "คำขอ"}, LATEST, before))
    assert [int(item["processInstanceKey"]) for item in told["items"]] == [wanted[1]]


def fits(number: str, pattern: str) -> bool:
    """Whether a number is what the pattern asks for, by Python's own means."""
    pieces = re.findall(r"\\.|.", pattern, re.DOTALL)
    said = "".join({"*": ".*", "?": "."}.get(piece, re.escape(piece[-1])) for piece in pieces)
    return re.fullmatch(said, number, re.DOTALL) is not None


def test_a_pattern_of_numbers_finds_what_fits_it(said: Office) -> None:
    """Whatever leads to them; each pattern is a part of a number that is there, some of its letters made free."""
    with said.database.read() as db:
        numbers = {row.key: row.business_id for row in db.execute(select(t.process_instance))}
    chance, texts = random.Random(5), list(numbers.values())
    for _ in range(60):
        number = chance.choice(texts)
        first, last = sorted(chance.sample(range(len(number) + 1), 2))
        letters = [chance.choice((*(one.replace("\\", "\\\\"),) * 4, "?", "*")) for one in number[first:last]]
        pattern = "*" * (first > 0) + "".join(letters) + "*" * (last < len(number))
        expected = sorted(key for key, number in numbers.items() if fits(number, pattern))
        for way in ("one by one", "by keys", "by what they hold"):
            with led_by(way):
                assert found(said, {"businessId": {"$like": pattern}}) == expected, (pattern, way)


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [("ab*", ["ab", ""]), ("*", ["", ""]), ("a?b", ["a", "b"]), (r"\*a\?*\\", ["*a?", "\\"]), ("", [""]), ("\\", ["\\"])],
)
def test_a_pattern_says_texts_between_what_is_free(pattern: str, texts: list[str]) -> None:
    assert said_by(pattern) == texts


@pytest.mark.parametrize("pattern", ["?", "*", "??*", "İ*"])
def test_what_no_piece_tells_is_asked_of_each(said: Office, pattern: str) -> None:
    with said.database.read() as db:
        assert number_sought({"$like": pattern}, Context(db.dialect.name, AUDITOR)) is None


def test_the_index_shows_nobody_what_may_not_be_seen(said: Office) -> None:
    stranger = person("stranger", "nowhere")
    for way in ("one by one", "by keys", "by what they hold"):
        with led_by(way), said.database.read() as db:
            assert search_instances(db, stranger, Search({"words": "1"}))["page"]["totalItems"] == 0
            assert search_instances(db, OWNER, Search({"words": "1"}))["items"]


@pytest.mark.parametrize(
    ("whole", "pieces"),
    [("ab", ["ab"]), ("abc", ["abc"]), ("abcd", ["abc", "bcd"]), ("abcdefgh", ["abc", "def", "fgh"]), ("๑ำ", ["1\u0e4d\u0e32"])],
)
def test_pieces_cover_the_whole_text(whole: str, pieces: list[str]) -> None:
    assert pieces_of(whole) == pieces
    assert folded("ทำ ๒") == folded("ท\u0e4d\u0e32 2") == "ท\u0e4d\u0e32 2"
