import { request } from 'node:https';
import { SERVICES, type ServiceName } from '@slipway/contracts';
import { lackOfKubernetesApi, startKubernetesApi, type KubernetesApi } from '@slipway/testing';
import { installationSecrets } from '../../libs/embedded/src/installation/secrets';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lackOfHelm, lint, rendered, type Manifest } from './helm';
import { complaints } from './judged-environment';

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: object;
  readonly resources?: object;
}
interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
  readonly securityContext: object;
  readonly automountServiceAccountToken: boolean;
}
const podOf = (manifest: Manifest): PodSpec => (manifest.spec as { template: { spec: PodSpec } }).template.spec;
const named = (manifests: readonly Manifest[], kind: string, name: string): Manifest =>
  manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)!;
const EVERYTHING = {
  'ingress.enabled': true,
  'ingress.host': 'slipway.example.com',
  'ingress.tlsSecret': 'tls',
  'networkPolicy.metricsFrom': [{ namespaceSelector: { matchLabels: { name: 'monitoring' } } }],
  'networkPolicy.auditTo': [{ ipBlock: { cidr: '10.1.0.0/16' } }],
  'networkPolicy.gatewayTo': [{ ipBlock: { cidr: '10.2.0.0/16' } }],
  'networkPolicy.eventsFrom': [{ podSelector: {} }],
  'postgres.enabled': true,
  publicUrl: 'https://slipway.example.com',
  otlpEndpoint: 'http://collector:4318',
};

const lack = lackOfHelm();
(lack ? describe.skip : describe)(`deploy/chart${lack ? ` (skipped: ${lack})` : ''}`, () => {
  it('is without fault for helm lint', () => {
    expect(lint()).toContain('0 chart(s) failed');
  });

  it.each(SERVICES)('gives %s an environment that it takes, and its own secrets', async (service) => {
    const pod = podOf(named(rendered(EVERYTHING), 'Deployment', `slipway-${service}`));
    const [container] = pod.containers;
    const environment = Object.fromEntries(container!.env!.map(({ name, value }) => [name, value ?? 'slipway-pod-1']));
    expect(await complaints(service, environment)).toEqual([]);
    expect(container!.args).toEqual([service]);
    expect(pod.volumes.flatMap(({ secret }) => secret?.secretName ?? [])).toEqual([`slipway-${service}`]);
  });

  it('asks for no Secret that `install manifests` does not make', async () => {
    const made = Object.keys(await installationSecrets(mkdtempSync(join(tmpdir(), 'vault-')), 'db:5432/slipway')).map(
      (name) => `slipway-${name}`,
    );
    const wanted = rendered(EVERYTHING).flatMap((manifest) =>
      ['Deployment', 'StatefulSet', 'Job'].includes(manifest.kind)
        ? podOf(manifest).volumes.flatMap(({ secret }) => secret?.secretName ?? [])
        : [],
    );
    expect(wanted.filter((name) => !made.includes(name))).toEqual([]);
  });

  it('runs three event log servers, streams with three copies, and every service twice', () => {
    const manifests = rendered();
    const nats = named(manifests, 'StatefulSet', 'slipway-nats');
    expect(nats.spec).toMatchObject({ replicas: 3 });
    expect(podOf(nats).initContainers![0]!.args.filter((argument) => argument.startsWith('--route='))).toHaveLength(3);
    const streams = podOf(named(manifests, 'Job', 'slipway-streams-1')).containers[0]!;
    expect(streams.env).toContainEqual({ name: 'SLIPWAY_STREAM_REPLICAS', value: '3' });
    const bounded = podOf(named(rendered({ 'nats.logsMaxBytes': 4_294_967_296 }), 'Job', 'slipway-streams-1')).containers[0]!;
    expect(bounded.env).toContainEqual({ name: 'SLIPWAY_LOGS_MAX_BYTES', value: '4294967296' });
    for (const service of SERVICES) expect(named(manifests, 'Deployment', `slipway-${service}`).spec).toMatchObject({ replicas: 2 });
    expect(manifests.filter(({ kind }) => kind === 'PodDisruptionBudget')).toHaveLength(SERVICES.length + 1);
  });

  it('confines every pod', () => {
    for (const manifest of rendered(EVERYTHING).filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind))) {
      const { automountServiceAccountToken, securityContext, containers, initContainers = [] } = podOf(manifest);
      expect([manifest.metadata.name, automountServiceAccountToken]).toEqual([manifest.metadata.name, false]);
      expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of [...containers, ...initContainers])
        expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    }
  });

  it('runs the steps before an upgrade, and beside a first install of its own servers', () => {
    const hooks = (manifests: Manifest[]) =>
      manifests.flatMap(({ kind, metadata }) =>
        kind === 'Job' && metadata.annotations?.['helm.sh/hook'] ? [metadata.name.replace(/-\d+$/, '')] : [],
      );
    expect(hooks(rendered()).sort()).toEqual(['slipway-migrate']);
    expect(hooks(rendered({ 'postgres.enabled': true }))).toEqual([]);
    expect(hooks(rendered({ 'postgres.enabled': true }, { upgrade: true })).sort()).toEqual(['slipway-migrate', 'slipway-streams']);
  });

  it('lets nobody but the executor reach targets', () => {
    const open = (service: ServiceName): string[] =>
      rendered().flatMap(({ kind, metadata, spec }) => {
        const policy = spec as { podSelector: Selector; egress?: { to?: unknown[]; ports?: { port: number }[] }[] };
        if (kind !== 'NetworkPolicy' || !selects(policy.podSelector, service)) return [];
        const anywhere = (policy.egress ?? []).filter(({ ports }) => ports === undefined);
        return anywhere.map(() => metadata.name);
      });
    expect(Object.fromEntries(SERVICES.map((service) => [service, open(service)]))).toEqual({
      ...Object.fromEntries(SERVICES.map((service) => [service, []])),
      'runtime-executor': ['slipway-targets'],
    });
  });

  it.each([
    [{ 'nats.replicas': 2 }, 'nats'],
    [{ 'image.repsitory': 'x' }, 'repsitory'],
    [{ 'services.gateway.env': { lower: 'x' } }, 'lower'],
    [{ 'nats.enabled': false }, 'nats.url is needed'],
    [{ 'ingress.enabled': true }, 'ingress.host is needed'],
  ])('refuses %j and names what is wrong', (settings, words) => {
    expect(() => rendered(settings)).toThrow(words);
  });

  const noApi = lackOfKubernetesApi();
  (noApi ? describe.skip : describe)(`for a real API server${noApi ? ` (skipped: ${noApi})` : ''}`, () => {
    let api: KubernetesApi;
    beforeAll(async () => {
      api = await startKubernetesApi();
    }, 60_000);
    afterAll(() => api.stop());

    it.each([
      ['an install', () => rendered(EVERYTHING)],
      ['an upgrade', () => rendered({}, { upgrade: true })],
    ])('is without fault: %s', async (_, manifests) => {
      const verdicts = await Promise.all(manifests().map((manifest) => dryRun(api, manifest)));
      expect(verdicts.filter((verdict) => verdict !== undefined)).toEqual([]);
    });

    it('would hear of a misspelt field', async () => {
      const wrong = { ...named(rendered(), 'Service', 'slipway-gateway'), spec: { selectr: {} } };
      expect(await dryRun(api, wrong)).toContain('selectr');
    });
  });
});

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[];
}
const COMPONENT = 'app.kubernetes.io/component';
const selects = ({ matchLabels = {}, matchExpressions = [] }: Selector, service: ServiceName): boolean =>
  (matchLabels[COMPONENT] ?? service) === service && matchExpressions.every(({ values }) => !values.includes(service));

