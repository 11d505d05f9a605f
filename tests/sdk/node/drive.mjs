// Drives a server with the official TypeScript SDK, which checks every request and every answer against its own
// schemas (CAMUNDA_SDK_VALIDATION=strict). Prints one JSON object with what it saw.
import { createCamundaClient } from '@camunda8/orchestration-cluster-api';

const [address, password, diagram, order] = process.argv.slice(2);
const now = { consistency: { waitUpToMs: 0 } };

function clientOf(username) {
  return createCamundaClient({
    config: {
      CAMUNDA_REST_ADDRESS: address,
      CAMUNDA_AUTH_STRATEGY: 'BASIC',
      CAMUNDA_BASIC_AUTH_USERNAME: username,
      CAMUNDA_BASIC_AUTH_PASSWORD: password,
      CAMUNDA_SDK_VALIDATION: 'strict',
      CAMUNDA_SDK_LOG_LEVEL: 'error',
    },
  });
}

const owner = clientOf('owner');
const worker = clientOf('worker');
const seen = {};

await owner.getTopology();
const deployed = await owner.deployResourcesFromFiles([diagram]);
seen.deployed = deployed.processes.map((process) => process.processDefinitionId);
const definitions = await owner.searchProcessDefinitions({ filter: { processDefinitionId: 'sdk-order' } }, now);
seen.definitions = definitions.items.length;

const created = await owner.createProcessInstance({
  processDefinitionId: 'sdk-order',
  variables: { orderId: order, amount: 12.5 },
});
const ofCase = { processInstanceKey: created.processInstanceKey };
const tasks = await owner.searchUserTasks({ filter: ofCase }, now);
const { userTaskKey } = tasks.items[0];
seen.groups = tasks.items[0].candidateGroups;
await owner.assignUserTask({ userTaskKey, assignee: 'owner' });
await owner.getUserTask({ userTaskKey }, now);
seen.wrongState = await owner
  .assignUserTask({ userTaskKey, assignee: 'ann', allowOverride: false })
  .then(() => null, (error) => error.status ?? String(error));
await owner.completeUserTask({ userTaskKey, variables: { checked: true } });
await owner.publishMessage({ name: 'paid', correlationKey: order, timeToLive: 60000, variables: { paid: true } });

const packed = new Promise((resolve, reject) => {
  const polling = worker.createJobWorker({
    jobType: 'sdk-pack',
    maxParallelJobs: 4,
    jobTimeoutMs: 60000,
    jobHandler: async (job) => {
      const receipt = await job.complete({ packed: 1 });
      if (job.processInstanceKey === created.processInstanceKey) {
        polling.stop();
        resolve(job.variables);
      }
      return receipt;
    },
  });
  setTimeout(() => reject(new Error('no job came')), 30000).unref();
});
seen.variables = await packed;

for (let tries = 0; tries < 50; tries += 1) {
  const found = await owner.getProcessInstance(ofCase, now);
  seen.state = found.state;
  if (found.state !== 'ACTIVE') break;
  await new Promise((resolve) => setTimeout(resolve, 100));
}
const elements = await owner.searchElementInstances({ filter: ofCase }, now);
seen.elements = elements.items.map((element) => element.elementId).sort();
const variables = await owner.searchVariables({ filter: ofCase }, now);
seen.packed = variables.items.find((variable) => variable.name === 'packed')?.value;
await owner.searchIncidents({ filter: ofCase }, now);
await owner.searchJobs({ filter: ofCase }, now);
console.log(JSON.stringify(seen));
process.exit(0);
