"""The Git source: its references, what it has of processes, their commits."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields, validate

from api.schemas.base import Page, PageWanted, Truth, key, moment
from engine.commands.model_drafts import LONGEST_NAME
from engine.model.git import COMMIT_DIGITS, LONGEST_REFERENCE

STATES = ("NEVER_PUBLISHED", "UP_TO_DATE", "AHEAD", "NOT_ON_REFERENCE")
_LONGEST_ID = 256


class GitReference(Schema):
    """A branch or a tag; `chosen` is the branch that the repository stands at."""

    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["BRANCH", "TAG"]))
    commitId = fields.String(required=True)
    chosen = Truth(required=True)


class GitSource(Schema):
    """Not `available` where the administrator named none."""

    available = Truth(required=True)
    references = fields.List(fields.Nested(GitReference), required=True)


class GitProcess(Schema):
    """A process that the source has. AHEAD: what is published from it is an older commit; NOT_ON_REFERENCE: one of
    another branch, or older than what is looked at. `publishedElsewhere`: a version that is not from the source is
    newer."""

    processDefinitionId = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    publishedCommitId = fields.String(required=True, allow_none=True)
    publishedElsewhere = Truth(required=True)


class GitCommit(Schema):
    """Author and message are as the commit has them: nothing proves them."""

    commitId = fields.String(required=True)
    author = fields.String(required=True)
    committedAt = moment(required=True, allow_none=True)
    message = fields.String(required=True)
    published = Truth(required=True)


class GitFilter(Schema):
    """A branch or tag by its name, and a process: of commits always, of processes to ask of one alone."""

    reference = fields.Raw()
    processDefinitionId = fields.Raw()


class GitProcessSearch(Schema):
    filter = fields.Nested(GitFilter, load_default=dict)
    page = fields.Nested(PageWanted, unknown=INCLUDE, load_default=dict)


class GitCommitSearch(Schema):
    filter = fields.Nested(GitFilter, load_default=dict)
    page = fields.Nested(PageWanted, unknown=INCLUDE, load_default=dict)


class GitProcessResult(Schema):
    items = fields.List(fields.Nested(GitProcess), required=True)
    page = fields.Nested(Page, required=True)


class GitCommitResult(Schema):
    items = fields.List(fields.Nested(GitCommit), required=True)
    page = fields.Nested(Page, required=True)


class GitDraftBody(Schema):
    """A commit of a reference, and the process whose files are taken from it."""

    reference = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_REFERENCE))
    commitId = fields.String(required=True, validate=validate.Length(equal=COMMIT_DIGITS))
    processDefinitionId = fields.String(required=True, validate=validate.Length(min=1, max=_LONGEST_ID))
    name = fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))


class GitDraft(Schema):
    """`leftOut` are the paths of what a draft does not hold, such as pictures."""

    draftKey = key(required=True)
    leftOut = fields.List(fields.String(), required=True)
