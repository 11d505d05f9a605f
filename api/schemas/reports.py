"""Reports on standard times."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.schemas.base import Truth, Whole, Words, key, moment
from engine.reports.periods import KINDS
from engine.reports.scopes import NAMES


class PeriodWanted(Schema):
    """MONTH, QUARTER and FISCAL_YEAR are those that the day `from` lies in; only a RANGE has `to`, its last day."""

    class Meta:
        include = {
            "from": fields.Date(required=True, metadata={"description": "a day in the office's zone, as 2026-04-10"})
        }

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    to = fields.Date(load_default=None, allow_none=True)


class ReportBody(Schema):
    """Without `scope`, it is the widest that one may have."""

    processDefinitionId = fields.String(required=True, validate=validate.Length(min=1, max=256))
    period = fields.Nested(PeriodWanted, required=True)
    scope = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(NAMES))


class ReportFileBody(ReportBody):
    format = fields.String(required=True, validate=validate.OneOf(("csv", "xlsx")))
    language = fields.String(load_default="th", validate=validate.OneOf(("th", "en")))


class Share(Schema):
    """How many were done, how many of them within the standard time; of none at all there is no share."""

    counted = Whole(required=True)
    kept = Whole(required=True)
    sharePercent = fields.Float(required=True, allow_none=True)


class Spread(Schema):
    """Of `counted` lengths of time the median and the ninth decile (nearest rank), and their sum."""

    counted = Whole(required=True)
    medianSeconds = Whole(required=True, allow_none=True)
    p90Seconds = Whole(required=True, allow_none=True)
    totalSeconds = Whole(required=True)


class _Named(Schema):
    elementId = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    stepNumber = fields.String(required=True, allow_none=True)
    standardTime = fields.String(required=True, allow_none=True)
    calendar = fields.String(required=True, allow_none=True)


class ReportStep(_Named, Share):
    time = fields.Nested(Spread, required=True)


class ReportTask(_Named, Share):
    """Waiting is until somebody had the task for the first time, working from then until it was done; `office...` is
    the same in the office's working time."""

    waiting = fields.Nested(Spread, required=True)
    working = fields.Nested(Spread, required=True)
    officeWaiting = fields.Nested(Spread, required=True)
    officeWorking = fields.Nested(Spread, required=True)


class ReportUnit(Share):
    unit = fields.String(required=True, allow_none=True)
    name = fields.Nested(Words, required=True)


class ReportPerson(Share):
    username = fields.String(required=True)
    displayName = fields.String(required=True, allow_none=True)


class ReportMonth(Share):
    month = fields.String(required=True, metadata={"description": "as 2026-04"})


class ReportVersion(Share):
    version = Whole(required=True)


class ReportWait(_Named, Spread):
    pass


class ReportOpenItem(_Named):
    open = Whole(required=True)
    overdue = Whole(required=True)


class ReportOpen(Schema):
    """What is open at `asOf`, and overdue by the due times that the inbox shows."""

    open = Whole(required=True)
    overdue = Whole(required=True)
    items = fields.List(fields.Nested(ReportOpenItem), required=True)


class ReportPeriod(Schema):
    class Meta:
        include = {"from": fields.String(required=True)}

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    to = fields.String(required=True)
    name = fields.Nested(Words, required=True)


class ReportTime(Schema):
    """Of all tasks together."""

    waiting = fields.Nested(Spread, required=True)
    working = fields.Nested(Spread, required=True)
    officeWaiting = fields.Nested(Spread, required=True)
    officeWorking = fields.Nested(Spread, required=True)


