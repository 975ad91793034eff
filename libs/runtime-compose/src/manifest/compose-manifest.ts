import { probesBudgetMs, type RenderedManifest, type ResolvedApplication, type ResolvedProbe, type Scale } from '@slipway/runtime-target';

/** A service as Compose reads it, all its parts judged. Strings are in Compose's escaped form: `$$` is a dollar, `${NAME}` a secret. */
export type ComposeService = Readonly<Record<string, unknown>> & { readonly image: string };

/** What gets the slot's traffic. */
export interface ServingService {
  readonly service: string;
  readonly port: number;
  readonly startup?: ResolvedProbe;
  readonly readiness?: ResolvedProbe;
}

/**
 * The Compose runtime's manifest, the same for somebody's own Compose file and for the neutral form: what runs in the slot,
 * without the release's own id. `kept` names the services that have data and therefore never run twice.
 */
export interface ComposeManifest {
  readonly runtime: 'compose';
  readonly application: ResolvedApplication;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly scale: Scale;
  readonly kept: readonly string[];
  readonly volumes: readonly string[];
  readonly serving: ServingService | null;
}

/** A stored manifest read as this runtime's; it was rendered by `renderManifest` and is named by its digest. */
export function asComposeManifest(manifest: RenderedManifest): ComposeManifest {
  if (manifest['runtime'] !== 'compose') throw new TypeError('not a manifest of the compose runtime');
  return manifest as unknown as ComposeManifest;
}

/** Replicas of what runs side by side with another release. */
export const movedScale = ({ scale, kept }: ComposeManifest): Scale =>
  Object.fromEntries(Object.entries(scale).filter(([name]) => !kept.includes(name)));

/** Names of the secrets that stand in a manifest's services. */
export const secretNames = ({ application }: ComposeManifest): readonly string[] => [
  ...new Set(Object.values(application.processes).flatMap(({ secrets }) => Object.keys(secrets))),
];

export const patienceOf = ({ serving }: ComposeManifest): number => probesBudgetMs(serving ?? {});
