"""Cases by words: found by the pieces of three letters that texts have (store/tables/grams.py), and then asked.

What is rare is found by its pieces. What is frequent is soon met among the cases that come next, without any; so these
are asked first (queries/instances.py), and nothing has to know beforehand which of both it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    and_,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from engine.errors import InvalidArgument
from engine.queries.filters import among, compile_field, contains, led_by, said_by
from engine.queries.masking import masked_variable, reach
from engine.queries.noun import Context
from engine.queries.visibility import contents_too
from engine.store.tables import comment, variable
from engine.store.tables import process_definition as pd
from engine.store.tables import process_instance as pi
from engine.store.tables.grams import ARABIC, LETTERS, LONG, LONGEST, ONE_AM, SEARCHED, THAI, TWO_AM, folded

LONGEST_WORDS = 200
FEW = 5_000  # cases that are named one by one, instead of by what they hold
_TO_THAI, _TO_ARABIC = str.maketrans(ARABIC, THAI), str.maketrans(THAI, ARABIC)
_CHANGING = "İΣ"  # in small letters these may be more than one, or depend on what follows
_LAST = "\U0010ffff"
_OfText = Callable[["ColumnElement[Any]"], "ColumnElement[bool]"]  # what is asked of a text


@dataclass(frozen=True, slots=True)
class Sought:
    """`asked` is asked of a case, whatever else is; `parts` are queries of the keys of cases which may be those, and no
    others are: None where no piece tells."""

    asked: ColumnElement[bool]
    parts: tuple[Select[Any], ...] | None
    dialect: str

    @property
    def condition(self) -> ColumnElement[bool]:
        """What is asked, of those alone that may be it."""
        return and_(self._possible, self.asked)

    @property
    def _possible(self) -> ColumnElement[bool]:
        return true() if self.parts is None else led_by(pi.c.key, union_all(*self.parts), self.dialect)

    def narrowed(self, db: Connection) -> ColumnElement[bool]:
        """Whether it may be a case at all; where they are but FEW, by their keys."""
        keys: set[int] = set()
        for part in self.parts or ():
            keys.update(db.execute(part.limit(FEW + 1)).scalars())
            if len(keys) > FEW:
                break
        few = self.parts is not None and len(keys) <= FEW
        return among(pi.c.key, sorted(keys)) if few else self._possible


def text_sought(value: Any, context: Context) -> Sought:
    """By the filter `text`: in the number and the name of the case. Raises InvalidArgument."""
    if not isinstance(value, str):
        raise InvalidArgument("filter: text is text")
    return _own((value,), context)


def words_sought(value: Any, context: Context) -> Sought:
    """By the filter `words`: in the number and the name of the case; and, for who may read what it holds, in its
    comments and its data. Raises InvalidArgument."""
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= LONGEST_WORDS or "\0" in value:
        raise InvalidArgument(f"filter: words is a text of 1 to {LONGEST_WORDS} characters")
    ways = spellings(value.strip())
    written = [orjson.dumps(way).decode()[1:-1] for way in ways]
    own, row, said = _own(ways, context), variable.alias(), comment.alias()
    seen = ~masked_variable(reach(context.actor), row.c, pi.c.root_key)
    held = select(row.c.key).where(row.c.process_instance_key == pi.c.key, _any_of((row.c.value,), written), seen)
    told = select(said.c.key).where(said.c.process_instance_key == pi.c.key, _any_of((said.c.text,), ways))
    inside = and_(contents_too(context.actor, pi.c.key, pi.c.process_id), or_(told.exists(), held.exists()))
    asked = or_(own.asked, inside)
    if own.parts is None:
        return Sought(asked, None, context.dialect)
    in_texts = _rows(comment, ways[0], lambda said: _any_of((said,), ways), context)
    in_data = _rows(variable, written[0], lambda said: _any_of((said,), written), context)
    parts = (*own.parts, *in_texts, *in_data)
    return Sought(asked, parts, context.dialect)


def number_sought(value: Any, context: Context) -> Sought | None:
    """By the filter `businessId`, where it asks for a pattern in which something stands; else an ordinary index leads
    to what it asks, or nothing does. Raises InvalidArgument."""

    def there(number: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(True, *compile_field("businessId", number, "string", value, context))

    asked = there(pi.c.business_id)
    texts = said_by(value["$like"]) if isinstance(value, Mapping) and "$like" in value else [""]
    longest = max(texts, key=len)
    if not _told_by_pieces(longest):
        return None
    if longest == texts[0] and context.dialect == "sqlite":  # its ordinary index knows how texts begin
        return Sought(asked, (select(pi.c.key).where(asked),), context.dialect)
    return Sought(asked, tuple(_rows(pi, longest, there, context)), context.dialect)


def spellings(text: str) -> list[str]:
    """The text as different keyboards write it: digits Thai or Arabic, sara am as one character or as two."""
    one = text.replace(TWO_AM, ONE_AM)
    ways = [text, *(w for form in (one, one.replace(ONE_AM, TWO_AM)) for w in (form, form.translate(_TO_THAI)))]
    ways += [form.translate(_TO_ARABIC) for form in (one, one.replace(ONE_AM, TWO_AM))]
    return list(dict.fromkeys(ways))


def _own(ways: Sequence[str], context: Context) -> Sought:
    """What a case is called: its number, and its process."""
    called = _any_of((pd.c.process_id, pd.c.name, pd.c.name_en), ways)
    asked = or_(_any_of((pi.c.business_id,), ways), pi.c.definition_key.in_(select(pd.c.key).where(called)))
    if not _told_by_pieces(ways[0]):
        return Sought(asked, None, context.dialect)
    case = pi.alias()
    # from processes to their cases, by the index that has them: + 0 keeps SQLite from going the other way
    its = and_(case.c.process_id == pd.c.process_id, case.c.definition_key == pd.c.key + 0)
    of_process = select(case.c.key).select_from(pd.join(case, its)).where(called)
    numbered = _rows(pi, ways[0], lambda said: _any_of((said,), ways), context)
    return Sought(asked, (*numbered, of_process), context.dialect)


def _told_by_pieces(way: str) -> bool:
    return way != "" and not any(letter in way for letter in _CHANGING)


def _rows(of: Table, way: str, asked: _OfText, context: Context) -> list[Select[Any]]:
    """The cases of the rows whose text is as asked; which no text is without the pieces of this way."""
    row = of.alias()
    said, size = row.c[SEARCHED[of].name], literal_column(str(LONGEST), Integer)  # as the indexes say it
    cases, there = select(row.c.key if of is pi else row.c.process_instance_key), asked(said)
    if context.dialect == "postgresql":
        found = cases.where(_has(func.krabuan_grams(said), way), func.length(said) <= size, there)
    else:
        found = _by_table(of, row, cases, way).where(there)
    return [found, cases.where(func.length(said) > size, there)] if of in LONG else [found]


def _has(grams: ColumnElement[Any], way: str) -> ColumnElement[bool]:
    """PostgreSQL: whether a text has all pieces of this one."""
    pieces = pieces_of(way)
    quoted = ["'" + one.replace("\\", "\\\\").replace("'", "''") + "'" for one in pieces]
    wanted = " & ".join(quoted) if len(pieces[0]) == LETTERS else f"{quoted[0]}:*"
    return grams.op("@@", is_comparison=True)(cast(func.lower(wanted), TSQUERY))


def _by_table(of: Table, row: Any, cases: Select[Any], way: str) -> Select[Any]:
    """SQLite: the rows whose text has all pieces of this one; of fewer letters than a piece has, those with a piece
    that begins with them."""
    name, pieces = f"{of.name}_grams", pieces_of(way)
    if len(pieces[0]) == LETTERS:
        index = table(name, column("rowid"), column(name))
        quoted = " ".join('"' + one.replace('"', '""') + '"' for one in pieces)
        wanted = index.c[name].op("MATCH", is_comparison=True)(func.lower(quoted))
        return cases.select_from(index.join(row, row.c.key == index.c.rowid)).where(wanted)
    piece = table(f"{name}_of", column("term"), column("doc"))
    begins = func.lower(pieces[0])
    begin = (piece.c.term >= begins, piece.c.term < begins + literal(_LAST))
    return cases.select_from(piece.join(row, row.c.key == piece.c.doc)).where(*begin)


def pieces_of(way: str) -> list[str]:
    """Pieces of which a text has all, if it holds this one; the text itself where it is shorter than a piece."""
    said = folded(way)
    last = len(said) - LETTERS
    return [said[at : at + LETTERS] for at in dict.fromkeys([*range(0, last, LETTERS), last])] if last > 0 else [said]


def _any_of(columns: Sequence[ColumnElement[Any]], ways: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(contains(one, way) for one in columns for way in ways))
