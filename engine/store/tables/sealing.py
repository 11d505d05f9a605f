"""What history needs to tell people and personal data openly: whoever deletes a row here erases what it opens."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from engine.store.tables.base import instance_column, metadata
from engine.store.tables.stamps import stamping, watch

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


def statements(dialect: str, table: str) -> list[str]:
    """What makes a table of this database change the stamp with itself."""
    return stamping(dialect, STAMP, "stamp", table, WATCHED[table])


watch(STAMP, "stamp", WATCHED)
