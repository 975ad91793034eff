import { setMaxListeners } from 'node:events';
import { sameJson, SlipwayError } from '@slipway/contracts';
import type { KubeClient, KubeRequest } from '../api/kube-client';
import { hasStatus, noneWhereNotServed } from '../api/kube-errors';
import { DOCUMENT_ONLY_KINDS, KINDS, resourceOf } from '../api/kinds';
import { collectionPath, objectPath, type KubeObject, type ResourcePath } from '../api/kube-object';
import { HTTP_ROUTE } from '../render/gateway';
import { withoutHandEdits } from './hand-edits';
import { ANNOTATION, LABEL, recordName, slotSelector } from './names';
import { recordObject, recordOf, type RecordObject, type SlotRecord } from './slot-record';

const TRIES = 30;
/** What a claim seals: whatever an older claim could still be about to change. */
const SEALED = [KINDS.Deployment, KINDS.Job, KINDS.Service, KINDS.Secret, KINDS.ConfigMap] as const;
/** Sealed as well where the cluster serves them and the account may see them: only some targets and artifacts have any. */
const SEALED_WHERE_SERVED = [HTTP_ROUTE, KINDS.PersistentVolumeClaim, ...DOCUMENT_ONLY_KINDS.map(resourceOf)] as const;

/**
 * Writes to one slot under one claim. Every object carries the fence of the claim that wrote it last, and every change is bound to
 * the resourceVersion on which the fence was read: a claim that was overtaken between its look and its write is refused by the API
 * server, looks again, and finds the newer fence. A creation can be bound to nothing: what an overtaken claim creates late is at rest
 * (a workload without replicas), and is taken out again by whoever created it, else by the next change.
 */
export class FencedSlot {
  private claimed = false;
  /** The record as this claim wrote or read it last; what somebody else wrote since is found out by its resourceVersion. */
  private known: RecordObject | null = null;

  constructor(
    readonly client: KubeClient,
    readonly slotId: string,
    readonly fence: number,
    /** Ends what is under way, and what is tried again, with the step. */
    private readonly signal?: AbortSignal,
  ) {
    // Every request that is under way listens to it.
    if (signal) setMaxListeners(0, signal);
  }

  /** @throws SlipwayError `stale_fence` when a newer claim has touched the slot. */
  async claim(): Promise<SlotRecord> {
    let record = await this.update((current) => current);
    if (record.sealed < this.fence) {
      await this.seal();
      record = await this.update((current) => ({ ...current, sealed: this.fence }));
    }
    this.claimed = true;
    return record;
  }

  async record(): Promise<SlotRecord> {
    return recordOf(await this.client.get<RecordObject>(KINDS.ConfigMap, recordName(this.slotId), this.signal));
  }

  /** Changes the record under this claim's fence; what stands afterwards. */
  async update(change: (record: SlotRecord) => SlotRecord): Promise<SlotRecord> {
    for (let attempt = 1; ; attempt++) {
      const live = this.known ?? (await this.client.get<RecordObject>(KINDS.ConfigMap, recordName(this.slotId), this.signal));
      const before = recordOf(live);
      this.refuseNewer(before.fence);
      const after = { ...change(before), fence: this.fence };
      this.known = live;
      if (live && sameJson(after, before)) return before;
      try {
        this.known = await this.writeRecord(after, live?.metadata.resourceVersion);
        return after;
      } catch (error) {
        this.known = null;
        if (!hasStatus(error, 409) || attempt >= TRIES) throw error;
      }
    }
  }

  /**
   * Server-side apply with force: what is rendered is ours, and a change by hand to it is taken back; fields that we do not render
   * stay with whoever set them. What exists must be the slot's already. A workload appears without replicas, and gets them by the
   * write that follows, which an overtaken claim cannot make.
   * @throws SlipwayError `stale_fence`; `manifest_refused` when an object of that name belongs to somebody else
   */
  async apply<T extends KubeObject>(resource: ResourcePath, desired: KubeObject): Promise<T> {
    await this.ensureClaimed();
    const name = desired.metadata.name!;
    for (let attempt = 1; ; attempt++) {
      const live = await this.client.get<KubeObject>(resource, name, this.signal);
      try {
        if (!live) {
          const resting = atRest(desired);
          const created = await this.create<T>(resource, resting);
          if (resting === desired) return created;
          continue;
        }
        this.refuseForeign(live);
        this.refuseNewer(fenceOf(live));
        await this.takeOverCreation(resource, live);
        return await this.healed<T>(resource, await this.patch<T>(resource, this.stamped(desired, live.metadata.resourceVersion)));
      } catch (error) {
        if (!hasStatus(error, 409) || attempt >= TRIES) throw error;
      }
    }
  }

