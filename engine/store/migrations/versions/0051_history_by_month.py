"""History gets a partition for each month in which cases begin, on PostgreSQL; what is there becomes the first. And
histories can be moved to files."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables.append_only import rules, statements
from engine.store.tables.base import KEY
from engine.store.tables.months import BEFORE, TABLE, over_the_old

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_CERTIFIED, _TYPE = f"{TABLE}_certified", f"ix_{TABLE}_type"
_LIKE = f"CREATE TABLE {TABLE} (LIKE {BEFORE} INCLUDING DEFAULTS) PARTITION BY RANGE (process_instance_key)"
_CASE = f"ALTER TABLE {TABLE} ADD FOREIGN KEY (process_instance_key) REFERENCES process_instance (key)"


def upgrade() -> None:
    """First what is quick, so that what keeps others waiting comes last."""
    _archives()
    if op.get_bind().dialect.name == "postgresql":
        _months()
        return
    op.execute(f"DROP TRIGGER {TABLE}_no_delete")
    op.execute(rules("sqlite", TABLE)[1])


def _months() -> None:
    """No row is moved: the table takes another name and is attached under its old one, by one lock. Statements of the
    release before mean the same afterwards; those that come meanwhile wait for as long as PostgreSQL needs to see that
    every row fits, a second for some million. Nobody is kept waiting behind a reader that goes on for long."""
    _lock()
    for statement in (
        f"DROP TRIGGER {_CERTIFIED} ON {TABLE}",  # it comes back from the whole
        f"ALTER TABLE {TABLE} RENAME TO {BEFORE}", f"ALTER INDEX {TABLE}_pkey RENAME TO {BEFORE}_pkey",
        f"ALTER INDEX {_TYPE} RENAME TO {BEFORE}_type", _LIKE, _CASE,
        f"ALTER TABLE {TABLE} ADD PRIMARY KEY (process_instance_key, sequence)",
        f"CREATE INDEX {_TYPE} ON {TABLE} (process_instance_key, type)",
        *rules("postgresql", TABLE), *over_the_old(), *_granted(),
    ):  # fmt: skip
        op.execute(statement)


def _lock() -> None:
    """History first, then the table that it refers to, as most commands come to them. A third of a second each, so that
    others go on in between, and so that who holds one and wants the other is never the victim of a deadlock (PostgreSQL
    looks for those after a second). Raises OperationalError after a minute of it."""
    op.execute(f"""DO $$ BEGIN
      FOR attempt IN 1..60 LOOP
        BEGIN
          PERFORM set_config('lock_timeout', '300ms', true);
          LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE;
          LOCK TABLE process_instance IN SHARE ROW EXCLUSIVE MODE;
          PERFORM set_config('lock_timeout', '300ms', true);
          RETURN;
        EXCEPTION WHEN lock_not_available THEN PERFORM pg_sleep(0.2);
        END;
      END LOOP;
      RAISE EXCEPTION 'history is in use by a long transaction: try again later' USING ERRCODE = 'lock_not_available';
    END $$""")


def _granted() -> list[str]:
    """Who was granted rights on the table has them on the whole."""
    return [f"""DO $$ DECLARE one record; BEGIN
      FOR one IN SELECT grantee, privilege_type, is_grantable FROM information_schema.role_table_grants
        WHERE table_schema = current_schema() AND table_name = '{BEFORE}' AND grantee <> current_user LOOP
        EXECUTE format('GRANT %s ON {TABLE} TO %s', one.privilege_type,
          CASE one.grantee WHEN 'PUBLIC' THEN 'PUBLIC' ELSE quote_ident(one.grantee) END);
      END LOOP; END $$"""]  # fmt: skip


def _archives() -> None:
    op.create_table(
        "history_archive",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("ordered_by", sa.String(length=256), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "archived_case",
        sa.Column("process_instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("archive_key", KEY, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["archive_key"], ["history_archive.key"]),
        sa.PrimaryKeyConstraint("process_instance_key", "archive_key"),
    )
    op.create_index("ix_archived_case_archive_key", "archived_case", ["archive_key"])
    op.create_table(
        "restored_case",
        sa.Column("process_instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("archive_key", KEY, nullable=False),
        sa.Column("restored_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["archive_key"], ["history_archive.key"]),
        sa.PrimaryKeyConstraint("process_instance_key", "archive_key"),
    )
    for table in ("history_archive", "archived_case", "restored_case"):
        for statement in statements(op.get_bind().dialect.name, table):
            op.execute(statement)
