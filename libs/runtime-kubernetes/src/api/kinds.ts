import type { ResourcePath } from './kube-object';

/** What this runtime itself writes and reads. */
export const KINDS = {
  ConfigMap: { apiVersion: 'v1', plural: 'configmaps' },
  Secret: { apiVersion: 'v1', plural: 'secrets' },
  Service: { apiVersion: 'v1', plural: 'services' },
  Endpoints: { apiVersion: 'v1', plural: 'endpoints' },
  Pod: { apiVersion: 'v1', plural: 'pods' },
  Event: { apiVersion: 'v1', plural: 'events' },
  PersistentVolumeClaim: { apiVersion: 'v1', plural: 'persistentvolumeclaims' },
  Deployment: { apiVersion: 'apps/v1', plural: 'deployments' },
  Job: { apiVersion: 'batch/v1', plural: 'jobs' },
} as const satisfies Record<string, ResourcePath>;
/** What only somebody's own manifests bring, beside kinds that are ours as well. */
export const DOCUMENT_ONLY_KINDS = [
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
] as const;
export type OwnKind = keyof typeof KINDS;

/** The path of an object's kind, known from our own kinds and from those that documents may have. */
export function resourceOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): ResourcePath {
  const plural = PLURALS[kind];
  if (plural === undefined) throw new TypeError(`no objects of kind ${kind} are written here`);
  return { apiVersion, plural };
}

const PLURALS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(KINDS).map(([kind, { plural }]) => [kind, plural])),
  HTTPRoute: 'httproutes',
  ServiceAccount: 'serviceaccounts',
  Ingress: 'ingresses',
  NetworkPolicy: 'networkpolicies',
  PodDisruptionBudget: 'poddisruptionbudgets',
};
