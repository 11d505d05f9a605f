"""Words in cases are found by pieces of three letters; on PostgreSQL their indexes are there already, unless there is
no case yet (migrations/indexes.py)."""

from alembic import op

from engine.store.tables.grams import LONG, SEARCHED, of_long, statements

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in SEARCHED:
        for statement in statements(op.get_bind().dialect.name, table):
            op.execute(statement)
    for table in LONG:
        op.execute(of_long(table))
