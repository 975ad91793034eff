import { runtimeConformance } from '@slipway/runtime-target';
import { findKubernetesCluster } from '@slipway/testing';
import { KubernetesHarness } from './testing/kubernetes-harness';

const cluster = findKubernetesCluster();

if ('lack' in cluster) {
  it.skip(`the conformance suite on a cluster where pods run (skipped: ${cluster.lack})`, () => undefined);
} else {
  runtimeConformance('k8s', () => KubernetesHarness.open(cluster), {
    timeoutMs: 180_000,
    cannot: { 'measure-at-router': 'a plain Service measures nothing; canaries are judged by requests of our own' },
  });
}
