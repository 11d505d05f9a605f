/**
 * The part of the HTTP API that the web application uses, in the shape of the OpenAPI document's schemas.
 * Keys are decimal strings; distinct types keep a task's key from being passed where a case's key belongs.
 */
type Key<Name extends string> = string & { readonly __key?: Name };
export type UserTaskKey = Key<'UserTask'>;
export type ProcessInstanceKey = Key<'ProcessInstance'>;
export type ProcessDefinitionKey = Key<'ProcessDefinition'>;

/** ISO 8601 in UTC. */
export type DateTime = string;
export type Variables = Record<string, unknown>;
/** A text in both languages; English may be missing. */
export interface Texts {
  th: string | null;
  en: string | null;
}

export interface Page {
  totalItems: number;
  hasMoreTotalItems: boolean;
  startCursor: string | null;
  endCursor: string | null;
}
export interface SearchResult<Item> {
  items: Item[];
  page: Page;
}
export interface SearchRequest {
  filter?: Record<string, unknown>;
  sort?: { field: string; order?: 'ASC' | 'DESC' }[];
  page?: { limit?: number; after?: string; from?: number };
}

export interface Me {
  username: string;
  displayName: string | null;
  email: string | null;
  groups: string[];
  roles: string[];
  ownedProcesses: string[];
  csrfToken: string | null;
}

export type UserTaskState =
  'CREATING' | 'CREATED' | 'ASSIGNING' | 'UPDATING' | 'COMPLETING' | 'COMPLETED' | 'CANCELING' | 'CANCELED' | 'FAILED';

export interface UserTask {
  userTaskKey: UserTaskKey;
  name: string | null;
  nameEn?: string | null;
  state: UserTaskState;
  assignee: string | null;
  elementId: string;
  elementInstanceKey: string;
  candidateGroups: string[];
  candidateUsers: string[];
  processDefinitionId: string;
  processDefinitionKey: ProcessDefinitionKey;
  processName: string | null;
  processNameEn?: string | null;
  processInstanceKey: ProcessInstanceKey;
  creationDate: DateTime;
  completionDate: DateTime | null;
  dueDate: DateTime | null;
  priority: number;
  businessId?: string | null;
  stepNumber?: string | null;
  statutoryDueDate?: DateTime | null;
  rev?: number;
  createdBy?: string | null;
}
export type InboxView = 'mine' | 'groups' | 'overdue' | 'dueSoon' | 'done';

export interface FormDefinition {
  formKey: string;
  formId: string;
  /** form-js JSON as text */
  schema: string;
  version: number;
}
export interface Draft {
  variables: Variables;
  savedAt: DateTime;
}

export type ControlPointState = 'OPEN' | 'PASSED' | 'FAILED' | 'WAIVED';
export interface Binding {
  type: 'formField' | 'condition' | 'decision' | 'deadline' | 'standardTime';
  field?: string | null;
  expression?: string | null;
  decisionId?: string | null;
  deadlineId?: string | null;
  lateReasonsField?: string | null;
}
export interface ControlPoint {
  controlPointId: string;
  text: Texts;
  mandatory: boolean;
  binding: Binding | null;
  state: ControlPointState;
  detail: string | Texts | null;
  recordedAt: DateTime | null;
  recordedBy: string | null;
  /** only in lists over a whole case */
  elementId?: string | null;
}

export type DeadlineState = 'RUNNING' | 'KEPT' | 'MISSED' | 'LATE' | 'OUT_OF_TERM' | 'CANCELLED';
export interface Deadline {
  deadlineKey: string;
  deadlineId: string;
  kind: string;
  text: Texts;
  legalBasis: Texts | null;
  state: DeadlineState;
  startedAt: DateTime | null;
  dueAt: DateTime;
  lateUntil: DateTime | null;
  stoppedAt: DateTime | null;
  warnings: { at: DateTime; to: string | string[] }[];
  lateReasons: string | null;
}

export interface Comment {
  commentKey?: string;
  author: string | null;
  text: string;
  createdAt: DateTime;
  userTaskKey: UserTaskKey | null;
}

export interface ProcessDefinition {
  processDefinitionKey: ProcessDefinitionKey;
  processDefinitionId: string;
  name: string | null;
  nameEn?: string | null;
  version: number;
  hasStartForm: boolean;
  startable?: boolean;
}

export type ProcessInstanceState = 'ACTIVE' | 'COMPLETED' | 'SUSPENDED' | 'TERMINATED';
export interface ProcessInstance {
  processInstanceKey: ProcessInstanceKey;
  processDefinitionKey: ProcessDefinitionKey;
  processDefinitionId: string;
  processDefinitionName: string | null;
  processNameEn?: string | null;
  processDefinitionVersion: number;
  startDate: DateTime;
  endDate: DateTime | null;
  state: ProcessInstanceState;
  hasIncident: boolean;
  businessId?: string | null;
  startedBy?: string | null;
  statutoryDueDate?: DateTime | null;
}

export interface ElementInstance {
  elementInstanceKey: string;
  elementId: string;
  elementName: string;
  type: string;
  state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
}
export interface ElementStatistics {
  elementId: string;
  active: number;
  canceled: number;
  incidents: number;
  completed: number;
}
export interface HistoryEvent {
  sequence: number;
  at: DateTime;
  type: string;
  actor: string | null;
  onBehalfOf: string | null;
  elementId: string | null;
  elementName: string | null;
  data: unknown;
  hash: string;
}
export interface Verification {
  valid: boolean;
  events: number;
  head: string | null;
  firstBadSequence: number | null;
}
export interface Variable {
  name: string;
  /** JSON as text */
  value: string;
  scopeKey: string;
}

export interface FieldProblem {
  field: string;
  code: string;
  /** the server's own wording in both languages */
  th?: string;
  en?: string;
}
/** RFC 9457, with the members that Krabuan adds. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code?: string;
  /** the server's own wording in both languages */
  th?: string;
  en?: string;
  errors?: FieldProblem[];
  controlPoints?: { id: string; text: Texts | string; detail?: Texts | string | null }[];
}
