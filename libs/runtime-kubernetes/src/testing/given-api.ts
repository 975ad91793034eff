import { fullScale, type ChangeInput, type TargetAccess } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { asKubernetesManifest } from '../render/manifest';
import type { Release } from '../render/instantiate';
import { FencedSlot } from '../slot/fenced-slot';
import { SlotReader } from '../slot/slot-reader';
import { SlotWriter } from '../slot/slot-writer';
import { accessOf, clientFor, createNamespace } from './cluster-access';

let namespaces = 0;

/** A namespace of its own on an API server. */
export async function givenNamespace(
  api: { readonly endpoint: string; readonly ca: string; readonly token: string },
  create = true,
): Promise<{ access: TargetAccess; client: KubeClient }> {
  const namespace = `api-${process.pid}-${++namespaces}`;
  const access = accessOf({ server: api.endpoint, ca: api.ca, namespace }, { kind: 'bearer_token', token: api.token });
  const client = await clientFor(access);
  if (create) await createNamespace(client);
  return { access, client };
}

/** The release as a deployment leaves it behind, but for the pods, which no bare API server has. */
export async function deployed(client: KubeClient, input: ChangeInput, fence: number): Promise<SlotWriter> {
  const { releaseId, manifestDigest, artifactDigest, slotId } = input;
  const release: Release = { releaseId, manifest: asKubernetesManifest(input.manifest), manifestDigest, artifactDigest };
  const writer = new SlotWriter(new FencedSlot(client, slotId, fence), new SlotReader(client, slotId));
  await writer.declare(release, fullScale(release.manifest), {});
  await writer.route(release, [{ releaseId, percent: 100 }]);
  await writer.own(releaseId);
  return writer;
}
