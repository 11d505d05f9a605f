"""What texts are found by: their pieces of three letters, kept by the database itself whoever writes them.

PostgreSQL has an index over a function of the text, which needs no extension; SQLite a full-text table that triggers
keep equal, and that knows which rows have a piece, not where in the text. Digits are Arabic in it, sara am is two
characters, and letters are small: whatever a text holds, its pieces then hold, too, however it is written. Texts of
more than LONGEST characters are not in it; an index of their own names them.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import DDL, Column, Table, event

from engine.store.tables.proof import comment
from engine.store.tables.running import process_instance, variable

LONGEST = 10_000
LETTERS = 3
THAI, ARABIC = "๐๑๒๓๔๕๖๗๘๙", "0123456789"
ONE_AM, TWO_AM = "\u0e33", "\u0e4d\u0e32"  # not the other way round: half of one would be lost in what it becomes
SEARCHED: Mapping[Table, Column[str]] = {
    process_instance: process_instance.c.business_id, variable: variable.c.value, comment: comment.c.text,
}  # fmt: skip
LONG: tuple[Table, ...] = (variable, comment)  # a business id is never long
_END = "char(1, 1)"  # behind a text, so that its last letters, too, begin a piece
_FUNCTION = f"""CREATE OR REPLACE FUNCTION krabuan_grams(said text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 AS $$
DECLARE
  c text[] := string_to_array(replace(translate(lower(said), '{THAI}', '{ARABIC}'), '{ONE_AM}', '{TWO_AM}'), NULL);
BEGIN RETURN array_to_tsvector(ARRAY(
  SELECT c[i] || coalesce(c[i + 1], '') || coalesce(c[i + 2], '') FROM generate_subscripts(c, 1) AS i)); END $$"""


def folded(said: str) -> str:
    """The text as its pieces are cut from it, but for the size of letters."""
    return said.translate(str.maketrans(THAI, ARABIC)).replace(ONE_AM, TWO_AM)


def statements(dialect: str, of: Table) -> list[str]:
    """What makes the index of the table's text, and fills it with what is there."""
    name, said = of.name, SEARCHED[of].name
    short = f"length({said}) <= {LONGEST}"
    if dialect == "postgresql":
        how = f"USING gin (krabuan_grams({said})) WITH (gin_pending_list_limit = 1024)"
        return [_FUNCTION, f"CREATE INDEX IF NOT EXISTS ix_{name}_grams ON {name} {how} WHERE {short}"]
    index = f"{name}_grams"
    options = "content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1'"
    return [
        f"CREATE VIRTUAL TABLE {index} USING fts5(grams, {options})",
        f"CREATE VIRTUAL TABLE {index}_of USING fts5vocab('{index}', 'instance')",
        *_kept(name, said),
        f"INSERT INTO {index} (rowid, grams) SELECT key, {_cut(said)} FROM {name} WHERE {short}",
    ]


def of_long(of: Table) -> str:
    """What makes the index of the texts that are too long for the other one."""
    long = f"length({SEARCHED[of].name}) > {LONGEST}"
    return f"CREATE INDEX IF NOT EXISTS ix_{of.name}_long ON {of.name} (process_instance_key) WHERE {long}"


def _kept(name: str, said: str) -> list[str]:
    """Triggers that keep the full-text table equal."""
    index = f"{name}_grams"

    def add(row: str) -> str:
        cut = _cut(f"{row}.{said}")
        return f"INSERT INTO {index} (rowid, grams) SELECT {row}.key, {cut} WHERE length({row}.{said}) <= {LONGEST};"

    def take(row: str) -> str:
        cut, short = _cut(f"{row}.{said}"), f"length({row}.{said}) <= {LONGEST}"
        return f"INSERT INTO {index} ({index}, rowid, grams) SELECT 'delete', {row}.key, {cut} WHERE {short};"

    changed = f"AFTER UPDATE OF {said} ON {name} WHEN old.{said} IS NOT new.{said}"
    return [
        f"CREATE TRIGGER {index}_add AFTER INSERT ON {name} BEGIN {add('new')} END",
        f"CREATE TRIGGER {index}_change {changed} BEGIN {take('old')} {add('new')} END",
        f"CREATE TRIGGER {index}_take AFTER DELETE ON {name} BEGIN {take('old')} END",
    ]


def _cut(said: str) -> str:
    """The text as SQLite cuts it."""
    for thai, arabic in zip((*THAI, ONE_AM), (*ARABIC, TWO_AM), strict=True):
        said = f"replace({said}, '{thai}', '{arabic}')"
    return f"lower({said}) || {_END}"


def _guarded() -> None:
    """Whoever makes these tables makes their indexes with them."""
    for table in SEARCHED:
        for dialect in ("sqlite", "postgresql"):
            for statement in statements(dialect, table):
                made: DDL = DDL(statement)  # type: ignore[no-untyped-call]
                event.listen(table, "after_create", made.execute_if(dialect=dialect))


_guarded()
