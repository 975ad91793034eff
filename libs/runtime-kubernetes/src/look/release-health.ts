import { fullScale, imageDigest, missingReplicas } from '@slipway/runtime-target';
import type { KubernetesManifest } from '../render/manifest';
import { isReady, mainStatus, observedDigest, processOf, type Pod } from '../slot/pods';

/** Which processes have fewer ready replicas than they should. */
export function unavailable(pods: readonly Pod[], manifest: KubernetesManifest): readonly string[] {
  const replicas = pods.map((pod) => ({ process: processOf(pod), ready: isReady(pod) }));
  return missingReplicas(replicas, fullScale(manifest));
}

/** Pods that run another image than their process has, by the digest that the node resolved; an image without a digest cannot be compared. */
export function mismatchedImages(pods: readonly Pod[], manifest: KubernetesManifest): readonly string[] {
  return pods.flatMap((pod) => {
    const wanted = imageDigest(manifest.processes[processOf(pod)]?.image ?? '');
    const found = observedDigest(mainStatus(pod)?.imageID);
    // Some nodes name an image by its configuration's digest alone; then what was asked for is what the pod says.
    const asked = observedDigest(pod.spec?.containers.find(({ name }) => name === processOf(pod))?.image);
    const differs =
      wanted !== undefined && found !== null && wanted !== found && (mainStatus(pod)?.imageID?.includes('@') === true || wanted !== asked);
    return differs ? [`${pod.metadata.name} runs ${found}, released was ${wanted}`] : [];
  });
}
