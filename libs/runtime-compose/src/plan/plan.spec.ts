import { canonicalJson, resolveStrategy, type ArtifactManifest, type StrategyInput } from '@slipway/contracts';
import type { Observation, RuntimePlan } from '@slipway/runtime-target';
import { renderManifest } from '../manifest/render-manifest';
import { planChange } from './plan';

const image = (letter: string): string => `example.org/web@sha256:${letter.repeat(64)}`;
const manifestOf = (processes: ArtifactManifest['processes'], version: string, variables = {}) => ({
  ...renderManifest({
    projectId: 'demo',
    serviceId: 'svc-1',
    serviceName: 'shop',
    slotId: 'slt-1',
    releaseId: `rel-${version}`,
    artifactDigest: `sha256:${version.padEnd(64, '0')}`,
    artifactVersion: version,
    artifactManifest: { api_version: 'slipway/v1', processes },
    files: {},
    connection: { host: 'h', port: 22, user: 'deploy', project_name: 'shop', routed_port: 8000 },
    variables,
    strategy: resolveStrategy('rolling'),
  }),
});
const nothing: Observation = {
  slotId: 'slt-1',
  releaseId: null,
  manifest: null,
  manifestDigest: null,
  artifactDigest: null,
  url: null,
  fence: 0,
  replicas: [],
  routes: [],
  observedAt: '',
};
function plan(
  after: ReturnType<typeof manifestOf>,
  before?: ReturnType<typeof manifestOf>,
  strategy: StrategyInput = 'rolling',
  drifted: string[] = [],
): RuntimePlan {
  // As it is stored, and read back from the host: the order of members is another one.
  const stored = before && (JSON.parse(canonicalJson(before)) as typeof before);
  const observation = stored ? { ...nothing, releaseId: 'rel-old', manifest: stored } : nothing;
  const input = {
    slotId: 'slt-1',
    manifestDigest: '',
    artifactDigest: '',
    manifest: after,
    strategy: resolveStrategy(strategy),
    observation,
  };
  return planChange(
    { ...input, access: { key: '', connection: { host: '127.0.0.1', port_from: 1, port_to: 1 }, credential: () => Promise.resolve(null) } },
    drifted,
  );
}
const web = { image: image('a'), port: 8080, replicas: 2, probes: { readiness: { path: '/ready' } } };
const db = { image: image('d'), volumes: [{ name: 'data', mount_path: '/data' }] };
const results = ({ checks }: RuntimePlan) => Object.fromEntries(checks.map(({ name, result }) => [name, result]));
const verbs = ({ actions }: RuntimePlan) => actions.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`);

describe('a plan for a Docker host', () => {
  it('creates everything in an empty slot: volumes, what has data, the containers, the route', () => {
    const first = plan(manifestOf({ web, db }, '1'));
    expect(verbs(first)).toEqual([
      'create volume data',
      'create container db',
      'create container web',
      'route route shop',
      'verify release shop',
    ]);
    expect(results(first)['images-pinned']).toBe('pass');
  });

  it('says which containers are replaced and why, and which stay', () => {
    const before = manifestOf({ web, db }, '1', { A: '1' });
    const after = manifestOf({ web: { ...web, image: image('b') }, db }, '1', { A: '1' });
    const { actions, diff, riskReasons } = plan(after, before, 'blue-green');
    expect(riskReasons).toEqual([]);
    expect(actions.find(({ name }) => name === 'db')).toMatchObject({ verb: 'none' });
    expect(actions.find(({ verb, name }) => verb === 'create' && name === 'web')?.summary).toContain('image aaaaaaaaaaaa -> bbbbbbbbbbbb');
    expect(actions.map(({ verb }) => verb)).toContain('delete');
    expect(diff).toEqual([{ op: 'replace', path: '/services/web/image', before: image('a'), after: image('b') }]);
  });

  it('warns that what has data is replaced in its place', () => {
    const changed = plan(manifestOf({ web, db: { ...db, env: { SIZE: '2' } } }, '1'), manifestOf({ web, db }, '1'));
    expect(changed.actions.find(({ name }) => name === 'db')).toMatchObject({ verb: 'recreate' });
    expect(changed.riskReasons.join(' ')).toContain('db has data and is replaced in its place');
  });

  it('fails what cannot be told apart or cannot run twice', () => {
    expect(results(plan(manifestOf({ web: { ...web, image: 'example.org/web:latest' } }, '1')))['images-pinned']).toBe('fail');
    const sqlite = { ...web, volumes: [{ name: 'data', mount_path: '/data' }] };
    expect(results(plan(manifestOf({ web: sqlite }, '1')))['serving-has-data']).toBe('fail');
    const hangs = { ...web, probes: { liveness: { path: '/alive' } } };
    expect(results(plan(manifestOf({ web: hangs }, '1')))['liveness-probe']).toBe('warn');
    expect(() => manifestOf({ web: { port: true, command: ['node'] } }, '1')).toThrow(/has no image/);
  });

  it('names what was changed by hand', () => {
    const manifest = manifestOf({ web }, '1');
    const again = plan(manifest, manifest, 'rolling', ['shop-web-1']);
    expect(again.diff).toEqual([]);
    expect(again.actions).toContainEqual(expect.objectContaining({ verb: 'recreate', name: 'shop-web-1' }));
    expect(results(again)['drift']).toBe('warn');
    const data = manifestOf({ web, db }, '1');
    const put = plan(data, data, 'rolling', ['shop-1-kept-db-1']).actions.filter(
      ({ kind, name }) => kind === 'container' && name !== 'web',
    );
    expect(put).toEqual([
      expect.objectContaining({ verb: 'recreate', name: 'db', summary: expect.stringContaining('it was changed or removed by hand') }),
    ]);
  });
});
