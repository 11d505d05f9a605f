// Calls every route that the server answers with the official TypeScript SDK, which checks every request and every
// answer against its own schemas (CAMUNDA_SDK_VALIDATION=strict). Of the method names in the last argument it prints,
// as one JSON object, which were not answered and which this SDK does not have; and what conditions started.
import { createCamundaClient } from '@camunda8/orchestration-cluster-api';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const [address, password, folder, names] = process.argv.slice(2);
const now = { consistency: { waitUpToMs: 0 } };
const answered = new Set();

function clientOf(username, validation = 'strict') {
  const client = createCamundaClient({
    config: {
      CAMUNDA_REST_ADDRESS: address,
      CAMUNDA_AUTH_STRATEGY: 'BASIC',
      CAMUNDA_BASIC_AUTH_USERNAME: username,
      CAMUNDA_BASIC_AUTH_PASSWORD: password,
      CAMUNDA_SDK_VALIDATION: validation,
      CAMUNDA_SDK_LOG_LEVEL: 'error',
    },
  });
  return new Proxy(client, {
    get(target, name) {
      const method = target[name];
      if (typeof method !== 'function') return method;
      return async (...given) => {
        const answer = await method.apply(target, given);
        answered.add(name);
        return answer;
      };
    },
  });
}

const owner = clientOf('owner');
const worker = clientOf('worker');
const admin = clientOf('admin');
// its own schemas want files to be texts, so that it refuses every document when it is strict
const unchecked = clientOf('owner', 'none');
const first = async (found) => (await found).items[0];
const start = (processDefinitionId, variables = {}) => owner.createProcessInstance({ processDefinitionId, variables });

async function definitions() {
  const diagrams = ['order.bpmn', 'form.bpmn', 'ad-hoc.bpmn', 'decide.bpmn', 'condition.bpmn'];
  const files = [...diagrams, 'request.form'].map((n) => join(folder, n));
  await owner.deployResourcesFromFiles([...files, join(dirname(folder), 'api', 'price.dmn')]);
  await owner.getStatus();
  await owner.getTopology();
  await owner.getAuthentication();
  await owner.searchGroups({}, now);
  await owner.searchUsers({}, now);
  const filter = { processDefinitionId: 'sdk-form' };
  const { processDefinitionKey } = await first(owner.searchProcessDefinitions({ filter }, now));
  const one = { processDefinitionKey };
  await owner.getProcessDefinition(one, now);
  await owner.getProcessDefinitionXml(one, now);
  await owner.getStartProcessForm(one, now);
  await owner.getProcessDefinitionStatistics(one, now);
  await owner.getProcessDefinitionInstanceStatistics({}, now);
  await owner.getProcessDefinitionInstanceVersionStatistics({ filter }, now);
  await owner.getResource({ resourceKey: processDefinitionKey }, now);
  await owner.getResourceContent({ resourceKey: processDefinitionKey }, now);
  await owner.searchMessageSubscriptions({}, now);
}

async function conditions() {
  const none = await owner.evaluateConditionals({ variables: { level: 10 } });
  const { processInstances } = await owner.evaluateConditionals({ variables: { level: 11 } });
  const { processInstanceKey } = processInstances[0];
  const begun = await owner.getProcessInstance({ processInstanceKey }, now);
  return [none.processInstances.length, processInstances.length, begun.processDefinitionId, begun.state];
}

async function decisions() {
  const decided = await owner.evaluateDecision({ decisionDefinitionId: 'price', variables: { amount: 3 } });
  const { decisionDefinitionKey, decisionRequirementsKey } = decided;
  await owner.searchDecisionDefinitions({}, now);
  await owner.getDecisionDefinition({ decisionDefinitionKey }, now);
  await owner.getDecisionDefinitionXml({ decisionDefinitionKey }, now);
  await owner.searchDecisionRequirements({}, now);
  await owner.getDecisionRequirements({ decisionRequirementsKey }, now);
  await owner.getDecisionRequirementsXml({ decisionRequirementsKey }, now);
  const { processInstanceKey } = await start('sdk-decide', { amount: 3 });
  const taken = await first(owner.searchDecisionInstances({ filter: { processInstanceKey } }, now));
  const { decisionEvaluationInstanceKey } = taken;
  await owner.getDecisionInstance({ decisionEvaluationInstanceKey }, now);
}

