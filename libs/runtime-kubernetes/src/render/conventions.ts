import type { ResolvedApplication } from '@slipway/runtime-target';
import { LABEL, MANAGED_BY, suffixed } from '../slot/names';

/** Where a process serves when its manifest says `port: true`; given to it in PORT. */
export const DEFAULT_PORT = 8080;
/** On which the Service of a slot answers. */
export const SERVICE_PORT = 80;
/** From leaving the Service until the process is told to stop: as long as proxies may still send it requests (measured: 1 s lost some, 3 s a few on a machine under load). */
export const DRAIN_SECONDS = 5;
/** Name of the release's Secret in a template; the release's own is filled in by `instantiate`. */
export const SECRET_PLACEHOLDER = 'slipway-secrets';

export const labelsOf = (application: ResolvedApplication, process?: string): Record<string, string> => ({
  [LABEL.managedBy]: MANAGED_BY,
  [LABEL.name]: application.service_name,
  [LABEL.project]: application.project_id,
  [LABEL.slot]: application.slot_id,
  ...(process !== undefined && { [LABEL.process]: process }),
});

export const claimName = (application: ResolvedApplication, volume: string): string => suffixed(application.service_name, volume);

/** As the server writes it back: the largest unit that keeps it whole. */
export function mebibytes(count: number): string {
  if (count % (1024 * 1024) === 0) return `${count / (1024 * 1024)}Ti`;
  return count % 1024 === 0 ? `${count / 1024}Gi` : `${count}Mi`;
}
