import { deriveId } from '@slipway/contracts';
import { CommandRunner, InMemoryEventStore, testContext } from '@slipway/event-sourcing';
import { deploy, hold, resume } from '../../slot/domain/slot.decider';
import { slotType, type Deployment } from '../../slot/domain/slot.state';
import { readSlot } from './slot-reading';

const ref = { projectId: 'shop', type: 'slot', id: deriveId('slot', 'spec') } as const;
const environmentId = deriveId('environment', 'shop', 'dev');
const deployment: Deployment = {
  releaseId: deriveId('release', 'v1'),
  executionId: deriveId('execution', 'v1'),
  fence: 1,
  serviceId: deriveId('service', 'web'),
  serviceName: 'web',
  targetId: deriveId('target', 'local'),
  artifactId: deriveId('artifact', 'v1'),
  artifactVersion: 'v1',
  artifactDigest: `sha256:${'a'.repeat(64)}`,
  manifestDigest: `sha256:${'b'.repeat(64)}`,
  url: null,
};

describe('the position of the last deployment into a slot', () => {
  it.each([0, 1, 150])('is found behind %i holds and as many resumptions', async (times) => {
    const store = new InMemoryEventStore();
    const runner = new CommandRunner(store);
    let commands = 0;
    const context = () => testContext({ commandId: deriveId('command', String(++commands)) });
    await runner.run(slotType, ref, context(), (slot) => hold(slot, { reason: 'before', by: 'ada', environmentId }));
    const { position } = await runner.run(slotType, ref, context(), (slot) =>
      deploy(slot, { deployment, environmentId, overExecutionId: null }),
    );
    await runner.run(slotType, ref, context(), (slot) => resume(slot, { reason: null, by: 'ada', environmentId }));
    for (let count = 0; count < times; count++) {
      await runner.run(slotType, ref, context(), (slot) => hold(slot, { reason: 'again', by: 'ada', environmentId }));
      await runner.run(slotType, ref, context(), (slot) => resume(slot, { reason: null, by: 'ada', environmentId }));
    }
    expect(await readSlot({ runner, store }, 'shop', ref.id)).toMatchObject({ deployedPosition: position });
  });
  it('is 0 in a slot into which nothing came', async () => {
    const store = new InMemoryEventStore();
    expect(await readSlot({ runner: new CommandRunner(store), store }, 'shop', ref.id)).toMatchObject({ deployedPosition: 0 });
  });
});
