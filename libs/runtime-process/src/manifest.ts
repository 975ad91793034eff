import { SlipwayError } from '@slipway/contracts';
import {
  resolveApplication,
  type RenderInput,
  type RenderedManifest,
  type ResolvedApplication,
  type ResolvedProcess,
} from '@slipway/runtime-target';

export { fullScale, servingProcess, type ResolvedProbe } from '@slipway/runtime-target';
export type ManifestProcess = ResolvedProcess;

/**
 * The process runtime's manifest: what runs in the slot, without the release's own id, so that two releases of the same
 * content have the same manifest digest.
 */
export interface ProcessManifest extends ResolvedApplication {
  readonly runtime: 'process';
}

/** Pure: same input, same manifest. @throws SlipwayError `manifest_refused` for what runs in containers only. */
export function renderManifest(input: RenderInput): ProcessManifest {
  const { processes } = input.artifactManifest;
  if (!processes)
    throw refused('processes', 'is missing: the process runtime runs commands; deploy this artifact to a target of its own kind');
  const withoutCommand = Object.entries(processes).find(([, { command }]) => command === undefined);
  if (withoutCommand) {
    throw refused(`processes.${withoutCommand[0]}.command`, 'is missing: the process runtime runs commands, not images');
  }
  const application = resolveApplication(input);
  const homeless = application.tasks.find(({ process }) => !(process in processes));
  if (homeless) throw refused(`${homeless.kind} ${homeless.name}: process`, 'names no process of the artifact');
  return { runtime: 'process', ...application };
}

const refused = (field: string, why: string): SlipwayError => new SlipwayError('manifest_refused', `'${field}' ${why}.`, { field });

/** A stored manifest read as this runtime's; it was rendered by `renderManifest` and is named by its digest. */
export function asProcessManifest(manifest: RenderedManifest): ProcessManifest {
  if (manifest['runtime'] !== 'process') throw new TypeError('not a manifest of the process runtime');
  return manifest as unknown as ProcessManifest;
}
