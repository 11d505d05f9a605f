"""Every command, by every kind of account: who may, may; who may not is refused and nothing changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.runtime import Runtime
from engine.commands.activate_ad_hoc import ActivateAdHoc
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.add_client import AddClient
from engine.commands.add_demo_accounts import AddDemoAccounts
from engine.commands.add_person import AddPerson
from engine.commands.advance_batch_operation import AdvanceBatchOperation, FailBatchItem
from engine.commands.assign_business_id import AssignBusinessId
from engine.commands.assign_task import AssignTask
from engine.commands.begin_batch_operation import BeginBatchOperation
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.cancel_instance import CancelInstance
from engine.commands.change_due_time import ChangeDueTime
from engine.commands.change_password import ChangePassword
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.control_batch_operation import (
    CancelBatchOperation,
    ResumeBatchOperation,
    SuspendBatchOperation,
)
from engine.commands.correct_variables import CorrectVariables
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.create_batch_operation import CreateBatchOperation
from engine.commands.create_document import CreateDocument
from engine.commands.create_instance import CreateInstance
from engine.commands.decide_intervention import ApproveIntervention, RejectIntervention, WithdrawIntervention
from engine.commands.delete_document import DeleteDocument
from engine.commands.delete_instance import DeleteInstance
from engine.commands.delete_resource import DeleteResource
from engine.commands.deploy import Deploy
from engine.commands.drafts import DeleteDraft, SaveDraft
from engine.commands.end_hold import EndHold
from engine.commands.end_provider_sessions import EndProviderSessions
from engine.commands.end_sessions import EndSession, EndSessions
from engine.commands.end_substitution import EndSubstitution
from engine.commands.enter_substitution import EnterSubstitution
from engine.commands.evaluate_conditions import EvaluateConditions
from engine.commands.evaluate_decision import EvaluateDecision
from engine.commands.fail_job import FailJob
from engine.commands.fire_timer import FireTimer
from engine.commands.give_up_job import GiveUpJob
from engine.commands.grant_role import GrantRole
from engine.commands.hand_over_task import HandOverTask
from engine.commands.import_organisation import ImportOrganisation, read_organisation
from engine.commands.issue_token import IssueToken
from engine.commands.keep_session import KeepSession
from engine.commands.link_document import LinkDocument
from engine.commands.make_token import MakeToken
from engine.commands.migrate_instance import MigrateInstance
from engine.commands.modify_instance import ModifyInstance
from engine.commands.note_access import NoteAccess
from engine.commands.place_hold import PlaceHold
from engine.commands.publish_message import PublishMessage
from engine.commands.read_notification import ReadNotification
from engine.commands.rearm import RearmStartEvents
from engine.commands.record_checkpoint import RecordCheckpoint
from engine.commands.refuse_sign_in import RefuseSignIn
from engine.commands.registry import all_handlers
from engine.commands.request_intervention import RequestIntervention
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.resolve_incidents import ResolveIncidents
from engine.commands.restart_instance import RestartInstance
from engine.commands.revoke_client import RevokeClient
from engine.commands.revoke_token import RevokeToken
from engine.commands.run_builtin_job import RunBuiltinJob
from engine.commands.set_clearance import SetClearance
from engine.commands.set_password import SetPassword
from engine.commands.set_variables import SetVariables
from engine.commands.sign_in import SignIn
from engine.commands.sign_in_externally import SignInExternally
from engine.commands.sign_out import SignOut
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.commands.throw_job_error import ThrowJobError
from engine.commands.tidy_up import TidyUp
from engine.commands.unassign_task import UnassignTask
from engine.commands.update_job import UpdateJob
from engine.commands.update_task import UpdateTask
from engine.commands.waive_control_point import WaiveControlPoint
from engine.commands.write_comment import WriteComment
from engine.errors import EngineError, Forbidden, InvalidArgument, NotFound, Unauthorized
from engine.execution.modification import Activation
from tests.api.people import ORGANISATION
from tests.api.world import DIAGRAM, EVERYBODY, World, actor, open_world

ALL = set(EVERYBODY)
NEW = DIAGRAM.read_bytes().replace(b"small", b"large")
# command -> who may (the system always may). narrow owns the process; ann is a candidate of its task.
TABLE: dict[type, tuple[Callable[[World], Any], set[str]]] = {
    ActivateAdHoc: (lambda w: ActivateAdHoc(w.waiting, (("a", {}),)), {"narrow"}),
    ActivateJobs: (lambda w: ActivateJobs("x", "w", 1000, 1), {"worker"}),
    AddClient: (lambda w: AddClient("ann", "c"), {"ann"}),
    AddDemoAccounts: (lambda w: AddDemoAccounts(read_organisation(ORGANISATION), "password"), {"admin"}),
    AddPerson: (lambda w: AddPerson("new", "New"), {"admin"}),
    AdvanceBatchOperation: (lambda w: AdvanceBatchOperation(w.batch), set()),
    ApproveIntervention: (lambda w: ApproveIntervention(w.intervention), {"narrow", "admin"}),
    AssignBusinessId: (lambda w: AssignBusinessId(w.waiting, "69/1"), {"narrow"}),
    AssignTask: (lambda w: AssignTask(w.task, "ann"), {"narrow"}),
    BeginBatchOperation: (lambda w: BeginBatchOperation(w.batch), set()),
    BroadcastSignal: (lambda w: BroadcastSignal("s"), {"worker", "narrow", "other"}),  # nobody waits for it
    CancelBatchOperation: (lambda w: CancelBatchOperation(w.batch), {"narrow", "admin"}),
    CancelInstance: (lambda w: CancelInstance(w.waiting), {"narrow", "admin"}),
    ChangeDueTime: (lambda w: ChangeDueTime(w.waiting, datetime(2026, 5, 1, tzinfo=UTC)), {"narrow"}),
    ChangePassword: (lambda w: ChangePassword("ann", "not the hash", "a new password"), {"ann"}),  # refused by its proof
    ClaimTask: (lambda w: ClaimTask(w.task), {"ann", "narrow"}),
    ClassifyInstance: (lambda w: ClassifyInstance(w.waiting, "normal"), {"ann", "narrow"}),
    CompleteJob: (lambda w: CompleteJob(w.job), {"worker"}),
    CompleteTask: (lambda w: CompleteTask(w.task), {"ann"}),
    CorrectVariables: (lambda w: CorrectVariables(w.waiting, {"orderId": "z"}), {"ann", "narrow"}),
    CorrelateMessage: (lambda w: CorrelateMessage("nobody-waits"), {"worker", "narrow", "other"}),
    # every item needs the permission for its case, too
    CreateBatchOperation: (lambda w: CreateBatchOperation("CANCEL_PROCESS_INSTANCE"), {"narrow", "other", "admin"}),
    CreateDocument: (
        lambda w: CreateDocument("a.pdf", b"%PDF", process_instance_key=w.waiting),
        {"ann", "narrow", "worker"},
    ),
    CreateInstance: (lambda w: CreateInstance(definition_key=w.definition), {"ann", "ben", "head", "narrow", "worker"}),
    DeleteDocument: (lambda w: DeleteDocument(w.document), {"ann", "narrow", "admin"}),
    DeleteDraft: (lambda w: DeleteDraft(w.task), {"ann"}),
    DeleteInstance: (lambda w: DeleteInstance(w.waiting), {"admin"}),
    DeleteResource: (lambda w: DeleteResource(w.resource), {"narrow", "admin"}),
    Deploy: (lambda w: Deploy((Resource("order.bpmn", NEW),)), {"narrow"}),
    EndHold: (lambda w: EndHold(w.hold, "the trial is over"), {"narrow", "admin"}),
    EndProviderSessions: (lambda w: EndProviderSessions("https://id.example", "p-1", None), set()),
    EndSession: (lambda w: EndSession(w.session_id), {"ann", "admin"}),
    EndSessions: (lambda w: EndSessions("ann"), {"ann", "admin"}),
    EndSubstitution: (lambda w: EndSubstitution(w.substitution), {"ann", "admin", "head"}),
    EnterSubstitution: (
        lambda w: EnterSubstitution("ann", "cat", datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC)),
        {"ann", "admin", "head"},
    ),
    EvaluateConditions: (lambda w: EvaluateConditions({}, w.definition), {"ann", "ben", "head", "narrow", "worker"}),
    EvaluateDecision: (
        lambda w: EvaluateDecision(decision_key=w.decision, variables={"amount": 1}),
        {"ann", "ben", "head", "narrow", "other", "worker"},
    ),
    FailBatchItem: (lambda w: FailBatchItem(1, "it failed"), set()),
    FailJob: (lambda w: FailJob(w.job, 1), {"worker"}),
    FireTimer: (lambda w: FireTimer(1), set()),
    GiveUpJob: (lambda w: GiveUpJob(1, "it failed"), set()),
    GrantRole: (lambda w: GrantRole("ann", "auditor"), {"admin"}),
    HandOverTask: (lambda w: HandOverTask(w.task, "ann", None, "she has left"), {"narrow", "admin"}),
    ImportOrganisation: (lambda w: ImportOrganisation(ORGANISATION), {"admin"}),
    IssueToken: (lambda w: IssueToken(w.client_id, "not the secret"), ALL),  # refused by its secret
    LinkDocument: (lambda w: LinkDocument(w.document), {"ann", "narrow", "auditor", "worker"}),
    MakeToken: (lambda w: MakeToken("ann", "t"), {"ann"}),
    MigrateInstance: (lambda w: MigrateInstance(w.waiting, w.definition, ()), {"narrow"}),
    ModifyInstance: (lambda w: ModifyInstance(w.waiting, (Activation("x"),)), {"narrow"}),
    NoteAccess: (lambda w: NoteAccess("history-read", str(w.waiting)), ALL - {"stranger"}),
    PlaceHold: (lambda w: PlaceHold(w.waiting, "a court asked for it"), {"narrow", "admin"}),
    PublishMessage: (lambda w: PublishMessage("nobody-waits", "k", 1000), {"worker", "narrow", "other"}),
    ReadNotification: (lambda w: ReadNotification(w.notification), {"ann"}),
    RearmStartEvents: (lambda w: RearmStartEvents(), set()),
    RefuseSignIn: (lambda w: RefuseSignIn("ann"), ALL),
    RejectIntervention: (lambda w: RejectIntervention(w.intervention, "not now"), {"narrow", "admin"}),
    RequestIntervention: (
        lambda w: RequestIntervention("cancel", CancelInstance(w.waiting, "entered twice")),
        {"narrow", "admin"},
    ),
    ResolveIncident: (lambda w: ResolveIncident(w.incident), {"narrow", "admin"}),
    ResolveIncidents: (lambda w: ResolveIncidents(w.broken), {"narrow", "admin"}),
    RestartInstance: (lambda w: RestartInstance(w.waiting, ("x",)), {"narrow"}),
    ResumeBatchOperation: (lambda w: ResumeBatchOperation(w.batch), {"narrow", "admin"}),
    ResumeInstance: (lambda w: ResumeInstance(w.waiting), {"narrow", "admin"}),
    RevokeClient: (lambda w: RevokeClient(w.client_id), {"ann", "admin"}),
    RevokeToken: (lambda w: RevokeToken(w.token_id), {"ann", "admin"}),
    RunBuiltinJob: (lambda w: RunBuiltinJob(1), set()),
    SaveDraft: (lambda w: SaveDraft(w.task, {"a": 1}), {"ann"}),
    SetClearance: (lambda w: SetClearance("ann", "secret"), {"admin"}),
    SetPassword: (lambda w: SetPassword("ann", "a new password"), {"admin"}),
    SetVariables: (lambda w: SetVariables(w.waiting, {"a": 1}), {"narrow"}),
    SignIn: (lambda w: SignIn("ann", "not the hash"), ALL),  # refused by its proof, not by a permission
    SignInExternally: (
        lambda w: SignInExternally(
            "https://id.example", "p-1", "new", "New", None, frozenset(), frozenset(), frozenset(), frozenset()
        ),
        set(),
    ),
    KeepSession: (lambda w: KeepSession("hash"), ALL),
    SignOut: (lambda w: SignOut("hash"), ALL),
    ThrowJobError: (lambda w: ThrowJobError(w.job, "BROKEN"), {"worker"}),
    SuspendBatchOperation: (lambda w: SuspendBatchOperation(w.batch), {"narrow", "admin"}),
    SuspendInstance: (lambda w: SuspendInstance(w.waiting), {"narrow", "admin"}),
    TidyUp: (lambda w: TidyUp(), set()),
    RecordCheckpoint: (lambda w: RecordCheckpoint("{}", "", ()), set()),
    UnassignTask: (lambda w: UnassignTask(w.task), {"narrow"}),
    UpdateJob: (lambda w: UpdateJob(w.broken_job, retries=1), {"worker", "narrow", "admin"}),
    UpdateTask: (lambda w: UpdateTask(w.task, {"priority": 1}), {"narrow"}),
    WaiveControlPoint: (lambda w: WaiveControlPoint(w.task, "cp", "why"), {"narrow", "admin"}),
    WithdrawIntervention: (lambda w: WithdrawIntervention(w.intervention), {"narrow"}),
    WriteComment: (lambda w: WriteComment(w.waiting, "หมายเหตุ"), {"ann", "narrow"}),
}


def contents(runtime: Runtime) -> list[str]:
    with runtime.database.read() as db:
        raw = db.connection.driver_connection
        assert raw is not None
        return list(raw.iterdump())


def test_no_command_is_forgotten() -> None:
    assert set(TABLE) == set(all_handlers())


@pytest.mark.parametrize("command", TABLE, ids=lambda c: c.__name__)
def test_denied(command: type, world_file: tuple[Path, World], tmp_path: Path) -> None:
    path, world = world_file
    shutil.copy(path, tmp_path / "world.db")
    runtime = open_world(tmp_path / "world.db")
    make, may = TABLE[command]
    before = contents(runtime)
    for username in ALL - may:
        with pytest.raises((Forbidden, NotFound, InvalidArgument)):  # for who sees no such case, there is none
            runtime.bus.run(make(world), actor(runtime, username))
    assert contents(runtime) == before
    runtime.close()


@pytest.mark.parametrize("command", TABLE, ids=lambda c: c.__name__)
def test_allowed(command: type, world_file: tuple[Path, World], tmp_path: Path) -> None:
    path, world = world_file
    make, may = TABLE[command]
    for username in sorted(may):
        shutil.copy(path, tmp_path / f"{username}.db")
        runtime = open_world(tmp_path / f"{username}.db")
        try:
            runtime.bus.run(make(world), actor(runtime, username))
        except (Forbidden, Unauthorized) as error:
            assert command in (SignIn, IssueToken, ChangePassword) and not isinstance(error, Forbidden), username
        except EngineError:
            pass  # let through, and refused for what it asks
        finally:
            runtime.close()
