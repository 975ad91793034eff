import { resolveStrategy, type ArtifactManifest, type StrategyInput } from '@slipway/contracts';
import { diffJson, type Observation, type RuntimePlan } from '@slipway/runtime-target';
import { renderManifest } from '../manifest';
import { planChange } from './plan';

const SLOT = 'slt-1';
const artifact = (processes: ArtifactManifest['processes'], verification: ArtifactManifest['verification'] = {}): ArtifactManifest => ({
  api_version: 'slipway/v1',
  processes,
  verification,
});
const manifestOf = (artifactManifest: ArtifactManifest, version: string, variables = {}) =>
  renderManifest({
    projectId: 'demo',
    serviceId: 'svc-1',
    serviceName: 'hello',
    slotId: SLOT,
    releaseId: `rel-${version}`,
    artifactDigest: `sha256:${version.padEnd(64, '0')}`,
    artifactVersion: version,
    artifactManifest,
    files: {},
    connection: { host: '127.0.0.1', port_from: 4000, port_to: 4001 },
    variables,
    strategy: resolveStrategy('rolling'),
  });
const empty: Observation = {
  slotId: SLOT,
  releaseId: null,
  manifest: null,
  manifestDigest: null,
  artifactDigest: null,
  url: null,
  fence: 0,
  replicas: [],
  routes: [],
  observedAt: '2026-11-20T00:00:00.000Z',
};
const running = (manifest: ReturnType<typeof manifestOf>): Observation => ({ ...empty, releaseId: 'rel-old', manifest: { ...manifest } });
const plan = (after: ReturnType<typeof manifestOf>, before: Observation, strategy: StrategyInput = 'rolling'): RuntimePlan =>
  planChange({ manifest: { ...after }, strategy: resolveStrategy(strategy), observation: before });
const verbs = ({ actions }: RuntimePlan) => actions.map(({ verb, name }) => `${verb} ${name}`);

const web = { web: { command: ['node', 'server.js'], port: true, replicas: 2, probes: { readiness: { path: '/ready' } } } };

describe('a plan', () => {
  it('starts everything in an empty slot and says that there is no way back', () => {
    const first = plan(manifestOf(artifact(web), '1'), empty);
    expect(verbs(first)).toEqual(['create 1', 'start web', 'route hello', 'verify hello']);
    expect(first.riskReasons).toEqual([]);
    expect(first.diff).toContainEqual(expect.objectContaining({ op: 'add', path: '/processes' }));
  });

  it('follows the strategy', () => {
    const before = running(manifestOf(artifact(web), '1'));
    const after = manifestOf(artifact(web), '2');
    expect(verbs(plan(after, before))).toEqual(['create 2', 'recreate web', 'route hello', 'verify hello']);
    expect(verbs(plan(after, before, 'blue-green'))).toEqual(['create 2', 'start web', 'route hello', 'stop web', 'verify hello']);
    const canary = plan(after, before, { type: 'canary', steps: [{ percent: 5 }, { percent: 50 }] });
    expect(verbs(canary)).toEqual(['create 2', 'start web', 'route hello', 'route hello', 'route hello', 'stop web', 'verify hello']);
    expect(canary.actions[2]!.summary).toContain('5 %');
  });

  it('names what changes, and why that is a risk', () => {
    const before = running(manifestOf(artifact({ ...web, worker: { command: ['node', 'worker.js'] } }), '1', { A: '1', B: '2' }));
    const after = manifestOf(artifact({ web: { ...web.web, command: ['node', 'main.js'], replicas: 1 } }), '2', { A: '1', C: '3' });
    const { diff, riskReasons, actions } = plan(after, before);
    expect(diff.map(({ op, path }) => `${op} ${path}`)).toEqual([
      'replace /artifact/digest',
      'replace /artifact/version',
      'replace /processes/web/command',
      'remove /processes/web/env/B',
      'add /processes/web/env/C',
      'replace /processes/web/replicas',
      'remove /processes/worker',
    ]);
    expect(riskReasons).toEqual([
      'A rolling update gives the new version real traffic without measuring it first.',
      'Process worker is removed.',
      'The command of web changes.',
      'The environment of web changes: B, C.',
      'web shrinks from 2 to 1 replicas.',
    ]);
    expect(actions).toContainEqual(expect.objectContaining({ verb: 'delete', name: 'worker' }));
  });

  it('warns of what an expert would, and fails what cannot work', () => {
    const results = ({ checks }: RuntimePlan) => Object.fromEntries(checks.map(({ name, result }) => [name, result]));
    const bare = manifestOf(artifact({ web: { command: ['x'], port: true } }), '1');
    expect(results(plan(bare, empty))).toEqual({ 'readiness-probe': 'warn', verification: 'warn', 'single-replica': 'warn' });
    const worker = manifestOf(artifact({ worker: { command: ['x'] } }), '1');
    expect(results(plan(worker, empty, 'canary'))).toMatchObject({ 'canary-needs-traffic': 'fail' });
    const well = manifestOf(artifact(web, { health: { path: '/healthz' } }), '1');
    expect(results(plan(well, empty))).toEqual({ 'readiness-probe': 'pass', verification: 'pass' });
  });

  it('escapes JSON pointers', () => {
    expect(diffJson({ 'a/b': { '~c': 1 } }, { 'a/b': { '~c': 2 } }).entries).toEqual([
      { op: 'replace', path: '/a~1b/~0c', before: 1, after: 2 },
    ]);
  });
});

describe('the manifest', () => {
  it('does not hold a secret, and lets it win over a plain value of the same name', () => {
    const pin = { secret_ref: 'sec-1', version: 2, fingerprint: 'f' };
    const { processes } = manifestOf(artifact({ web: { command: ['x'], env: { TOKEN: 'default' } } }), '1', { TOKEN: pin });
    expect(processes['web']).toMatchObject({ env: {}, secrets: { TOKEN: pin } });
  });

  it("fills in Kubernetes' defaults", () => {
    const { processes } = manifestOf(artifact(web), '1');
    expect(processes['web']!.probes.readiness).toEqual({
      path: '/ready',
      period_ms: 10_000,
      timeout_ms: 1000,
      failure_threshold: 3,
      success_threshold: 1,
      initial_delay_ms: 0,
    });
  });
});
