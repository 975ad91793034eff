import { isSlipwayError } from '@slipway/contracts';
import { LABELS } from '../slot/slot-names';
import type { ContainerDetails, ContainerSummary } from './container';
import type { EngineClient } from './engine-client';

const listOf = (engine: EngineClient, labels: readonly string[]): Promise<ContainerSummary[]> =>
  engine.get('/containers/json', { all: 'true', filters: JSON.stringify({ label: labels }) });

/** Every container of a slot, its proxy too, in full; sorted by name. */
export async function slotContainers(engine: EngineClient, slotId: string): Promise<readonly ContainerDetails[]> {
  const summaries = await listOf(engine, [`${LABELS.slot}=${slotId}`]);
  const details = await Promise.all(summaries.map(({ Id }) => inspected(engine, Id)));
  return details.filter((container) => container !== undefined).sort((a, b) => (a.Name < b.Name ? -1 : 1));
}

/** Undefined: it went in the meantime. */
export async function inspected(engine: EngineClient, id: string): Promise<ContainerDetails | undefined> {
  try {
    return await engine.get<ContainerDetails>(`/containers/${encodeURIComponent(id)}/json`);
  } catch (error) {
    if (isSlipwayError(error) && error.code === 'unknown_resource') return undefined;
    throw error;
  }
}

interface ImageDetails {
  readonly Id: string;
  readonly RepoDigests: readonly string[] | null;
}

/** The digests under which the engine knows an image: its configuration's, and those of the manifests it came by. */
export async function imageDigests(engine: EngineClient, id: string): Promise<readonly string[]> {
  try {
    const { Id, RepoDigests } = await engine.get<ImageDetails>(`/images/${encodeURIComponent(id)}/json`);
    return [...(RepoDigests ?? []).map((reference) => reference.slice(reference.indexOf('@') + 1)), Id];
  } catch (error) {
    if (isSlipwayError(error) && error.code === 'unknown_resource') return [id];
    throw error;
  }
}
