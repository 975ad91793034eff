import { differences } from './differences';
import { ownedFields } from '../slot/field-paths';

describe('fields of an object', () => {
  it('differ where the live object says something else, by a path that a person can read', () => {
    const wanted = { spec: { replicas: 2, containers: [{ name: 'web', env: [{ name: 'A', value: '1' }], args: ['x', 'y'] }] } };
    const live = {
      spec: {
        replicas: 1,
        paused: true,
        containers: [
          { name: 'proxy' },
          {
            name: 'web',
            env: [
              { name: 'B', value: '9' },
              { name: 'A', value: '2' },
            ],
            args: ['x'],
          },
        ],
      },
    };
    expect([...differences(wanted, live)]).toEqual([
      { path: 'spec.replicas', wanted: 2, found: 1 },
      { path: 'spec.containers[web].env[A].value', wanted: '1', found: '2' },
      { path: 'spec.containers[web].args', wanted: ['x', 'y'], found: ['x'] },
    ]);
    expect([...differences(wanted, { spec: { ...wanted.spec, paused: true } })]).toEqual([]);
  });

  it('are the same in another order of the members of a list without keys', () => {
    const wanted = { spec: { tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }] } };
    expect([...differences(wanted, { spec: { tolerations: [{ effect: 'NoSchedule', operator: 'Exists' }] } })]).toEqual([]);
    expect([...differences(wanted, { spec: { tolerations: [{ effect: 'NoExecute', operator: 'Exists' }] } })]).toHaveLength(1);
  });

  it('are the same in another spelling of a quantity, and of nothing else', () => {
    const limits = (cpu: unknown, memory: string) => ({ resources: { limits: { cpu, memory } }, value: '1' });
    expect([...differences(limits('0.5', '1024Mi'), limits('500m', '1Gi'))]).toEqual([]);
    expect([...differences(limits(2, '1Gi'), limits('2', '1G'))]).toHaveLength(1);
    expect([...differences({ value: '1000m' }, { value: '1' })]).toHaveLength(1);
  });

  it('are named with who set them', () => {
    const fieldsV1 = {
      'f:spec': { 'f:replicas': {}, 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } } } } },
    };
    const metadata = {
      managedFields: [
        { manager: 'kubectl-edit', time: '2026-01-01T00:00:00Z', fieldsV1 },
        { manager: 'x', subresource: 'status', fieldsV1 },
      ],
    };
    expect(ownedFields({ apiVersion: 'apps/v1', kind: 'Deployment', metadata })).toEqual([
      { path: 'spec.replicas', manager: 'kubectl-edit', time: '2026-01-01T00:00:00Z' },
      { path: 'spec.template.spec.containers[web].image', manager: 'kubectl-edit', time: '2026-01-01T00:00:00Z' },
    ]);
  });
});
