import { defaultPolicy, environmentId, type EnvironmentEvent, type NewEnvironmentEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { environmentBasis, type EnvironmentBasis } from './environment.basis';

const id = environmentId('demo', 'prod');
const created: NewEnvironmentEvent = {
  action: 'environment.created',
  status: 'active',
  environmentId: id,
  detail: { name: 'prod', title: 'prod', type: 'production', policy: defaultPolicy('production') },
};
const deleted: NewEnvironmentEvent = { action: 'environment.deleted', status: 'deleted', environmentId: id, detail: { reason: '' } };

describe('an environment as a release needs it', () => {
  it('goes on counting the versions of its policy when it is created again, as its owner does', () => {
    const of = (...history: NewEnvironmentEvent[]) =>
      new DeciderSpec<EnvironmentBasis, EnvironmentEvent, NewEnvironmentEvent>(environmentBasis, {
        projectId: 'demo',
        type: 'environment',
        id,
      })
        .given(...history)
        .fold().state;
    expect(of(created)).toMatchObject({ policyVersion: 1, deleted: false });
    expect(of(created, deleted, created)).toMatchObject({ policyVersion: 2, policyReason: null, deleted: false, version: 3 });
  });
});
