import {
  resolveApplication,
  servingProcess,
  type RenderedManifest,
  type RenderInput,
  type ResolvedApplication,
} from '@slipway/runtime-target';
import type { KubeObject } from '../api/kube-object';
import { renderDocuments } from '../documents/render-documents';
import { gatewayFor, type GatewayReference } from './gateway';
import { refused } from './refused';
import { renderProcesses } from './render-processes';

/**
 * What runs in a slot on Kubernetes. `resources` is every object in the API's own words but for what names the release: a workload
 * gets the release's short hash at the end of its name, and its label (see `instantiate`).
 */
export interface KubernetesManifest extends ResolvedApplication {
  readonly runtime: 'k8s';
  readonly namespace: string;
  readonly resources: readonly KubeObject[];
  /** Absent: plain Services, and shares by numbers of replicas. */
  readonly gateway?: GatewayReference;
}

/**
 * Pure: same input, same manifest.
 * @throws SlipwayError `manifest_refused` with `details.field`
 */
export function renderManifest(input: RenderInput): KubernetesManifest {
  const { artifactManifest, connection } = input;
  if (!('server' in connection)) throw new TypeError('not a connection of the Kubernetes runtime');
  if (artifactManifest.compose) throw refused('compose', 'This target is a Kubernetes cluster: say `processes` or `kubernetes`.');
  const application = resolveApplication(input);
  const { namespace } = connection;
  const rendered = artifactManifest.kubernetes
    ? renderDocuments(input, application, connection)
    : { processes: application.processes, resources: renderProcesses(application) };
  const gateway = servingProcess(rendered) === undefined ? undefined : gatewayFor(connection.gateway, application.service_name);
  return { ...application, ...rendered, runtime: 'k8s', namespace, ...(gateway && { gateway }) };
}

/** A stored manifest read as this runtime's; it was rendered by `renderManifest` and is named by its digest. */
export function asKubernetesManifest(manifest: RenderedManifest): KubernetesManifest {
  if (manifest['runtime'] !== 'k8s') throw new TypeError('not a manifest of the Kubernetes runtime');
  return manifest as unknown as KubernetesManifest;
}