/** Kubernetes before 1.21 knows this kind, with the same fields, by its earlier version. */
const EARLIER: Readonly<Record<string, string>> = { 'policy/v1': 'policy/v1beta1' };

/** Server-side apply of one object that the server judges and does not keep. @returns why it refuses */
async function dryRun(api: KubernetesApi, manifest: Manifest): Promise<string | undefined> {
  const refusal = await apply(api, manifest);
  const earlier = EARLIER[manifest.apiVersion];
  return refusal?.includes('404') && earlier ? apply(api, { ...manifest, apiVersion: earlier }) : refusal;
}

const pluralOf = (kind: string): string => `${kind.toLowerCase().replace(/y$/, 'ie').replace(/ss$/, 'sse')}s`;

function apply(api: KubernetesApi, manifest: Manifest): Promise<string | undefined> {
  const group = manifest.apiVersion.includes('/') ? `/apis/${manifest.apiVersion}` : `/api/${manifest.apiVersion}`;
  const path = `${group}/namespaces/default/${pluralOf(manifest.kind)}/${manifest.metadata.name}?dryRun=All&fieldManager=spec&force=true`;
  const headers = { authorization: `Bearer ${api.token}`, 'content-type': 'application/apply-patch+yaml' };
  return new Promise((settle, reject) => {
    const call = request(`${api.endpoint}${path}`, { method: 'PATCH', headers, ca: api.ca }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      response.on('end', () => {
        const fine = response.statusCode === 200 || response.statusCode === 201;
        settle(fine ? undefined : `${manifest.kind} ${manifest.metadata.name}: ${response.statusCode} ${body}`);
      });
    });
    call.on('error', reject);
    call.end(JSON.stringify(manifest));
  });
}
