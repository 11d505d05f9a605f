"""What an intervention is about, and in whose name it is asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What waits already says it by its request alone, as before."""
    op.add_column("intervention", sa.Column("element_id", sa.String(length=256), nullable=True))
    op.add_column("intervention", sa.Column("element_instance_key", sa.BigInteger(), nullable=True))
    op.add_column("intervention", sa.Column("on_behalf_of", sa.String(length=256), nullable=True))
