import { servingProcess, verificationCheck, type ChangeInput, type VerificationCheck } from '@slipway/runtime-target';
import type { KubeObject } from '../api/kube-object';
import { HTTP_ROUTE, routeServiceName } from '../render/gateway';
import type { KubernetesManifest } from '../render/manifest';
import { LABEL } from '../slot/names';
import type { SlotReader } from '../slot/slot-reader';

type Route = KubeObject & {
  readonly spec: { readonly rules?: readonly { readonly backendRefs?: readonly { readonly name: string; readonly weight?: number }[] }[] };
};

/** All traffic goes to the release: the slot's record says so, its Service selects it alone, and so does the HTTPRoute where there is one. */
export async function routingCheck(
  reader: SlotReader,
  { releaseId }: Pick<ChangeInput, 'releaseId'>,
  manifest: KubernetesManifest,
): Promise<VerificationCheck> {
  if (servingProcess(manifest) === undefined) return verificationCheck('routing', 'pass', 'this release serves no requests');
  const [{ routes }, services, backends] = await Promise.all([reader.record(), reader.services(), weighedBackends(reader, manifest)]);
  const service = services.find(({ metadata }) => metadata.name === manifest.service_name);
  const selects = service?.spec.selector?.[LABEL.release] ?? null;
  const observed = { routes, service: service?.metadata.name ?? null, selects, ...(backends && { backends }) };
  const recorded = routes.length === 1 && routes[0]?.releaseId === releaseId;
  const weighed = backends === null || (backends.length === 1 && backends[0] === routeServiceName({ releaseId, manifest }));
  if (recorded && weighed && selects === releaseId)
    return verificationCheck(
      'routing',
      'pass',
      `the Service${backends ? ' and the HTTPRoute lead to' : ' selects'} this release alone`,
      observed,
    );
  return verificationCheck('routing', 'fail', 'not all traffic goes to this release', observed);
}

/** Services that the live HTTPRoute gives any weight; null without a Gateway. */
async function weighedBackends({ client }: SlotReader, manifest: KubernetesManifest): Promise<readonly string[] | null> {
  if (!manifest.gateway) return null;
  const route = await client.get<Route>(HTTP_ROUTE, manifest.service_name);
  const backends = (route?.spec.rules ?? []).flatMap(({ backendRefs }) => backendRefs ?? []);
  return backends.filter(({ weight }) => weight !== 0).map(({ name }) => name);
}