  /** What is never written again once it is there (a Job): as it stands, else as it is created. */
  async ensure<T extends KubeObject>(resource: ResourcePath, desired: KubeObject): Promise<T> {
    await this.ensureClaimed();
    for (let attempt = 1; ; attempt++) {
      const live = await this.client.get<T>(resource, desired.metadata.name!, this.signal);
      if (live) {
        this.refuseForeign(live);
        this.refuseNewer(fenceOf(live));
        return live;
      }
      try {
        return await this.create<T>(resource, desired);
      } catch (error) {
        if (!hasStatus(error, 409) || attempt >= TRIES) throw error;
      }
    }
  }

  /** A merge patch bound to what `decide` saw; null from it: leave as it is. */
  async amend<T extends KubeObject>(
    resource: ResourcePath,
    name: string,
    decide: (live: T) => Record<string, unknown> | null,
  ): Promise<T | null> {
    await this.ensureClaimed();
    for (let attempt = 1; ; attempt++) {
      const live = await this.client.get<T>(resource, name, this.signal);
      if (!live) return null;
      this.refuseNewer(fenceOf(live));
      const change = decide(live);
      if (!change) return live;
      try {
        return await this.merge<T>(resource, live, change);
      } catch (error) {
        if (!hasStatus(error, 409) || attempt >= TRIES) throw error;
      }
    }
  }

  /** Deletes what the slot owns; nothing when it is gone already. */
  async remove(resource: ResourcePath, name: string): Promise<void> {
    await this.ensureClaimed();
    for (let attempt = 1; ; attempt++) {
      const live = await this.client.get<KubeObject>(resource, name, this.signal);
      if (!live || live.metadata.deletionTimestamp !== undefined) return;
      this.refuseForeign(live);
      this.refuseNewer(fenceOf(live));
      try {
        await this.client.remove(resource, name, { uid: live.metadata.uid, resourceVersion: live.metadata.resourceVersion }, this.signal);
        return;
      } catch (error) {
        if (!hasStatus(error, 409) || attempt >= TRIES) throw error;
      }
    }
  }

  private async ensureClaimed(): Promise<void> {
    if (!this.claimed) await this.claim();
  }

  /**
   * Nothing there has a resourceVersion to bind it to: the record is read before, and once more after, for the creation may have stood
   * still on its way. What appeared under a newer claim goes again, unless that claim has taken it over.
   */
  private async create<T extends KubeObject>(resource: ResourcePath, desired: KubeObject): Promise<T> {
    this.refuseNewer((await this.record()).fence);
    const created = await this.json<T>({
      method: 'POST',
      path: collectionPath(resource, this.client.namespace),
      query: { fieldManager: this.client.connection.fieldManager },
      body: this.stamped(desired),
    });
    const { fence } = await this.record();
    if (fence > this.fence) {
      const { name, uid, resourceVersion } = created.metadata;
      await this.client.remove(resource, name!, { uid, resourceVersion }).catch((error: unknown) => {
        if (!hasStatus(error, 409)) throw error;
      });
    }
    this.refuseNewer(fence);
    return created;
  }

  private json<T>(asked: Omit<KubeRequest, 'signal'>): Promise<T> {
    return this.client.json<T>({ ...asked, signal: this.signal });
  }

  /** A creation counts as an update to the server; turned into our apply, a field that is rendered no longer goes away with the one that follows. */
  private async takeOverCreation(resource: ResourcePath, live: KubeObject): Promise<void> {
    const ours = (live.metadata.managedFields ?? []).findIndex(
      ({ manager, operation, subresource }) => manager === this.client.connection.fieldManager && operation === 'Update' && !subresource,
    );
    const applied = live.metadata.managedFields?.some(
      ({ manager, operation }) => manager === this.client.connection.fieldManager && operation === 'Apply',
    );
    if (ours === -1 || applied) return;
    const changed = await this.json<KubeObject>({
      method: 'PATCH',
      path: objectPath(resource, this.client.namespace, live.metadata.name!),
      query: { fieldManager: this.client.connection.fieldManager },
      contentType: 'application/json-patch+json',
      body: [
        { op: 'replace', path: '/metadata/resourceVersion', value: live.metadata.resourceVersion },
        { op: 'replace', path: `/metadata/managedFields/${ours}/operation`, value: 'Apply' },
      ],
    });
    live.metadata.resourceVersion = changed.metadata.resourceVersion;
  }

  /** An apply takes back what we render; what somebody added by hand beside it goes, too. */
  private async healed<T extends KubeObject>(resource: ResourcePath, applied: T): Promise<T> {
    const body = withoutHandEdits(applied);
    if (!body) return applied;
    const { fieldManager } = this.client.connection;
    const path = objectPath(resource, this.client.namespace, applied.metadata.name!);
    return this.json<T>({ method: 'PUT', path, query: { fieldManager }, body });
  }