class StandardTimeReport(Schema):
    """`steps` and `cases` are of the whole process alone; `months` and `versions` count steps there, tasks in the other
    scopes. `byPersons` is null for who may not see figures of persons."""

    processDefinitionId = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    period = fields.Nested(ReportPeriod, required=True)
    asOf = moment(required=True)
    scope = fields.String(required=True, validate=validate.OneOf(NAMES))
    scopes = fields.List(fields.String(validate=validate.OneOf(NAMES)), required=True)
    targetPercent = fields.Float(required=True, allow_none=True)
    targetMet = Truth(required=True, allow_none=True)
    steps = fields.Nested(Share, required=True, allow_none=True)
    cases = fields.Nested(Share, required=True, allow_none=True)
    tasks = fields.Nested(Share, required=True)
    ofDeletedCases = Whole(required=True, allow_none=True)
    bySteps = fields.List(fields.Nested(ReportStep), required=True)
    byTasks = fields.List(fields.Nested(ReportTask), required=True)
    byUnits = fields.List(fields.Nested(ReportUnit), required=True)
    byPersons = fields.List(fields.Nested(ReportPerson), required=True, allow_none=True)
    months = fields.List(fields.Nested(ReportMonth), required=True)
    versions = fields.List(fields.Nested(ReportVersion), required=True)
    waits = fields.List(fields.Nested(ReportWait), required=True)
    time = fields.Nested(ReportTime, required=True)
    open = fields.Nested(ReportOpen, required=True)
    text = fields.Nested(Words, required=True)


class HeatBody(Schema):
    """Which version of a process, and which time."""

    processDefinitionKey = key(required=True)
    period = fields.Nested(PeriodWanted, required=True)


class HeatElement(Share):
    """`completed` and `canceled` in the period, `active` at `asOf`. `counted` and `kept` are of its standard time, and
    `late` is the difference. Office times are of its tasks; `waited` is of what no person of the office does."""

    elementId = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    completed = Whole(required=True)
    canceled = Whole(required=True)
    active = Whole(required=True)
    late = Whole(required=True)
    waited = fields.Nested(Spread, required=True)
    officeWaiting = fields.Nested(Spread, required=True)
    officeWorking = fields.Nested(Spread, required=True)


class HeatFlow(Schema):
    elementId = fields.String(required=True)
    taken = Whole(required=True)


class HeatReport(Schema):
    """`cases` were under way at any time of the period; elements are in the order of the diagram."""

    processDefinitionKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    version = Whole(required=True)
    name = fields.Nested(Words, required=True)
    period = fields.Nested(ReportPeriod, required=True)
    asOf = moment(required=True)
    cases = Whole(required=True)
    elements = fields.List(fields.Nested(HeatElement), required=True)
    flows = fields.List(fields.Nested(HeatFlow), required=True)


class VariantStep(Schema):
    """`repeated`: it was done several times on end, by itself or with its neighbours."""

    elementId = fields.String(required=True)
    name = fields.Nested(Words, required=True)
    repeated = Truth(required=True)


class Variant(Schema):
    """`canceled` are cases that did not come to their end, `missedDeadlines` cases that missed one, `lateSteps` cases
    in which a step took longer than its standard time; the keys are those of the latest 50 cases."""

    variantId = fields.String(required=True)
    steps = fields.List(fields.Nested(VariantStep), required=True)
    cases = Whole(required=True)
    sharePercent = fields.Float(required=True, allow_none=True)
    duration = fields.Nested(Spread, required=True)
    canceled = Whole(required=True)
    missedDeadlines = Whole(required=True)
    lateSteps = Whole(required=True)
    processInstanceKeys = fields.List(key(), required=True)


class OtherVariants(Schema):
    variants = Whole(required=True)
    cases = Whole(required=True)


class VariantsReport(Schema):
    """`cases` ended in the period; the 100 most frequent variants, and how many others there are."""

    processDefinitionKey = key(required=True)
    processDefinitionId = fields.String(required=True)
    version = Whole(required=True)
    name = fields.Nested(Words, required=True)
    period = fields.Nested(ReportPeriod, required=True)
    asOf = moment(required=True)
    cases = Whole(required=True)
    items = fields.List(fields.Nested(Variant), required=True)
    others = fields.Nested(OtherVariants, required=True)


class TimeLeft(Schema):
    """`calendar` is that of the step: calendar, working, hours ... Seconds of the office's working time are told of an
    open task whose time is counted in it; they are negative when the time is over."""

    standardDueDate = moment(required=True, allow_none=True)
    calendar = fields.String(required=True, allow_none=True)
    workingSecondsLeft = Whole(required=True, allow_none=True)
