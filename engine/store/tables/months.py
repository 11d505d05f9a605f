"""History by month on PostgreSQL: a partition holds the events of all cases that began in one month.

The key of a case tells when it began (adapters/keys.py), so a range of keys is a month. That keeps the chain of a case
in one place: reading, verifying or archiving a case touches one partition, whatever its age and however long it runs,
and `(process_instance_key, sequence)` stays unique over all months, which is what keeps two writers of one case apart.
Were the moment of the event the bound, it would have to be part of that key, and the rule would be lost.

What was there before there were months is a partition as well (`history_event_before`). Months are made ahead of time,
and what fits into none goes to `history_event_rest`: a write never fails for want of a month. SQLite has one table.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DDL, Connection, Table, event, text

TABLE = "history_event"
BEFORE, REST = f"{TABLE}_before", f"{TABLE}_rest"
AHEAD = 3  # months after the present one
_MOST = 36  # which anybody may have made by asking for them
_EPOCH_MS, _BITS = 1_767_225_600_000, 22  # as adapters/keys.py says
_TRIGGER = f"{TABLE}_append_only"  # on every partition too: a statement on one of them does not fire those of the whole

# the first key of the month in which a moment lies; and the month in which a key was drawn
_KEY = f"((extract(epoch FROM %s AT TIME ZONE 'UTC') * 1000)::bigint - {_EPOCH_MS}) << {_BITS}"
_MONTH = f"date_trunc('month', to_timestamp(((%s >> {_BITS}) + {_EPOCH_MS}) / 1000.0) AT TIME ZONE 'UTC')"
_NOW = "date_trunc('month', now() AT TIME ZONE 'UTC')"

# Who serves need not own the tables: the function runs with the rights of its owner, and can do nothing else. A month
# is made beside the table and then attached, which readers and writers do not notice; what keeps it waiting for half a
# second (a long export) is left alone, and it is tried again the next time.
_FUNCTION = f"""CREATE OR REPLACE FUNCTION krabuan_history_months(ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '500ms' AS $$
DECLARE made integer := 0; top bigint; late bigint; month timestamp; until timestamp; part text; low bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('{TABLE} months', 0)) THEN RETURN 0; END IF;
  until := {_NOW} + make_interval(months => least(ahead, {_MOST}));
  SELECT max((regexp_match(pg_get_expr(c.relpartbound, c.oid), $re$TO \\('(-?[0-9]+)'\\)$re$))[1]::bigint) INTO top
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '{TABLE}'::regclass;
  month := {_MONTH % "top"};
  IF month > until THEN RETURN 0; END IF;
  SELECT max(process_instance_key) INTO late FROM {REST}
    WHERE process_instance_key < {_KEY % "(until + interval '1 month')"};
  IF late >= top THEN month := {_MONTH % "late"} + interval '1 month'; END IF;  -- what is in the rest stays there
  WHILE month <= until LOOP
    part := '{TABLE}_' || to_char(month, 'YYYY_MM');
    low := {_KEY % "month"};
    EXECUTE format('CREATE TABLE %I (LIKE {TABLE} INCLUDING ALL)', part);
    EXECUTE format('CREATE TRIGGER {_TRIGGER} BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT'
      ' EXECUTE FUNCTION krabuan_history_only()', part);
    EXECUTE format('ALTER TABLE {TABLE} ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', part, low,
      {_KEY % "(month + interval '1 month')"});
    made := made + 1;
    month := month + interval '1 month';
  END LOOP;
  RETURN made;
EXCEPTION WHEN lock_not_available THEN RETURN 0;
END $$"""
# its names mean the tables of this schema, whatever the one who calls it has made of the same name
_HERE = """DO $$ BEGIN EXECUTE format(
  'ALTER FUNCTION krabuan_history_months(integer) SET search_path = %I, pg_catalog, pg_temp', current_schema());
END $$"""
_REST = f"CREATE TABLE {REST} PARTITION OF {TABLE} DEFAULT"
_GUARD_REST = (
    f"CREATE TRIGGER {_TRIGGER} BEFORE UPDATE OR DELETE OR TRUNCATE ON {REST}"
    " FOR EACH STATEMENT EXECUTE FUNCTION krabuan_history_only()"
)
# keys of before: those that tests count, and on a server that was there, all that was drawn up to now
_FIRST = f"""DO $$ BEGIN EXECUTE format('CREATE TABLE {BEFORE} PARTITION OF {TABLE} FOR VALUES FROM (MINVALUE) TO (%s)',
  {_KEY % _NOW}); END $$"""
_GUARD_BEFORE = _GUARD_REST.replace(REST, BEFORE)
_MAKE = f"SELECT krabuan_history_months({AHEAD})"
# One instruction takes the old table's place; its rows are not moved. A clock may have been ahead: its month counts.
_SWAP = f"""DO $$ DECLARE last bigint; month timestamp := {_NOW};
BEGIN
  SELECT max(process_instance_key) INTO last FROM {BEFORE};
  IF last >= {_KEY % "month"} THEN month := {_MONTH % "last"} + interval '1 month'; END IF;
  EXECUTE format('ALTER TABLE {TABLE} ATTACH PARTITION {BEFORE} FOR VALUES FROM (MINVALUE) TO (%s)', {_KEY % "month"});
END $$"""


def partitioned(table: Table) -> None:
    """Whoever makes this table on PostgreSQL makes its months with it."""
    for statement in (_FUNCTION, _HERE, _FIRST, _GUARD_BEFORE, _REST, _GUARD_REST, _MAKE):
        made: DDL = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", made.execute_if(dialect="postgresql"))


def over_the_old() -> list[str]:
    """What makes months of the table BEFORE, once a partitioned one has its place and its triggers."""
    return [_SWAP, _FUNCTION, _HERE, _REST, _GUARD_REST, _MAKE]


def make_months(db: Connection, ahead: int = AHEAD) -> int:
    """Make the months that are missing from now on; how many were. Safe among any number of nodes, and 0 when another
    makes them, when they cannot be locked in half a second (the rest takes what comes meanwhile), and on SQLite."""
    if db.dialect.name != "postgresql":
        return 0
    made: int = db.execute(text("SELECT krabuan_history_months(:ahead)"), {"ahead": ahead}).scalar_one()
    return made


def month_of(key: int) -> str:
    """The month in which a case with this key began, as `2026-04`."""
    return datetime.fromtimestamp(((key >> _BITS) + _EPOCH_MS) / 1000, UTC).strftime("%Y-%m")


def partitions(db: Connection) -> list[str]:
    """The names of the partitions, those of months in their order; none on SQLite."""
    if db.dialect.name != "postgresql":
        return []
    listed = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = to_regclass(:table) ORDER BY 1"
    return list(db.execute(text(listed), {"table": TABLE}).scalars())