async function aCase() {
  const { processInstanceKey } = await start('sdk-order', { orderId: randomUUID() });
  const of = { processInstanceKey };
  await owner.searchProcessInstances({ filter: of }, now);
  await owner.getProcessInstance(of, now);
  await owner.getProcessInstanceCallHierarchy(of, now);
  await owner.getProcessInstanceSequenceFlows(of, now);
  await owner.getProcessInstanceStatistics(of, now);
  await owner.searchProcessInstanceIncidents(of, now);
  const { elementInstanceKey } = await first(owner.searchElementInstances({ filter: of }, now));
  await owner.getElementInstance({ elementInstanceKey }, now);
  await owner.searchElementInstanceIncidents({ elementInstanceKey }, now);
  await owner.createElementInstanceVariables({ elementInstanceKey: processInstanceKey, variables: { note: 'x' } });
  const { variableKey } = await first(owner.searchVariables({ filter: of }, now));
  await owner.getVariable({ variableKey }, now);
  await owner.modifyProcessInstance({ ...of, activateInstructions: [{ elementId: 'Task_Check' }] });
  const changed = (await readFile(join(folder, 'order.bpmn'), 'utf8')).replace('small', randomUUID());
  const deployed = await owner.createDeployment({ resources: [new File([changed], 'order.bpmn')] });
  const { processDefinitionKey } = deployed.deployments[0].processDefinition;
  const mappingInstructions = [{ sourceElementId: 'Task_Check', targetElementId: 'Task_Check' }];
  await owner.migrateProcessInstance({ ...of, targetProcessDefinitionKey: processDefinitionKey, mappingInstructions });
  await owner.cancelProcessInstance(of);
  await owner.deleteResource({ resourceKey: processDefinitionKey }); // the version before it is the newest again
}

async function aTask() {
  const { processInstanceKey } = await owner.correlateMessage({ name: 'begin', correlationKey: randomUUID() });
  const filter = { processInstanceKey };
  await first(owner.searchCorrelatedMessageSubscriptions({ filter }, now));
  const { userTaskKey } = await first(owner.searchUserTasks({ filter }, now));
  const one = { userTaskKey };
  await owner.getUserTask(one, now);
  await owner.getUserTaskForm(one, now);
  await owner.searchUserTaskVariables(one, now);
  await owner.searchUserTaskEffectiveVariables(one, now);
  await owner.updateUserTask({ ...one, changeset: { priority: 70 } });
  await owner.assignUserTask({ ...one, assignee: 'owner' });
  await owner.unassignUserTask(one);
  await owner.assignUserTask({ ...one, assignee: 'owner' });
  await owner.completeUserTask({ ...one, variables: { subject: 'ขอข้อมูล' } });
  await owner.broadcastSignal({ signalName: 'nobody-waits' });
}

async function choosing() {
  const { processInstanceKey } = await start('sdk-ad-hoc');
  const filter = { processInstanceKey, type: 'AD_HOC_SUB_PROCESS' };
  const { elementInstanceKey } = await first(owner.searchElementInstances({ filter }, now));
  const adHocSubProcessInstanceKey = elementInstanceKey;
  await owner.activateAdHocSubProcessActivities({ adHocSubProcessInstanceKey, elements: [{ elementId: 'A' }] });
}

async function toJob() {
  const orderId = randomUUID();
  const { processInstanceKey } = await start('sdk-order', { orderId });
  const { userTaskKey } = await first(owner.searchUserTasks({ filter: { processInstanceKey } }, now));
  await owner.assignUserTask({ userTaskKey, assignee: 'owner' });
  await owner.completeUserTask({ userTaskKey });
  await owner.publishMessage({ name: 'paid', correlationKey: orderId });
  return processInstanceKey;
}

async function take(cases) {
  const wanted = { type: 'sdk-pack', timeout: 60000, maxJobsToActivate: 100, worker: 'w', requestTimeout: -1 };
  const { jobs } = await worker.activateJobs(wanted);
  return cases.map((key) => jobs.find((job) => job.processInstanceKey === key).jobKey);
}

