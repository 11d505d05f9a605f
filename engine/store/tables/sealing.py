"""What history needs to tell people and personal data openly: whoever deletes a row here erases what it opens."""

from __future__ import annotations

from sqlalchemy import DDL, Column, String, Table, event

from engine.store.tables.base import instance_column, metadata

pseudonym = Table(
    "pseudonym",  # what an account is called in history (model/sealed.py)
    metadata,
    Column("pseudonym", String(34), primary_key=True),
    Column("username", String(256), nullable=False, unique=True),
    Column("salt", String(64), nullable=False),  # 32 random bytes, hexadecimal
)

case_key = Table(
    "case_key",  # of the personal data in the history of one case, made when it first has some
    metadata,
    instance_column(primary_key=True, autoincrement=False),
    Column("key_id", String(32), nullable=False, unique=True),  # made from the key
    Column("key", String(64), nullable=False),  # 32 random bytes, hexadecimal
)

STAMP = "sealing"  # the name of a setting; its value is another whenever one of these tables changes:
WATCHED = {
    "person": ("username", "display_name", "email"),
    "marked_field": ("personal", "access_class"),
    "form_use": ("form_id",),
}
_UPSERT = "INSERT INTO setting (name, value) VALUES ('{stamp}', {value}) ON CONFLICT (name) DO UPDATE SET value = {new}"
_RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "md5(random()::text || clock_timestamp()::text)"}


def statements(dialect: str, table: str) -> list[str]:
    """What makes a table of this database change the stamp with itself."""
    action = _UPSERT.format(stamp=STAMP, value=_RANDOM[dialect], new="excluded.value")
    columns = WATCHED[table]
    if dialect == "postgresql":
        function = f"""CREATE OR REPLACE FUNCTION krabuan_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {action}; RETURN NULL; END $$"""
        changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        run = "EXECUTE FUNCTION krabuan_stamp()"
        return [
            function,
            f"CREATE TRIGGER {table}_stamp AFTER INSERT OR DELETE ON {table} FOR EACH STATEMENT {run}",
            f"CREATE TRIGGER {table}_stamp_update AFTER UPDATE ON {table} FOR EACH ROW WHEN ({changed}) {run}",
        ]
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    return [
        f"CREATE TRIGGER {table}_stamp_{verb.lower()} AFTER {verb} ON {table}{when} BEGIN {action}; END"
        for verb, when in (("INSERT", ""), ("DELETE", ""), ("UPDATE", f" WHEN {changed}"))
    ]


for _name in WATCHED:
    for _dialect in ("sqlite", "postgresql"):
        for _statement in statements(_dialect, _name):
            _made: DDL = DDL(_statement)  # type: ignore[no-untyped-call]
            event.listen(metadata.tables[_name], "after_create", _made.execute_if(dialect=_dialect))
