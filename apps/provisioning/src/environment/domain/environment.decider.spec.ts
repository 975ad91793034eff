import {
  APPROVAL_ACTS,
  defaultPolicy,
  environmentId,
  STRATEGY_TYPES,
  type EnvironmentEvent,
  type EnvironmentPolicy,
  type EnvironmentType,
  type NewEnvironmentEvent,
} from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import {
  activeEnvironment,
  changeEnvironmentPolicy,
  createEnvironment,
  deleteEnvironment,
  policyToPropose,
  takeApprovedPolicy,
  updateEnvironment,
} from './environment.decider';
import { EnvironmentAggregate, type Environment } from './environment.state';

const id = environmentId('shop', 'prod');
const created: NewEnvironmentEvent = {
  action: 'environment.created',
  status: 'active',
  environmentId: id,
  detail: { name: 'prod', title: 'prod', type: 'production', policy: defaultPolicy('production') },
};
const deleted: NewEnvironmentEvent = { action: 'environment.deleted', status: 'deleted', environmentId: id, detail: { reason: 'moved' } };
const environment = (...history: NewEnvironmentEvent[]) =>
  new DeciderSpec<Environment, EnvironmentEvent, NewEnvironmentEvent>(EnvironmentAggregate, {
    projectId: 'shop',
    type: 'environment',
    id,
  }).given(...history);

describe('environment', () => {
  it('takes the policy of its type from the matrix: production asks for approval, development does not', async () => {
    const request = { project: 'shop', name: 'prod', type: 'production' } as const;
    await environment()
      .when((state) => createEnvironment(request, id, state))
      .thenEvents(created);
    const [event] = createEnvironment({ ...request, type: 'development' }, id, { phase: 'absent' });
    expect(event!.detail).toMatchObject({ policy: { approval_for: [], required_permission: 'deploy:release:apply', ticket_ttl_s: null } });
    expect(created.detail).toMatchObject({
      policy: { approval_for: [...APPROVAL_ACTS], ticket_ttl_s: 1800, preview_ttl_s: 900 },
    });
  });

  it('may replace members of the default policy when it is created', () => {
    const [event] = createEnvironment({ project: 'shop', name: 'prod', type: 'production', policy: { quorum: 2 } }, id, {
      phase: 'absent',
    });
    expect(event!.detail).toMatchObject({ policy: { ...defaultPolicy('production'), quorum: 2 } });
  });

  it('is unique by name in its project, and its name never reads as an id', async () => {
    const request = { project: 'shop', name: 'prod', type: 'production' } as const;
    await environment(created)
      .when((state) => createEnvironment(request, id, state))
      .thenRefused('already_exists');
    await environment()
      .when((state) => createEnvironment({ ...request, name: id }, id, state))
      .thenRefused('invalid_request');
  });

  it('changes its policy in part, with the reason, and the event holds the whole', async () => {
    const staging: NewEnvironmentEvent = { ...created, detail: { ...created.detail, type: 'staging', policy: defaultPolicy('staging') } };
    await environment(staging)
      .when((state) => changeEnvironmentPolicy({ policy: { quorum: 2 }, reason: 'audit' }, state, 'prod'))
      .thenEvents({
        action: 'environment.policy_changed',
        status: 'active',
        environmentId: id,
        detail: { policy: { ...defaultPolicy('staging'), quorum: 2 }, reason: 'audit', version: 2 },
      });
    await environment(staging)
      .when((state) =>
        changeEnvironmentPolicy({ policy: { quorum: 1, allowed_strategies: [...STRATEGY_TYPES].reverse() }, reason: 'x' }, state, 'prod'),
      )
      .thenNothing();
    await environment(staging)
      .when((state) => changeEnvironmentPolicy({ policy: { quorum: 2, approvers: ['ann'] }, reason: 'x' }, state, 'prod'))
      .thenRefused('invalid_request');
  });

  it('leaves a change to the inbox where the policy in force asks for its approval', async () => {
    await environment(created)
      .when((state) => changeEnvironmentPolicy({ policy: { quorum: 2 }, reason: 'audit' }, state, 'prod'))
      .thenNothing();
    const { state } = environment(created).fold();
    const proposed = (policy: Partial<EnvironmentPolicy>) => policyToPropose(activeEnvironment(state, 'prod'), policy);
    expect(proposed({ quorum: 2 })).toEqual({ ...defaultPolicy('production'), quorum: 2 });
    expect(proposed({ approval_for: [...APPROVAL_ACTS].reverse() })).toBeNull();
  });

  it('is not deleted while it has targets', async () => {
    await environment(created)
      .when((state) => deleteEnvironment('moved', ['web'], state, 'prod'))
      .thenRefused('resource_in_use');
    await environment(created)
      .when((state) => deleteEnvironment('moved', [], state, 'prod'))
      .thenEvents(deleted);
  });

  it('says that it was deleted, and can be created again with its history going on', async () => {
    await environment(created, deleted)
      .when((state) => updateEnvironment({ title: 'x' }, state, 'prod'))
      .thenRefused('resource_deleted');
    await environment()
      .when((state) => updateEnvironment({ title: 'x' }, state, 'prod'))
      .thenRefused('unknown_resource');
    const again = environment(created, deleted, created).fold();
    expect(again.state).toMatchObject({ phase: 'active', version: 3 });
  });

  it('comes back no looser than it was where changes of its policy needed approval', async () => {
    const strict: NewEnvironmentEvent = {
      ...created,
      detail: { ...created.detail, policy: { ...defaultPolicy('production'), quorum: 2 } },
    };
    const again = (...[type, policy]: [EnvironmentType, Partial<EnvironmentPolicy>?]) =>
      environment(strict, deleted).when((state) => createEnvironment({ project: 'shop', name: 'prod', type, policy }, id, state));
    await again('development').thenRefused('approval_required');
    await again('production').thenRefused('approval_required');
    await again('staging', { ...defaultPolicy('production'), quorum: 2 }).thenRefused('approval_required');
    await again('production', { quorum: 2 }).thenEvents(strict);
    await again('production', { quorum: 2, change_required: true }).thenEvents({
      ...strict,
      detail: { ...created.detail, policy: { ...defaultPolicy('production'), quorum: 2, change_required: true } },
    });
    const free: NewEnvironmentEvent = {
      ...created,
      detail: { ...created.detail, policy: { ...defaultPolicy('production'), approval_for: [] } },
    };
    const [back] = createEnvironment({ project: 'shop', name: 'prod', type: 'local' }, id, environment(free, deleted).fold().state);
    expect(back).toMatchObject({ detail: { type: 'local' } });
  });

  it('goes on counting the versions of its policy when it comes back, so that nothing proposed before fits', () => {
    const { state } = environment(created, deleted, created).fold();
    expect(state).toMatchObject({ phase: 'active', policyVersion: 2 });
    const proposal = { policy: defaultPolicy('development'), reason: 'before', base_version: 1 };
    expect(takeApprovedPolicy(proposal, { ticketId: 'tkt', requestedBy: 'dev', approvedBy: ['ann'] }, state)).toEqual([]);
  });
});