async function work() {
  const cases = [await toJob(), await toJob(), await toJob()];
  const [thrown, ...failed] = await take(cases);
  await worker.throwJobError({ jobKey: thrown, errorCode: 'BROKEN' });
  for (const jobKey of failed) await worker.failJob({ jobKey, retries: 0, errorMessage: 'no box' });
  const { incidentKey } = await first(owner.searchIncidents({ filter: { processInstanceKey: cases[1] } }, now));
  await owner.getIncident({ incidentKey }, now);
  await owner.searchJobs({}, now);
  await owner.updateJob({ jobKey: failed[0], changeset: { retries: 1 } });
  await owner.resolveIncident({ incidentKey });
  await owner.resolveProcessInstanceIncidents({ processInstanceKey: cases[2] });
  for (const jobKey of await take(cases.slice(1))) await worker.completeJob({ jobKey });
}

async function waitUntilEnded(batchOperationKey) {
  for (;;) {
    const found = await admin.getBatchOperation({ batchOperationKey }, now);
    if (found.endDate !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function many() {
  const { processInstanceKey, processDefinitionKey } = await start('sdk-order', { orderId: randomUUID() });
  const filter = { processInstanceKey };
  const same = { sourceElementId: 'Task_Check', targetElementId: 'Task_Check' };
  const migrationPlan = { targetProcessDefinitionKey: processDefinitionKey, mappingInstructions: [same] };
  const ended = async (asked) => waitUntilEnded((await asked).batchOperationKey);
  await ended(owner.modifyProcessInstancesBatchOperation({ filter, moveInstructions: [same] }));
  await ended(owner.migrateProcessInstancesBatchOperation({ filter, migrationPlan }));
  await ended(owner.resolveIncidentsBatchOperation({ filter }));
  await ended(owner.cancelProcessInstancesBatchOperation({ filter }));
  await ended(admin.deleteProcessInstancesBatchOperation({ filter }));
  await first(admin.searchBatchOperations({ filter: { operationType: 'CANCEL_PROCESS_INSTANCE' } }, now));
  await first(admin.searchBatchOperationItems({ filter }, now));
  for (let n = 0; n < 10; n += 1) await start('sdk-order', { orderId: randomUUID() });
  const [resumed, cancelled] = [await held(same), await held(same)];
  await owner.resumeBatchOperation(resumed);
  await owner.cancelBatchOperation(cancelled);
  const gone = await start('sdk-order', { orderId: randomUUID() });
  await owner.cancelProcessInstance({ processInstanceKey: gone.processInstanceKey });
  await admin.deleteProcessInstance({ processInstanceKey: gone.processInstanceKey });
}

// an operation that was suspended before it ended: of several, one is not fast enough
async function held(move) {
  const filter = { processDefinitionId: 'sdk-order', elementId: 'Task_Check' };
  for (;;) {
    const { batchOperationKey } = await owner.modifyProcessInstancesBatchOperation({ filter, moveInstructions: [move] });
    try {
      await owner.suspendBatchOperation({ batchOperationKey });
      return { batchOperationKey };
    } catch {
      await waitUntilEnded(batchOperationKey);
    }
  }
}

async function documents() {
  const file = new File(['%PDF'], 'รายงาน.pdf', { type: 'application/pdf' });
  const metadata = { customProperties: { page: 3 } };
  const { documentId, contentHash } = await unchecked.createDocument({ file, metadata });
  const metadataList = [metadata, metadata];
  await unchecked.createDocuments({ files: [file, file], metadataList });
  const found = await unchecked.getDocument({ documentId, contentHash }, now);
  if ((await found.text()) !== '%PDF') throw new Error('not what was handed in');
  const { url } = await owner.createDocumentLink({ documentId, timeToLive: 60000 });
  if ((await (await fetch(url)).text()) !== '%PDF') throw new Error('the link leads elsewhere');
  await owner.deleteDocument({ documentId });
}

async function audits() {
  const wanted = { filter: { entityType: 'USER_TASK' } };
  const { auditLogKey, userTaskKey } = await first(admin.searchAuditLogs(wanted, now));
  const one = await admin.getAuditLog({ auditLogKey }, now);
  if (one.auditLogKey !== auditLogKey) throw new Error('another entry');
  await first(owner.searchUserTaskAuditLogs({ userTaskKey, filter: { actorId: one.actorId } }, now));
}

await definitions();
const byConditions = await conditions();
await decisions();
await aCase();
await aTask();
await choosing();
await work();
await many();
await documents();
await audits();
const wanted = JSON.parse(names);
const absent = wanted.filter((name) => typeof owner[name] !== 'function');
const missed = wanted.filter((n) => !answered.has(n) && !absent.includes(n));
console.log(JSON.stringify({ absent, missed, byConditions }));
process.exit(0);
