/**
 * The part of the HTTP API that the web application uses, from the types generated out of the OpenAPI document. Where the
 * document says less than the server promises (the states of things), the names are added here.
 */
import type { components } from './generated';

type Schemas = components['schemas'];
type With<Base, More> = Omit<Base, keyof More> & More;

/** Keys are decimal strings; distinct names keep a task's key from being taken for a case's key by a reader. */
export type UserTaskKey = string;
export type ProcessInstanceKey = string;
export type ProcessDefinitionKey = string;

export type Variables = Record<string, unknown>;
/** A text in both languages. */
export type Texts = Schemas['Words'];
export type Page = Schemas['Page'];
export interface SearchResult<Item> {
  items: Item[];
  page: Page;
}
export interface SearchRequest {
  filter?: Record<string, unknown>;
  sort?: { field: string; order?: 'ASC' | 'DESC' }[];
  page?: { limit?: number; after?: string; from?: number };
}

export type Me = Schemas['Me'];
export type IdentityProvider = Schemas['ProviderItem'];
export type SessionAnswer = Schemas['SessionAnswer'];
export type SecondFactor = Schemas['SecondFactorState'];
export type NewSecret = Schemas['SecretAnswer'];
export type SignInSession = Schemas['SessionItem'];
export type ApiToken = Schemas['TokenItem'];
export type NewToken = Schemas['TokenAnswer'];
export type CalendarFeed = Schemas['CalendarFeedState'];
export type NotificationPreference = Schemas['NotificationPreference'];
export type NotificationTemplate = Schemas['NotificationTemplate'];
export type NotificationPreview = Schemas['NotificationPreview'];
export type DeadLetter = Schemas['DeadLetter'];
/** From and until on the clock on the wall, such as 08:30. */
export type Sessions = string[][];
export type WorkingDay = Schemas['WorkingDay'];
export type CalendarDay = With<Schemas['CalendarDay'], { sessions: Sessions | null }>;
export type OfficeHours = With<Schemas['OfficeHours'], { week: Sessions[] }>;
export type CalendarChange = Schemas['CalendarChange'];
export type AllowedHost = Schemas['AllowedHost'];
export type Webhook = Schemas['Webhook'];
export type PushAddress = Schemas['PushAddress'];
export type PushService = Schemas['PushService'];
export type TrialResult = Schemas['TrialResult'];

/** A file as variables refer to it; `userTaskKey` as long as it is attached to a form and not handed in. */
export type DocumentReference = Schemas['Document'];
export type CaseDocument = Schemas['CaseDocument'];

export type UserTaskState =
  'CREATING' | 'CREATED' | 'ASSIGNING' | 'UPDATING' | 'COMPLETING' | 'COMPLETED' | 'CANCELING' | 'CANCELED' | 'FAILED';
export type UserTask = With<Schemas['UserTask'], { state: UserTaskState }>;
export type InboxCount = Schemas['InboxCount'];
export type InboxView = InboxCount['view'] | 'done';
export type SavedView = Schemas['InboxView'];
export type SavedFilter = SavedView['filter'];
export type AtTask = Schemas['AtTask'];
export type Course = Schemas['Course'];
export type NextStep = Schemas['NextStep'];
export type FilledForm = Schemas['FilledForm'];
export type Judged = Schemas['Judged'];
export type TaskActions = Schemas['TaskActions'];
export type CoSignatureState = 'PENDING' | 'AGREED' | 'REFUSED' | 'VOID';
export type CoSignature = With<Schemas['CoSignature'], { state: CoSignatureState; kind: 'user' | 'group' }>;
export type CoSignatures = With<Schemas['CoSignatures'], { items: CoSignature[] }>;

export type FormDefinition = Schemas['Form'];
export type Draft = Schemas['Draft'];
export type DraftSaved = Schemas['DraftSaved'];

export type ControlPointState = Schemas['ControlPoint']['state'];
export type Binding = With<
  Schemas['Evidence'],
  { type: 'formField' | 'condition' | 'decision' | 'deadline' | 'standardTime' }
>;
export type ControlPoint = With<Schemas['ControlPoint'], { binding: Binding; detail: Texts | Reason | null }>;
/** What is recorded with a waiver. */
export interface Reason {
  reason: string;
  requestedBy: string;
}

export type InterventionKind = 'cancel' | 'modify' | 'migrate' | 'changeTimer' | 'resolve' | 'waive' | 'extend';
export type Intervention = With<
  Schemas['Intervention'],
  {
    kind: InterventionKind;
    state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';
    /** the command as the server keeps it; its keys are numbers that a browser cannot tell apart */
    request: { due_at?: string; control_point_id?: string };
  }
>;
export type Substitution = With<Schemas['Substitution'], { scope: 'all' | 'group' | 'process' }>;
export type HandedOver = Schemas['HandedOver'];
export type Incident = Schemas['Incident'];
export type WaitingTimer = With<Schemas['WaitState'], { details: { dueDate: number | null } }>;

export type DeadlineState = 'RUNNING' | 'KEPT' | 'MISSED' | 'LATE' | 'OUT_OF_TERM' | 'CANCELLED';
interface Watched {
  state: DeadlineState;
  kind: 'statutory' | 'internal';
  warnings: { at: string; to: string | string[] }[];
}
export type Deadline = With<Schemas['Deadline'], Watched>;
export type DeadlineRecord = With<
  Schemas['DeadlineRecord'],
  { kind: 'STARTED' | 'MOVED' | 'EXTENDED' | 'STOPPED' | 'RESUMED' | 'SUPPLEMENTED' }
>;
export type DeadlineFact = Schemas['DeadlineFact'];
/** A deadline with all that was recorded of it. */
export type DeadlineDetails = With<Schemas['DeadlineDetails'], Watched & { records: DeadlineRecord[] }>;
export type DeadlineCount = With<Schemas['DeadlineCount'], { state: DeadlineState }>;

export type Comment = Schemas['Comment'];
export type Reader = Schemas['Reader'];
export type ProcessDefinition = Schemas['ProcessDefinition'];
/** Running cases, with and without an incident, and with a task that is overdue. */
export type AtWork = Pick<
  Schemas['ProcessDefinitionInstanceStatistics'],
  'activeInstancesWithIncidentCount' | 'activeInstancesWithoutIncidentCount' | 'activeInstancesOverdueCount'
>;

export type ProcessInstanceState = 'ACTIVE' | 'COMPLETED' | 'SUSPENDED' | 'TERMINATED';
export type ProcessInstance = With<Schemas['ProcessInstance'], { state: ProcessInstanceState }>;
export type ElementInstance = Schemas['ElementInstance'];
export type ElementStatistics = Schemas['ElementCount'];
export type HistoryEvent = Schemas['HistoryEvent'];
export type HistoryArchive = Schemas['HistoryArchive'];
export type Verification = Schemas['Verification'];
/** Its value is JSON as text. */
export type Variable = Schemas['Variable'];
export type Notification = Schemas['Notification'];

export interface FieldProblem {
  field: string;
  code: string;
  /** the server's own wording in both languages */
  th?: string;
  en?: string;
}
/** RFC 9457, with the members that Krabuan adds. */
export type ProblemBody = Schemas['Problem'] & {
  errors?: FieldProblem[];
  controlPoints?: { id: string; text: Texts; detail?: Texts | null }[];
};