  private patch<T extends KubeObject>(resource: ResourcePath, desired: KubeObject): Promise<T> {
    return this.json<T>({
      method: 'PATCH',
      path: objectPath(resource, this.client.namespace, desired.metadata.name!),
      query: { fieldManager: this.client.connection.fieldManager, force: true },
      contentType: 'application/apply-patch+yaml',
      body: desired,
    });
  }

  private merge<T extends KubeObject>(resource: ResourcePath, live: KubeObject, change: Record<string, unknown>): Promise<T> {
    const metadata = { resourceVersion: live.metadata.resourceVersion, annotations: { [ANNOTATION.fence]: String(this.fence) } };
    return this.json<T>({
      method: 'PATCH',
      path: objectPath(resource, this.client.namespace, live.metadata.name!),
      query: { fieldManager: this.client.connection.fieldManager },
      contentType: 'application/merge-patch+json',
      body: { ...change, metadata },
    });
  }

  private writeRecord(record: SlotRecord, resourceVersion: string | undefined): Promise<RecordObject> {
    const creating = resourceVersion === undefined;
    return this.json({
      method: creating ? 'POST' : 'PUT',
      path: creating
        ? collectionPath(KINDS.ConfigMap, this.client.namespace)
        : objectPath(KINDS.ConfigMap, this.client.namespace, recordName(this.slotId)),
      query: { fieldManager: this.client.connection.fieldManager },
      body: recordObject(this.slotId, record, resourceVersion),
    });
  }

  private async seal(): Promise<void> {
    const objects = (resource: ResourcePath) => this.client.list<KubeObject>(resource, slotSelector(this.slotId), this.signal);
    await Promise.all([
      ...SEALED.map(async (resource) => this.sealAll(resource, await objects(resource))),
      ...SEALED_WHERE_SERVED.map(async (resource) => this.sealAll(resource, await objects(resource).catch(noneWhereNotServed))),
    ]);
  }

  private async sealAll(resource: ResourcePath, { items }: { readonly items: readonly KubeObject[] }): Promise<void> {
    const others = items.filter(({ metadata }) => metadata.name !== recordName(this.slotId));
    await Promise.all(others.map((listed) => this.sealObject(resource, listed)));
  }

  private async sealObject(resource: ResourcePath, listed: KubeObject): Promise<void> {
    const name = listed.metadata.name!;
    for (let attempt = 1; ; attempt++) {
      const live = attempt === 1 ? listed : await this.client.get<KubeObject>(resource, name, this.signal);
      if (!live || live.metadata.deletionTimestamp !== undefined || fenceOf(live) === this.fence) return;
      this.refuseNewer(fenceOf(live));
      try {
        await this.merge(resource, live, {});
        return;
      } catch (error) {
        if (!hasStatus(error, 409, 404) || attempt >= TRIES) throw error;
      }
    }
  }

  private stamped(desired: KubeObject, resourceVersion?: string): KubeObject {
    const { metadata } = desired;
    return {
      ...desired,
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, [LABEL.slot]: this.slotId },
        annotations: { ...metadata.annotations, [ANNOTATION.fence]: String(this.fence) },
        ...(resourceVersion !== undefined && { resourceVersion }),
      },
    };
  }

  private refuseNewer(fence: number): void {
    if (fence <= this.fence) return;
    throw new SlipwayError('stale_fence', `A newer claim (${fence}) has touched slot ${this.slotId}; this one (${this.fence}) stops.`, {
      fence: this.fence,
      newest: fence,
    });
  }

  private refuseForeign(live: KubeObject): void {
    const owner = live.metadata.labels?.[LABEL.slot];
    if (owner === this.slotId) return;
    const what = `${live.kind} ${live.metadata.name} in namespace ${this.client.namespace}`;
    throw new SlipwayError(
      'manifest_refused',
      `${what} exists and ${owner === undefined ? 'was not made by Slipway' : `belongs to slot ${owner}`}: choose another namespace or name, or delete it first.`,
      { field: `${live.kind}/${live.metadata.name}`, owner: owner ?? null },
    );
  }
}

export const fenceOf = (object: KubeObject): number => Number(object.metadata.annotations?.[ANNOTATION.fence] ?? 0);

/** A workload as it appears: without replicas. Anything else has nothing that runs. */
function atRest(desired: KubeObject): KubeObject {
  const spec = desired['spec'] as { replicas?: number } | undefined;
  return desired.kind === 'Deployment' && spec?.replicas !== 0 ? { ...desired, spec: { ...spec, replicas: 0 } } : desired;
}
