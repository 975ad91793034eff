import type { TargetAccess } from '@slipway/runtime-target';
import { KubernetesRuntimeTarget } from '../kubernetes-runtime-target';
import { accessOf, ANYWHERE } from '../testing/cluster-access';
import { SAMPLE, sampleRelease } from '../testing/sample-release';
import { deploymentsOf, secretOf, servicesOf, type Release } from './instantiate';
import { asKubernetesManifest } from './manifest';

const access: TargetAccess = accessOf({ server: 'https://cluster.example', namespace: 'shop' }, { kind: 'bearer_token', token: 't' });
const target = new KubernetesRuntimeTarget({ network: ANYWHERE });
const release = (releaseId: string, variables = {}, manifest = SAMPLE): Release => {
  const input = sampleRelease(target, access, 'slt-1', releaseId, { version: '1', manifest, variables });
  return {
    releaseId,
    manifest: asKubernetesManifest(input.manifest),
    manifestDigest: input.manifestDigest,
    artifactDigest: input.artifactDigest,
  };
};

describe('processes on Kubernetes', () => {
  it('are a Deployment each, a Service for what serves and for what others reach, and a claim for each volume', () => {
    expect(release('rel-1').manifest.resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'PersistentVolumeClaim shop-uploads',
      'Service cache',
      'Service shop',
      'Deployment shop-cache',
      'Deployment shop-web',
    ]);
  });

  it('say what the manifest says, in whole seconds and in the quantities that the server writes back', () => {
    const web = release('rel-1').manifest.resources.at(-1);
    expect(web).toMatchObject({
      spec: {
        replicas: 2,
        template: {
          spec: {
            automountServiceAccountToken: false,
            terminationGracePeriodSeconds: 15,
            containers: [
              {
                name: 'web',
                ports: [{ containerPort: 9000 }],
                readinessProbe: { httpGet: { path: '/ready', port: 9000 }, periodSeconds: 2 },
                resources: { requests: { cpu: '500m' }, limits: { cpu: '2', memory: '64Mi' } },
                volumeMounts: [{ name: 'uploads', mountPath: '/var/uploads' }],
                securityContext: { allowPrivilegeEscalation: false },
              },
            ],
          },
        },
      },
    });
    expect(JSON.stringify(web)).toContain('{"name":"PORT","value":"9000"}');
  });

  it('name the release only when they are a release: another name, the same template', () => {
    const [first, second] = [release('rel-1'), release('rel-2')].map((one) => deploymentsOf(one, { web: 2, cache: 1 })[1]!);
    expect(first!.metadata.name).not.toBe(second!.metadata.name);
    expect(first).toMatchObject({ spec: { replicas: 2, selector: { matchLabels: { 'slipway.dev/release': 'rel-1' } } } });
    expect(JSON.stringify(first).replaceAll('rel-1', 'rel-2').replaceAll(first!.metadata.name!, second!.metadata.name!).length).toBe(
      JSON.stringify(second).length,
    );
  });

  it('get the traffic alone, or share it with every release of the slot', () => {
    const [, shop] = servicesOf(release('rel-1'), 'rel-1');
    expect(shop).toMatchObject({ spec: { selector: { 'slipway.dev/release': 'rel-1', 'slipway.dev/process': 'web' } } });
    const [, shared] = servicesOf(release('rel-1'), null);
    expect(shared!['spec']).not.toHaveProperty(['selector', 'slipway.dev/release']);
  });

  it('read secrets from a Secret of the release; the manifest holds none', () => {
    const pin = { secret_ref: 'sec-1', version: 2, fingerprint: 'f' };
    const one = release('rel-1', { TOKEN: pin });
    const secret = secretOf(one, { TOKEN: 'hush' });
    expect(JSON.stringify(one.manifest)).not.toContain('hush');
    expect(secret).toMatchObject({ data: { TOKEN: Buffer.from('hush').toString('base64') } });
    expect(JSON.stringify(deploymentsOf(one, {}))).toContain(`"secretKeyRef":{"name":"${secret.metadata.name}","key":"TOKEN"}`);
  });

  it('are refused when a probe has no port to ask, and when they are for another runtime', () => {
    const manifest = { ...SAMPLE, processes: { worker: { image: 'x', probes: { liveness: { path: '/' } } } } };
    expect(() => release('rel-1', {}, manifest)).toThrow(
      expect.objectContaining({ code: 'manifest_refused', details: { field: 'processes.worker.probes' } }),
    );
    expect(() => release('rel-1', {}, { api_version: 'slipway/v1', compose: { file: 'compose.yaml' } })).toThrow(
      expect.objectContaining({ code: 'manifest_refused', details: { field: 'compose' } }),
    );
  });
});
