import { sha256, type ArtifactManifest } from '@slipway/contracts';
import type { RuntimeHarness, SampleArtifact } from '@slipway/runtime-target';
import type { KubernetesHarness } from './kubernetes-harness';
import { SAMPLE_SERVER } from './sample-server';

const REPLICAS = 2;

/** Documents of one version: a Deployment that reads a ConfigMap, a Service of its own for it, and whatever else. */
export interface OwnVersion {
  readonly greeting: string;
  readonly crashing?: boolean;
  readonly more?: readonly unknown[];
}

const configMap = (name: string, data: Record<string, string>) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const service = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 9000 }] },
});

/** What goes with the version that has it. */
export const BESIDE = [configMap('beside', { only: 'here' }), service('second-name')];

function deployment(image: string, version: string, { crashing }: OwnVersion): unknown {
  const container = {
    name: 'web',
    image,
    command: ['node', '-e', SAMPLE_SERVER],
    env: [
      { name: 'PORT', value: '9000' },
      { name: 'SLIPWAY_ARTIFACT_VERSION', value: version },
      { name: 'BEHAVIOUR', value: crashing ? 'crashing' : 'well' },
      { name: 'SALUTE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'greeting' } } },
    ],
    ports: [{ containerPort: 9000 }],
    readinessProbe: { httpGet: { path: '/ready', port: 9000 }, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 10 },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { terminationGracePeriodSeconds: 3, containers: [container] } },
    },
  };
}

/** The harness, but its artifacts are somebody's own manifests: one file of many documents. */
export function withOwnManifests(
  harness: KubernetesHarness,
  image: string,
  versions: Readonly<Record<string, OwnVersion>>,
): RuntimeHarness {
  const manifest: ArtifactManifest = {
    api_version: 'slipway/v1',
    kubernetes: { files: ['app.yaml'], serves: { name: 'web', port: 9000 } },
  };
  const sample = (version: string): Promise<SampleArtifact> => {
    const own = versions[version]!;
    const documents = [configMap('settings', { greeting: own.greeting }), deployment(image, version, own), ...(own.more ?? [])];
    // JSON is YAML.
    const text = documents.map((document) => JSON.stringify(document, null, 2)).join('\n---\n');
    const open = async function* () {
      yield Buffer.alloc(0);
    };
    return Promise.resolve({ digest: sha256(text), version, manifest, files: { 'app.yaml': Buffer.from(text) }, open });
  };
  return {
    target: harness.target,
    access: harness.access,
    patience: harness.patience,
    balances: harness.balances,
    drains: harness.drains,
    another: () => harness.another(),
    urlOf: (slotId) => harness.urlOf(slotId),
    killReplica: (slotId) => harness.killReplica(slotId),
    sample,
    close: () => harness.close(),
  };
}
