import type { ComposeConnection } from '@slipway/contracts';
import type { SlotStanding, StandingRelease } from '@slipway/runtime-target';
import { labelOf, nameOf, type ContainerDetails } from '../engine/container';
import type { EngineClient } from '../engine/engine-client';
import { imageDigests, slotContainers } from '../engine/slot-containers';
import { HostDocument } from '../host/host-document';
import type { ComposeHost, Effect } from '../host/compose-host';
import { factsOf, type HostReport } from '../host/host-report';
import { asComposeManifest, movedScale, patienceOf } from '../manifest/compose-manifest';
import { readProxyServers, type ProxyServer } from '../proxy/proxy-servers';
import { replicaOf } from './replica-of';
import { emptyState, type ReleaseFile, type SlotState } from './slot-files';
import { LABELS, type SlotNames } from './slot-names';

export interface StandingComposeRelease extends StandingRelease {
  readonly file: ReleaseFile;
}

/** All that is seen of a slot at its host. */
export interface ComposeSlotStatus extends SlotStanding {
  readonly slotId: string;
  readonly fence: number;
  readonly state: SlotState;
  readonly releases: readonly StandingComposeRelease[];
  /** Workloads alone, by name. */
  readonly containers: readonly ContainerDetails[];
  readonly proxy: {
    readonly container: ContainerDetails | undefined;
    /** Undefined: it does not answer. */
    readonly servers: readonly ProxyServer[] | undefined;
    /** Key of the configuration that it was given. */
    readonly config: string | undefined;
  };
  /** The host's clock, epoch milliseconds. */
  readonly nowMs: number;
}

/** Null: the host knows no such slot. With a claim: as it stands once nothing older moves it any more. */
export async function readSlotStatus(
  host: ComposeHost,
  engine: EngineClient,
  connection: ComposeConnection,
  names: SlotNames,
  slotId: string,
  claim?: Pick<Effect, 'fence' | 'signal'>,
): Promise<ComposeSlotStatus | null> {
  const document = new HostDocument().add('standing');
  const claimed = claim && (await host.claim(names.place, document, claim));
  const [report, containers] = await Promise.all([claimed ?? host.look(names.place, document), slotContainers(engine, slotId)]);
  const files = filesOf(report);
  if (!files.has('state.json') && containers.length === 0) return null;
  const state = files.has('state.json') ? (JSON.parse(files.get('state.json')!) as SlotState) : emptyState(slotId);
  const workloads = containers.filter((container) => ['workload', 'kept'].includes(labelOf(container, LABELS.role)));
  const releases = releasesOf(files, names);
  const servers = readProxyServers(report.proxy);
  const nowMs = Number(factsOf(report, 'now')[0]?.[0]);
  const digests = await digestsOf(engine, workloads);
  const around = {
    names,
    node: connection.host,
    nowMs,
    servers: servers ?? [],
    digests,
    release: (container: ContainerDetails) => ownerOf(container, releases, state),
  };
  return {
    slotId,
    fence: Number(files.get('fence') ?? 0),
    state,
    current: state.current,
    routes: state.routes,
    releases,
    replicas: workloads.map((container) => replicaOf(container, around)),
    containers: workloads,
    port: files.has('port') ? Number(files.get('port')) : null,
    proxy: {
      container: containers.find((container) => nameOf(container) === names.proxyContainer),
      servers,
      config: factsOf(report, 'config')[0]?.[2],
    },
    nowMs,
  };
}

function filesOf(report: HostReport): ReadonlyMap<string, string> {
  return new Map(factsOf(report, 'file').map(([path, ...content]) => [path ?? '', content.join(' ')]));
}

function releasesOf(files: ReadonlyMap<string, string>, names: SlotNames): readonly StandingComposeRelease[] {
  return [...files]
    .filter(([path]) => path.endsWith('/release.json'))
    .map(([, content]) => {
      const file = JSON.parse(content) as ReleaseFile;
      const manifest = asComposeManifest({ ...file.manifest });
      const expiry = files.get(`expire/${names.releaseKey(file.release_id)}`);
      return {
        releaseId: file.release_id,
        scale: file.scale,
        full: movedScale(manifest),
        serving: manifest.serving?.service,
        patienceMs: patienceOf(manifest),
        removing: false,
        removeAt: expiry === undefined ? null : Number(expiry.split(' ')[0]),
        file,
      };
    });
}

/** What has data belongs to the release that owns the slot; what that one has dropped, to another that stands and has it still. */
function ownerOf(container: ContainerDetails, releases: readonly StandingComposeRelease[], state: SlotState) {
  const label = labelOf(container, LABELS.release);
  const candidates = label === '' ? releases.filter((release) => keeps(release, container)) : releases;
  const wanted = label === '' ? state.current : label;
  const release = candidates.find(({ releaseId }) => releaseId === wanted) ?? (label === '' ? candidates[0] : undefined);
  if (!release) return undefined;
  const { releaseId, file } = release;
  return { releaseId, artifactDigest: file.artifact_digest, manifestDigest: file.manifest_digest, manifest: file.manifest };
}

/** Whether a release has the service of a container that has data. */
export const keeps = ({ file }: StandingComposeRelease, container: ContainerDetails): boolean =>
  file.manifest.kept.includes(labelOf(container, LABELS.process));

/** By image, the digest by which it is named in the container's own configuration, if the engine confirms it. */
async function digestsOf(engine: EngineClient, containers: readonly ContainerDetails[]): Promise<ReadonlyMap<string, string>> {
  const images = new Map(containers.map((container) => [container.Image, container.Config.Image]));
  const entries = [...images].map(async ([image, reference]) => [image, await digestOf(engine, image, reference)] as const);
  return new Map(await Promise.all(entries));
}

async function digestOf(engine: EngineClient, image: string, reference: string): Promise<string> {
  const key = `${image} ${reference}`;
  const confirmed = engine.confirmedDigests.get(key);
  if (confirmed !== undefined) return confirmed;
  const known = await imageDigests(engine, image);
  const named = known.find((digest) => reference.endsWith(digest));
  if (named !== undefined) engine.confirmedDigests.set(key, named);
  return named ?? known[0] ?? image;
}
