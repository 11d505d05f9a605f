/** Things of the API as tests need them; what a test is about, it says itself. */
import type {
  Binding,
  ControlPoint,
  DeadlineDetails,
  DeadlineRecord,
  Intervention,
  Me,
  ProcessInstance,
  UserTask,
} from '../src/api/types';

export const me: Me = {
  username: 'dpo1',
  displayName: 'dpo1',
  email: null,
  groups: ['dpo'],
  roles: [],
  ownedProcesses: [],
  csrfToken: 'token-1',
  authorizedComponents: ['*'],
  tenants: [],
  salesPlanType: null,
  c8Links: {},
  canLogout: true,
  onBehalfOf: null,
  clearance: 'NORMAL',
  secondFactorRequired: false,
  passwordChangeRequired: false,
  hasPassword: true,
};

/** What stands beside the list of the inbox: nothing is counted, nothing saved. */
export const aside = {
  'GET /user-tasks/counts': { items: [] },
  'GET /authentication/me/inbox-views': { items: [] },
};

export function userTask(changes: Partial<UserTask> = {}): UserTask {
  return {
    userTaskKey: '1',
    name: 'ตรวจสอบข้อเท็จจริง',
    nameEn: 'Check the facts',
    state: 'CREATED',
    assignee: null,
    elementId: 'Task_Check',
    elementInstanceKey: '11',
    candidateGroups: ['dpo'],
    candidateUsers: [],
    processDefinitionId: 'p',
    processDefinitionKey: '9',
    processName: 'แจ้งเหตุ',
    processNameEn: 'Notification',
    processInstanceKey: '300',
    creationDate: '2026-04-10T09:00:00.000Z',
    completionDate: null,
    dueDate: null,
    dueBy: null,
    priority: 50,
    processDefinitionVersion: 1,
    rootProcessInstanceKey: '300',
    followUpDate: null,
    formKey: '7',
    externalFormReference: null,
    customHeaders: {},
    tags: [],
    tenantId: '<default>',
    businessId: null,
    stepNumber: null,
    statutoryDueDate: null,
    standardDueDate: null,
    completedBy: null,
    completedThrough: null,
    owner: null,
    delegationState: null,
    createdBy: 'agri_data_group1',
    rev: 3,
    read: false,
    snoozedUntil: null,
    ...changes,
  };
}

export function binding(changes: Partial<Binding> & Pick<Binding, 'type'>): Binding {
  return { field: null, expression: null, decisionId: null, deadlineId: null, lateReasonsField: null, ...changes };
}

export function controlPoint(changes: Partial<ControlPoint> = {}): ControlPoint {
  return {
    controlPointId: 'cp-check-1',
    text: { th: 'รายงานครบถ้วน', en: 'The report is complete' },
    mandatory: true,
    binding: binding({ type: 'formField', field: 'report' }),
    state: 'OPEN',
    detail: null,
    recordedAt: null,
    recordedBy: null,
    elementId: 'Task_Check',
    userTaskKey: '1',
    ...changes,
  };
}

export function deadline(changes: Partial<DeadlineDetails> = {}): DeadlineDetails {
  return {
    records: [],
    actions: [],
    extendedUntil: null,
    stoppedByElementId: null,
    ownerUnit: null,
    processName: { th: 'แจ้งเหตุ', en: 'Notification' },
    act: { th: 'แจ้งสำนักงานฯ', en: 'Notify the Office' },
    deadlineKey: '5',
    deadlineId: 'dl-notify',
    kind: 'statutory',
    text: { th: 'แจ้งภายใน ๗๒ ชั่วโมง', en: 'Notify within 72 hours' },
    legalBasis: { th: null, en: null },
    state: 'RUNNING',
    startedAt: '2026-04-10T09:00:00.000Z',
    dueAt: '2026-04-13T09:00:00.000Z',
    lateUntil: '2026-04-25T09:00:00.000Z',
    stoppedAt: null,
    warnings: [],
    lateReasons: null,
    processInstanceKey: '300',
    processDefinitionKey: '9',
    processDefinitionId: 'p',
    businessId: null,
    ...changes,
  };
}

export function record(changes: Partial<DeadlineRecord> = {}): DeadlineRecord {
  return {
    deadlineRecordKey: '50',
    kind: 'STARTED',
    recordedAt: '2026-04-10T11:00:00.000Z',
    recordedBy: 'agri_data_group1',
    recordedThrough: null,
    approvedBy: null,
    elementId: null,
    happenedAt: '2026-04-10T09:00:00.000Z',
    dueBefore: null,
    dueAfter: null,
    text: null,
    facts: [],
    document: null,
    ...changes,
  };
}

export function intervention(changes: Partial<Intervention> = {}): Intervention {
  return {
    interventionKey: '70',
    kind: 'cancel',
    state: 'PENDING',
    reason: 'รับเรื่องซ้ำ',
    request: {},
    elementId: null,
    elementInstanceKey: '300',
    processInstanceKey: '300',
    processDefinitionId: 'p',
    processDefinitionKey: '9',
    businessId: 'กษ 12',
    requestedBy: 'dpo1',
    onBehalfOf: null,
    requestDate: '2026-04-10T09:00:00.000Z',
    decidedBy: null,
    decisionDate: null,
    note: null,
    processName: { th: 'แจ้งเหตุ', en: 'Notification' },
    about: { th: null, en: null },
    ...changes,
  };
}

export function processInstance(changes: Partial<ProcessInstance> = {}): ProcessInstance {
  return {
    processInstanceKey: '300',
    processDefinitionKey: '9',
    processDefinitionId: 'p',
    processDefinitionName: 'แจ้งเหตุ',
    processNameEn: 'Notification',
    processDefinitionVersion: 1,
    startDate: '2026-04-10T09:00:00.000Z',
    endDate: null,
    state: 'ACTIVE',
    hasIncident: false,
    processDefinitionVersionTag: null,
    suspendedDate: null,
    tenantId: '<default>',
    parentProcessInstanceKey: null,
    parentElementInstanceKey: null,
    rootProcessInstanceKey: '300',
    tags: [],
    startedBy: 'agri_data_group1',
    statutoryDueDate: null,
    rev: 1,
    businessId: null,
    accessClass: 'NORMAL',
    ...changes,
  };
}

export const form = {
  formKey: '7',
  formId: 'p.report',
  version: 1,
  schema: JSON.stringify({
    schemaVersion: 16,
    type: 'default',
    id: 'p.report',
    components: [
      {
        type: 'textfield',
        id: 'Field_report',
        key: 'report',
        label: 'รายงาน',
        validate: { required: true },
        properties: { 'label.en': 'Report' },
      },
      {
        type: 'textarea',
        id: 'Field_late',
        key: 'late_reasons',
        label: 'เหตุผลที่ล่าช้า',
        properties: { 'label.en': 'Reasons for the delay' },
      },
      { type: 'button', id: 'Button', label: 'ส่ง', action: 'submit' },
    ],
  }),
};
