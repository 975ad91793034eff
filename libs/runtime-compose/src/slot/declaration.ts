import { SlipwayError, type ComposeConnection } from '@slipway/contracts';
import type { ChangeInput, Scale } from '@slipway/runtime-target';
import { HostDocument } from '../host/host-document';
import { labelOf } from '../engine/container';
import { handChanges, PAUSED } from '../look/container-changes';
import { secretNames, type ComposeManifest } from '../manifest/compose-manifest';
import { keptDocument, releaseDocument } from '../manifest/write-documents';
import { DEFAULT_PROXY_IMAGE, frontDocument, proxyStands } from '../proxy/front-document';
import type { ProbeMode } from '../proxy/proxy-config';
import type { ProxyEntry } from '../proxy/proxy-table';
import { emptyState, type ReleaseFile } from './slot-files';
import { addProxy } from './slot-proxy';
import { LABELS, type SlotNames } from './slot-names';
import type { ComposeSlotStatus } from './slot-status';

export interface Declaration {
  readonly input: ChangeInput;
  readonly manifest: ComposeManifest;
  readonly names: SlotNames;
  readonly connection: ComposeConnection;
  readonly status: ComposeSlotStatus | null;
  readonly table: readonly ProxyEntry[];
  readonly mode: ProbeMode;
  readonly scale: Scale;
  readonly secrets: Readonly<Record<string, string>>;
}

/** All that a release needs at the host before its first container: documents, networks, volumes, the slot's port and proxy, what has data. */
export function declaration(parts: Declaration): HostDocument {
  const { input, manifest, names, status, secrets, scale } = parts;
  assertSecrets(manifest, secrets);
  const document = new HostDocument();
  const owner = {
    slotId: input.slotId,
    releaseId: input.releaseId,
    artifactDigest: input.artifactDigest,
    manifestDigest: input.manifestDigest,
  };
  const file: ReleaseFile = {
    release_id: input.releaseId,
    artifact_digest: input.artifactDigest,
    manifest_digest: input.manifestDigest,
    manifest,
    scale,
  };
  const directory = names.releaseDirectory(input.releaseId);
  if (!status || status.state.slot_id === '') document.put('state.json', JSON.stringify(emptyState(input.slotId)));
  document.add('keep', names.releaseKey(input.releaseId));
  document.put(`${directory}/compose.json`, releaseDocument(manifest, names, owner, secrets));
  document.put(`${directory}/release.json`, JSON.stringify(file));
  for (const volume of manifest.volumes) document.add('volume', names.volume(volume));
  if (manifest.serving) addFront(document, parts);
  if (manifest.kept.length > 0) {
    document.add('network', names.kept).put('kept/compose.json', keptDocument(manifest, names, owner, secrets));
    const changed = changedByHand(manifest, names, status);
    if (changed.length > 0) document.add('recreate', names.kept, 'kept', ...changed);
    document.add('up', names.kept, 'kept');
  }
  return document;
}

/** Services that have data and of whose containers somebody changed something: Compose itself would leave those as they are. */
function changedByHand(manifest: ComposeManifest, names: SlotNames, status: ComposeSlotStatus | null): readonly string[] {
  if (!status) return [];
  const changed = status.containers.filter((container) => {
    if (labelOf(container, LABELS.role) !== 'kept' || !manifest.kept.includes(labelOf(container, LABELS.process))) return false;
    return handChanges(status, container, manifest, names).some((change) => change !== PAUSED);
  });
  return [...new Set(changed.map((container) => labelOf(container, LABELS.process)))];
}

function addFront(document: HostDocument, { input, names, connection, status, table, mode }: Declaration): void {
  const { routed_port: from, routed_port_to: to = from, proxy_image: image = DEFAULT_PROXY_IMAGE } = connection;
  const port = status?.port ?? null;
  const stands = proxyStands(status?.proxy.container, input.slotId, image, port) && port! >= from && port! <= to;
  if (!stands) document.add('network', names.front).add('port', from, to);
  addProxy(document, status, names, table, mode);
  if (!stands) document.put('front/compose.json', frontDocument(names, input.slotId, image)).add('up', names.front, 'front');
}

/** @throws SlipwayError `dependency_failed` when a pinned secret has no value: a workload never starts without one. */
function assertSecrets(manifest: ComposeManifest, secrets: Readonly<Record<string, string>>): void {
  const missing = secretNames(manifest).filter((name) => !(name in secrets));
  if (missing.length === 0) return;
  throw new SlipwayError('dependency_failed', `No value for the secret variables ${missing.join(', ')}.`, { missing });
}
