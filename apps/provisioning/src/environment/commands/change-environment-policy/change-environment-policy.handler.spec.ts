import { defaultPolicy, environmentId, type AggregateRef, type NewEnvironmentEvent, type Principal } from '@slipway/contracts';
import { CommandRunner, InMemoryEventStore, StaleVersion, type AppendRequest, type AppendResult } from '@slipway/event-sourcing';
import { CallerContext } from '@slipway/service-kit';
import { EnvironmentAggregate } from '../../domain/environment.state';
import type { EnvironmentReferences } from '../../environment.references';
import { ChangeEnvironmentPolicy } from './change-environment-policy.command';
import { ChangeEnvironmentPolicyHandler } from './change-environment-policy.handler';

const id = environmentId('shop', 'prod');
const ref: AggregateRef = { projectId: 'shop', type: 'environment', id };
const principal: Principal = {
  actorId: 'ann',
  actorType: 'human',
  permissions: ['deploy:release:apply', 'deploy:release:approve'],
  projects: ['*'],
  environments: ['*'],
};
const clock = { now: () => '2026-01-01T00:00:00.000Z' };
const caller = (n: number) =>
  new CallerContext(principal, '', `cmd-${String(n).padStart(24, '0')}`, undefined, 'api', 'spec', null, 0, clock);

/** Lets another command in between a decision and its append, once. */
class ContestedStore extends InMemoryEventStore {
  rival: (() => Promise<unknown>) | null = null;

  override async append(request: AppendRequest): Promise<AppendResult> {
    const rival = this.rival;
    this.rival = null;
    if (!rival) return super.append(request);
    await rival();
    throw new StaleVersion(request.ref, request.expected.position);
  }
}

describe('a change of policy', () => {
  const store = new ContestedStore();
  const runner = new CommandRunner(store);
  const references = { resolve: () => Promise.resolve(ref) } as unknown as EnvironmentReferences;
  const handler = new ChangeEnvironmentPolicyHandler(runner, references);
  const change = (n: number, policy: ChangeEnvironmentPolicy['request']['policy']) =>
    handler.execute(new ChangeEnvironmentPolicy({ id, policy, reason: 'audit' }, caller(n)));

  it('is judged by the policy that it changes, also where that came to need approval in between', async () => {
    const policy = defaultPolicy('staging');
    const created: NewEnvironmentEvent = {
      action: 'environment.created',
      status: 'active',
      environmentId: id,
      detail: { name: 'prod', title: 'prod', type: 'staging', policy },
    };
    await runner.run(EnvironmentAggregate, ref, caller(1).commandContext(), () => [created]);
    store.rival = () => change(2, { approval_for: ['policy_change'], approvers: ['ann'] });
    const { view } = await change(3, { four_eyes: false });
    expect(view).toMatchObject({
      policy: { four_eyes: true, approval_for: ['policy_change'] },
      policy_change: { ticket_id: expect.any(String) as string },
    });
    await expect(change(4, { quorum: 2 })).rejects.toMatchObject({ code: 'invalid_request', details: { field: 'quorum' } });
    expect((await runner.load(EnvironmentAggregate, ref)).state).toMatchObject({
      policyVersion: 2,
      policy: { four_eyes: true, quorum: 1 },
    });
  });
});
