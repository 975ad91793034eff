import type { Route } from '@slipway/runtime-target';
import { labelOf, shortId, type ContainerDetails } from '../engine/container';
import type { HostDocument } from '../host/host-document';
import type { ComposeManifest } from '../manifest/compose-manifest';
import { configKey, probesMap, proxyConfig, SERVER_PLACES, type ProbeMode } from '../proxy/proxy-config';
import { proxyCommands, proxyTable, type Backend, type ProxyEntry } from '../proxy/proxy-table';
import { LABELS, type SlotNames } from './slot-names';
import type { ComposeSlotStatus } from './slot-status';

const PLACES = Array.from({ length: SERVER_PLACES }, (_, index) => `s${index + 1}`);

/** What the proxy should have behind it, given what runs and who shall get which share. */
export function desiredTable(status: ComposeSlotStatus, names: SlotNames, routes: readonly Route[]): readonly ProxyEntry[] {
  return proxyTable(backendsOf(status, names), routes, status.proxy.servers ?? [], PLACES);
}

/** `probed` when every release of the slot that serves has a readiness probe; `manifest`: the one that joins them. */
export function probeModeOf(status: ComposeSlotStatus | null, manifest: ComposeManifest | undefined): ProbeMode {
  const serving = [manifest, ...(status?.releases ?? []).map(({ file }) => file.manifest)].flatMap((known) => known?.serving ?? []);
  return serving.every(({ readiness }) => readiness !== undefined) ? 'probed' : 'any';
}

/** Files with which a proxy starts, and, if it runs, the commands that change it. */
export function addProxy(
  document: HostDocument,
  status: ComposeSlotStatus | null,
  names: SlotNames,
  table: readonly ProxyEntry[],
  mode: ProbeMode,
): void {
  document.put('proxy/haproxy.cfg', proxyConfig(table, mode)).put('proxy/probes.map', probesMap(table));
  if (!status?.proxy.servers) return;
  if (status.proxy.config === configKey(mode)) document.proxy(proxyCommands(table, status.proxy.servers));
  else document.add('reload', names.proxyContainer);
}

function backendsOf(status: ComposeSlotStatus, names: SlotNames): readonly Backend[] {
  return status.containers.flatMap((container) => {
    const replica = status.replicas.find(({ instanceId }) => instanceId === container.Id);
    const serving = status.releases.find(({ releaseId }) => releaseId === replica?.releaseId)?.file.manifest.serving;
    const address = container.NetworkSettings.Networks?.[names.front]?.IPAddress;
    if (!replica || !serving || serving.service !== labelOf(container, LABELS.process) || !address) return [];
    return [
      {
        releaseId: replica.releaseId,
        container: shortId(container),
        address,
        port: serving.port,
        path: probePath(serving.readiness?.path ?? '/'),
        ready: replica.ready || hasWeight(status, container),
      },
    ];
  });
}

/** New containers of what serves get their places as they start; shares come with the next routes. */
export function addJoin(document: HostDocument, names: SlotNames, releaseId: string, { serving }: ComposeManifest): void {
  if (!serving) return;
  const path = Buffer.from(probePath(serving.readiness?.path ?? '/')).toString('base64');
  document.add('join', names.release(releaseId), serving.service, names.front, serving.port, path);
}

/** A container of a release that serves and runs, but was never given a place: what starts containers was cut off before that. */
export const lacksPlace = (status: ComposeSlotStatus, names: SlotNames, releaseId: string): boolean =>
  backendsOf(status, names).some(
    (backend) => backend.releaseId === releaseId && !status.proxy.servers?.some((server) => server.container === backend.container),
  );

const hasWeight = ({ proxy }: ComposeSlotStatus, container: ContainerDetails): boolean =>
  proxy.servers?.some((server) => server.container === shortId(container) && server.weight > 0) ?? false;

/** As a word of the admin socket, which knows spaces and semicolons as its own. */
const probePath = (path: string): string => path.replaceAll(/[^A-Za-z0-9/_.~%?=&:@+,-]/g, (character) => encodeHex(character));
const encodeHex = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
