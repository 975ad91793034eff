import { createHash } from 'node:crypto';
import type { ComposeConnection } from '@slipway/contracts';
import type { SlotPlace } from '../host/compose-host';

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Labels by which containers are found again. */
export const LABELS = {
  slot: 'slipway.slot',
  project: 'slipway.project',
  release: 'slipway.release',
  process: 'slipway.process',
  artifact: 'slipway.artifact',
  manifest: 'slipway.manifest',
  role: 'slipway.role',
  /** Of a proxy: the digest of the document by which it was made. */
  document: 'slipway.document',
} as const;

/** How a slot's things are called at the host: derived, so that any executor finds them. */
export class SlotNames {
  readonly place: SlotPlace;
  /** What all names of the slot begin with. */
  readonly stem: string;

  constructor(connection: Pick<ComposeConnection, 'project_name'>, slotId: string) {
    this.place = { project: connection.project_name, slot: short(slotId) };
    this.stem = `${connection.project_name}-${this.place.slot}`;
  }

  /** Compose project of the slot's proxy, and the network in which it reaches what it serves. */
  get front(): string {
    return `${this.stem}-front`;
  }

  get proxyContainer(): string {
    return `${this.front}-proxy-1`;
  }

  /** Compose project of the processes that have data: one for all releases, as two of them must never write at once. */
  get kept(): string {
    return `${this.stem}-kept`;
  }

  release(releaseId: string): string {
    return `${this.stem}-${short(releaseId)}`;
  }

  /** Directory of a release, in the slot's directory. */
  releaseDirectory(releaseId: string): string {
    return `releases/${short(releaseId)}`;
  }

  releaseKey(releaseId: string): string {
    return short(releaseId);
  }

  task(effect: string): string {
    return `${this.stem}-task-${short(effect)}`;
  }

  volume(name: string): string {
    return `${this.stem}-${name}`;
  }
}
