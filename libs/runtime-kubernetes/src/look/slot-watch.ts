import type { DriftFinding } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { collectionPath, type KubeList, type KubeObject } from '../api/kube-object';
import { LiveList } from '../api/live-list';
import { LABEL, MANAGED_BY } from '../slot/names';
import { isReady, isReplica, reasonOf, releaseOf, type Deployment, type Pod } from '../slot/pods';
import { recordOf, type RecordObject } from '../slot/slot-record';
import { retireDue } from '../slot/retirement';

type Event = KubeObject & { involvedObject: { name?: string }; reason?: string; message?: string };

const GATHER_MS = 150;
const RETIRE_EVERY_MS = 15_000;
const AFTER_ERROR_MS = 5_000;

export interface SlotWatchOptions {
  clientOf(): Promise<KubeClient>;
  onChange(slotId: string, findings: readonly DriftFinding[]): void;
  onError(error: unknown): void;
}

/** Watches every slot of a namespace: replicas that are lost, and slots that are whole again. Also lets go of kept versions in time. */
export class SlotWatch {
  private readonly stopping = new AbortController();
  private readonly ready = new Map<string, ReadonlySet<string>>();
  private readonly broken = new Set<string>();
  private client: KubeClient | undefined;
  private lists: { pods: LiveList<Pod>; deployments: LiveList<Deployment>; records: LiveList<RecordObject> } | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private retiring: NodeJS.Timeout | undefined;

  constructor(private readonly options: SlotWatchOptions) {}

  start(): void {
    void this.open();
  }

  stop(): void {
    this.stopping.abort();
    clearTimeout(this.gathering);
    clearInterval(this.retiring);
  }

  private async open(): Promise<void> {
    const failed = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, failed.signal]);
    try {
      const client = await this.options.clientOf();
      this.client = client;
      const managed = {
        signal,
        onChange: () => this.gather(),
        onError: (error: unknown) => this.options.onError(error),
      };
      const ours = { ...managed, labelSelector: `${LABEL.managedBy}=${MANAGED_BY},${LABEL.slot}` };
      const [pods, deployments, records] = await Promise.all([
        LiveList.open<Pod>(client, KINDS.Pod, ours),
        LiveList.open<Deployment>(client, KINDS.Deployment, ours),
        LiveList.open<RecordObject>(client, KINDS.ConfigMap, { ...managed, labelSelector: 'slipway.dev/kind=slot-record' }),
      ]);
      this.lists = { pods, deployments, records };
      this.retiring = setInterval(() => void this.retire(client), RETIRE_EVERY_MS).unref();
      this.gather();
    } catch (error) {
      // Lists that did open follow on otherwise, each attempt's beside the last one's.
      failed.abort();
      if (this.stopping.signal.aborted) return;
      this.options.onError(error);
      setTimeout(() => this.start(), AFTER_ERROR_MS).unref();
    }
  }

  /** Events of one act come from several watches: looked at together, a moment later. */
  private gather(): void {
    if (this.gathering || this.stopping.signal.aborted || !this.lists) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      for (const record of this.lists!.records.items) void this.judge(record).catch((error: unknown) => this.options.onError(error));
    }, GATHER_MS).unref();
  }

  private async judge(record: RecordObject): Promise<void> {
    const slotId = record.metadata.labels![LABEL.slot]!;
    const { current } = recordOf(record);
    const pods = this.lists!.pods.items.filter(
      (pod) => isReplica(pod) && pod.metadata.labels?.[LABEL.slot] === slotId && releaseOf(pod) === current,
    );
    const deployments = this.lists!.deployments.items.filter(
      (deployment) => deployment.metadata.labels?.[LABEL.slot] === slotId && releaseOf(deployment) === current,
    );
    const wanted = deployments.reduce((sum, { spec }) => sum + (spec.replicas ?? 0), 0);
    const ready = new Set(pods.filter(isReady).map(({ metadata }) => metadata.name!));
    const before = this.ready.get(slotId);
    this.ready.set(slotId, ready);
    if (current === null) return void this.broken.delete(slotId);
    if (ready.size >= wanted) {
      if (this.broken.delete(slotId)) this.options.onChange(slotId, []);
      return;
    }
    const known = before ?? (await this.createdBefore(deployments));
    const lost = [...known].filter((name) => !ready.has(name));
    if (lost.length === 0 && before) return;
    this.broken.add(slotId);
    this.options.onChange(slotId, lost.length > 0 ? lost.map((name) => lostFinding(name, pods)) : [shortOfReplicas(ready.size, wanted)]);
    // It may have healed while the events were read.
    if (!before) this.gather();
  }

  /** Replicas that were there before anybody watched, as the cluster's events tell: created, and not taken away on purpose. */
  private async createdBefore(deployments: readonly Deployment[]): Promise<readonly string[]> {
    const path = collectionPath(KINDS.Event, this.client!.namespace);
    const { items } = await this.client!.json<KubeList<Event>>({
      method: 'GET',
      path,
      query: { fieldSelector: 'involvedObject.kind=ReplicaSet', limit: 2000 },
    });
    const ours = items.filter(({ involvedObject }) =>
      deployments.some(({ metadata }) => involvedObject.name?.startsWith(`${metadata.name}-`)),
    );
    const named = (reason: string): string[] =>
      ours.filter((event) => event.reason === reason).flatMap(({ message }) => /pod: (\S+)/.exec(message ?? '')?.[1] ?? []);
    const deleted = new Set(named('SuccessfulDelete'));
    return named('SuccessfulCreate').filter((name) => !deleted.has(name));
  }

  private async retire(client: KubeClient): Promise<void> {
    for (const record of this.lists?.records.items ?? []) {
      if (!recordOf(record).releases.some(({ removeAt }) => removeAt !== null)) continue;
      await retireDue(client, record.metadata.labels![LABEL.slot]!, Date.now()).catch((error: unknown) => this.options.onError(error));
    }
  }
}

function lostFinding(name: string, pods: readonly Pod[]): DriftFinding {
  const pod = pods.find(({ metadata }) => metadata.name === name);
  const what = pod ? `is not ready any more${reasonOf(pod) === null ? '' : ` (${reasonOf(pod)})`}` : 'is gone';
  return { kind: 'missing', what: name, detail: `${what}; the cluster replaces it` };
}

const shortOfReplicas = (ready: number, wanted: number): DriftFinding => ({
  kind: 'missing',
  what: 'replicas',
  detail: `${ready} of ${wanted} replicas are ready`,
});
