"""Filters of the inbox are answered by the index that sorts it, and values of variables are found by one."""

import sqlalchemy as sa
from alembic import op

from engine.store.labels import NAMES, add_labels, label
from engine.store.tables.base import KEY

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_FREE, _SHORT = sa.text("status = 'free'"), sa.text("length(value) <= 200")
_PUT_OFF = sa.text("follow_up_at IS NOT NULL AND completed_at IS NULL")
_ANSWERS = ["process_instance_key", "label_key", "number", "status"]
_LISTS: dict[str, list[str | sa.TextClause]] = {
    "ix_task_candidate_due": ["due_sort", "task_key", "priority"],
    "ix_task_candidate_newest": ["task_key", "due_sort", "priority"],
    "ix_task_candidate_urgent": [sa.text("priority DESC"), "due_sort", "task_key"],
}


def upgrade() -> None:
    """Tasks get the label of what they are called, and their rows of the inbox that and the number of the case."""
    op.create_table(
        "task_label",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("process_id", sa.String(length=256), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.add_column("user_task", sa.Column("label_key", sa.BigInteger(), nullable=True))
    op.add_column("task_candidate", sa.Column("label_key", sa.BigInteger(), nullable=True))
    op.add_column("task_candidate", sa.Column("number", sa.String(length=256), nullable=True))
    op.drop_index("ix_task_candidate_due", "task_candidate")
    _fill()
    for name, columns in _LISTS.items():
        whole = ["kind", "name", *columns, *_ANSWERS]
        op.create_index(name, "task_candidate", whole, sqlite_where=_FREE, postgresql_where=_FREE)
    op.create_index("ix_user_task_business_id", "user_task", ["business_id"])
    op.create_index(
        "ix_user_task_follow_up", "user_task", ["follow_up_at"], sqlite_where=_PUT_OFF, postgresql_where=_PUT_OFF
    )
    op.create_index(
        "ix_variable_value", "variable", ["name", "value", "process_instance_key"],
        sqlite_where=_SHORT, postgresql_where=_SHORT,
    )  # fmt: skip


def _fill() -> None:
    """Of the rows of the inbox only those that are not closed: the others are in no list."""
    db = op.get_bind()
    task = sa.table("user_task", *(sa.column(name) for name in ("key", "business_id", "label_key", *NAMES)))
    row = sa.table("task_candidate", *(sa.column(name) for name in ("task_key", "status", "label_key", "number")))
    names = (sa.Column(name, sa.Text()) for name in NAMES)
    called = sa.Table("called", sa.MetaData(), *names, sa.Column("key", KEY), prefixes=["TEMPORARY"])
    called.create(db)
    found = [dict(one._mapping) for one in db.execute(sa.select(*(task.c[name] for name in NAMES)).distinct())]
    if found:
        add_labels(db, [label(one) for one in found])
        db.execute(sa.insert(called), [one | {"key": label(one)["key"]} for one in found])
    same = (called.c[name].is_not_distinct_from(task.c[name]) for name in NAMES[1:])
    mine = sa.select(called.c.key).where(called.c.process_id == task.c.process_id, *same)
    db.execute(sa.update(task).values(label_key=mine.scalar_subquery()))
    number: sa.ColumnElement[str] = sa.func.replace(task.c.business_id, "\u0e4d\u0e32", "\u0e33")
    for digit, thai in enumerate("๐๑๒๓๔๕๖๗๘๙"):
        number = sa.func.replace(number, thai, str(digit))
    of_task = task.c.key == row.c.task_key
    told = {
        "label_key": sa.select(task.c.label_key).where(of_task).scalar_subquery(),
        "number": sa.select(sa.func.lower(number)).where(of_task).scalar_subquery(),
    }
    db.execute(sa.update(row).where(row.c.status != "closed").values(told))
    called.drop(db)
