import { sha256, type KubernetesConnection, type TargetCredential } from '@slipway/contracts';
import { ask, until, type RuntimeHarness, type SampleArtifact, type SampleBehaviour, type TargetAccess } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { collectionPath, objectPath } from '../api/kube-object';
import { KubernetesRuntimeTarget } from '../kubernetes-runtime-target';
import { isReady, isReplica, releaseOf, type Deployment, type Pod } from '../slot/pods';
import { LABEL, slotSelector } from '../slot/names';
import { SlotReader } from '../slot/slot-reader';
import { accessOf, ANYWHERE, clientFor, createNamespace, deleteNamespace } from './cluster-access';
import { installGatewayApi } from './gateway-api';
import { SAMPLE_SERVER } from './sample-server';
import { TestGateway } from './test-gateway';

/** Where pods run, and an image with Node that its nodes have. */
export interface ClusterAddress {
  readonly connection: Pick<KubernetesConnection, 'server' | 'ca' | 'tls_server_name'>;
  readonly credential: TargetCredential;
  readonly image: string;
}

/** A namespace of its own on a cluster where pods run, and ways to be cruel to it. */
export class KubernetesHarness implements RuntimeHarness {
  readonly patience = 4;
  readonly balances: 'connections' | 'requests';
  readonly drains = 'slowly';
  readonly target: KubernetesRuntimeTarget;
  private readonly targets: KubernetesRuntimeTarget[] = [];

  private constructor(
    readonly access: TargetAccess,
    readonly client: KubeClient,
    private readonly image: string,
    private readonly gateway: TestGateway | null,
  ) {
    this.balances = gateway ? 'requests' : 'connections';
    this.target = this.another();
  }

  /** @param gateway name of the Gateway by whose routes the traffic goes; without: plain Services */
  static async open({ connection, credential, image }: ClusterAddress, gateway?: string): Promise<KubernetesHarness> {
    const namespace = `slipway-${process.pid}-${Math.trunc(performance.now())}`;
    const access = accessOf({ ...connection, namespace, ...(gateway && { gateway: { name: gateway } }) }, credential);
    const client = await clientFor(access);
    await createNamespace(client);
    if (gateway) await installGatewayApi(client);
    return new KubernetesHarness(access, client, image, gateway ? await TestGateway.open(client, gateway) : null);
  }

  another(): KubernetesRuntimeTarget {
    const target = new KubernetesRuntimeTarget({ network: ANYWHERE });
    this.targets.push(target);
    return target;
  }

  sample(version: string, behaviour: SampleBehaviour, replicas: number): Promise<SampleArtifact> {
    return Promise.resolve({
      digest: sha256(`${version} ${behaviour} ${replicas}`),
      version,
      manifest: {
        api_version: 'slipway/v1',
        processes: {
          web: {
            image: this.image,
            command: ['node', '-e', SAMPLE_SERVER],
            env: { BEHAVIOUR: behaviour },
            port: true,
            replicas,
            stop_grace_ms: 3000,
            resources: { cpu_request_millis: 5, memory_request_mib: 16 },
            probes: {
              ...(behaviour === 'never-ready' && { startup: { path: '/ready', period_ms: 1000, failure_threshold: 1 } }),
              // Patient: a busy machine must not take well replicas out of the Service.
              readiness: { path: '/ready', period_ms: 1000, timeout_ms: 5000, failure_threshold: 10 },
            },
          },
        },
        verification: { health: { path: '/healthz' }, smoke: [{ name: 'answers', path: '/', expect_body: 'version' }], watch_ms: 500 },
      },
      open: async function* () {
        yield Buffer.alloc(0);
      },
    });
  }

  taskCommand(word: string): readonly string[] {
    return ['node', '-e', `console.log('task ${word}'); process.exit(${word === 'failing' ? 7 : 0})`];
  }

  /**
   * By the address that kube-proxy routes on this machine, a moment after the API server knows the first replicas. Until then the
   * machine's own gateway may answer for that address: only the sample's word counts.
   */
  async urlOf(slotId: string): Promise<string> {
    const service = (await new SlotReader(this.client, slotId).services()).find((candidate) => releaseOf(candidate) === '');
    if (!service?.spec.clusterIP) throw new Error(`slot ${slotId} has no Service`);
    const url = this.gateway ? await this.gateway.urlOf(service.metadata.name!) : `http://${service.spec.clusterIP}`;
    await until('the node routes the Service', async () => (await ask(url).catch(() => ({ body: '' }))).body.includes('"version"'));
    return url;
  }

  async killReplica(slotId: string): Promise<void> {
    const { items } = await this.client.list<Pod>(KINDS.Pod, slotSelector(slotId));
    const pod = items.find((candidate) => isReplica(candidate) && isReady(candidate));
    if (!pod) throw new Error(`slot ${slotId} has no replica to kill`);
    const path = objectPath(KINDS.Pod, this.client.namespace, pod.metadata.name!);
    await this.client.json({ method: 'DELETE', path, body: { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 } });
  }

  /** As `kubectl set env` does. */
  async tamper(slotId: string): Promise<string> {
    const { items } = await this.client.list<Deployment>(KINDS.Deployment, slotSelector(slotId));
    const deployment = items[0]!;
    await this.client.json({
      method: 'PATCH',
      path: objectPath(KINDS.Deployment, this.client.namespace, deployment.metadata.name!),
      query: { fieldManager: 'kubectl-edit' },
      contentType: 'application/merge-patch+json',
      body: { spec: { minReadySeconds: 1, replicas: 1 } },
    });
    return 'kubectl-edit';
  }

  /** What a spec left running is not for the next one to wait for. */
  async rest(slotIds: readonly string[]): Promise<void> {
    if (slotIds.length === 0) return;
    await this.client.json({
      method: 'DELETE',
      path: collectionPath(KINDS.Deployment, this.client.namespace),
      query: { labelSelector: `${LABEL.slot} in (${slotIds.join(',')})` },
      body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' },
    });
  }

  async close(): Promise<void> {
    for (const target of this.targets) await target.close();
    this.gateway?.close();
    await deleteNamespace(this.client);
    this.client.close();
  }
}
