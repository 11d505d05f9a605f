"""What is deployed: versions of processes, decisions and forms."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from engine.store.tables.base import Moment, key_column, metadata

deployment = Table(
    "deployment",
    metadata,
    key_column(),
    Column("deployed_at", Moment, nullable=False),
    Column("deployed_by", String(256), nullable=False),
    Column("digest", String(64)),  # of a content that a server brought with it
    Index("ix_deployment_digest", "digest"),
)

process_definition = Table(
    "process_definition",
    metadata,
    key_column(),
    Column("process_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(256)),
    Column("name", Text),
    Column("name_en", Text),
    Column("resource_name", String(512), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("xml", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("start_form_id", String(256)),
    Column("startable", Boolean, nullable=False),  # by hand: has a none start event and is not only called
    Column("deployed_at", Moment, nullable=False),
    Column("state", String(16), nullable=False, server_default="ACTIVE"),
    # two deployments at once may not make the same version twice
    UniqueConstraint("process_id", "version", name="uq_process_definition_version"),
)

decision_requirements = Table(
    "decision_requirements",
    metadata,
    key_column(),
    Column("requirements_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text),
    Column("resource_name", String(512), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("xml", Text, nullable=False),
    Column("namespace", Text, nullable=False, server_default=""),  # by which other models import it
    Column("checksum", String(64), nullable=False),  # of the file and of the models it imports
    UniqueConstraint("requirements_id", "version", name="uq_decision_requirements_version"),
)

# which versions of other models a version imports: it must mean the same for ever
decision_import = Table(
    "decision_import",
    metadata,
    Column("importing_key", BigInteger, ForeignKey("decision_requirements.key"), primary_key=True),
    Column("imported_key", BigInteger, ForeignKey("decision_requirements.key"), primary_key=True),
)

decision_definition = Table(
    "decision_definition",
    metadata,
    key_column(),
    Column("decision_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(256)),
    Column("name", Text),
    Column("requirements_key", BigInteger, ForeignKey("decision_requirements.key"), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    UniqueConstraint("decision_id", "version", name="uq_decision_definition_version"),
)

form_definition = Table(
    "form_definition",
    metadata,
    key_column(),
    Column("form_id", String(256), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(256)),
    Column("resource_name", String(512), nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key"), nullable=False),
    Column("schema", Text, nullable=False),  # form-js JSON with parts expanded
    Column("checksum", String(64), nullable=False),
    UniqueConstraint("form_id", "version", name="uq_form_definition_version"),
)

# model/marks.py: of all versions of a form together, and which forms the versions of a process show
marked_field = Table(
    "marked_field",
    metadata,
    Column("form_id", String(256), primary_key=True),
    Column("name", Text, primary_key=True),  # the full name: `people[].name`
    Column("access_class", Integer, nullable=False),
    Column("personal", Boolean, nullable=False),
)

form_use = Table(
    "form_use",
    metadata,
    Column("process_id", String(256), primary_key=True),
    Column("form_id", String(256), primary_key=True),  # '*': an expression chooses, so it may be any
    Index("ix_form_use_form", "form_id"),
)
