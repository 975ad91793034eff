import { isName } from '@slipway/contracts';
import { refused } from '../render/refused';
import { listOf, only, type FieldRules, type Judge } from './field-rules';
import { judgePodSpec } from './pod-rules';

export interface DocumentKind {
  /** Rules of everything beside apiVersion, kind and metadata. */
  readonly rules: FieldRules;
  /** Default: as of every object. */
  readonly annotations?: Judge;
}

const labels: Judge = (value, path) => {
  for (const key of Object.keys(value as object))
    if (key.startsWith('slipway.dev/'))
      throw refused(`${path}.${key}`, 'labels and annotations of slipway.dev are written by the platform.');
};
/** nginx and HAProxy controllers paste these into a configuration that all services share; some even run code from it. */
const IN_THE_CONTROLLER = /(snippets?|\/config-[a-z-]+)$/;
const routing: Judge = (value, path) => {
  labels(value, path);
  const pasted = Object.keys(value as object).find((key) => IN_THE_CONTROLLER.test(key));
  if (pasted !== undefined)
    throw refused(`${path}.${pasted}`, 'writes into the configuration of the controller, which all services share; leave it out.');
};
export const METADATA: FieldRules = { name: true, namespace: true, labels, annotations: labels };

/** Objects of a namespace that give nobody rights and reach no node. Everything else is refused by its kind. */
export const DOCUMENT_KINDS: Readonly<Record<string, DocumentKind>> = {
  'apps/v1 Deployment': {
    rules: {
      spec: {
        replicas: true,
        selector: { matchLabels: labels },
        strategy: true,
        minReadySeconds: true,
        revisionHistoryLimit: true,
        progressDeadlineSeconds: true,
        template: { metadata: { labels, annotations: labels }, spec: judgePodSpec },
      },
    },
  },
  'v1 Service': {
    annotations: routing,
    rules: {
      spec: {
        type: only('ClusterIP', 'NodePort', 'LoadBalancer'),
        selector: labels,
        ports: listOf({ name: true, port: true, targetPort: true, protocol: true, appProtocol: true, nodePort: true }),
        clusterIP: only('None'),
        sessionAffinity: true,
        publishNotReadyAddresses: only(false),
      },
    },
  },
  'v1 ConfigMap': { rules: { data: true, binaryData: true } },
  'v1 PersistentVolumeClaim': {
    rules: { spec: { accessModes: true, resources: true, storageClassName: true, volumeMode: only('Filesystem') } },
  },
  'v1 ServiceAccount': { rules: { automountServiceAccountToken: only(false) } },
  'networking.k8s.io/v1 Ingress': { annotations: routing, rules: { spec: true } },
  'networking.k8s.io/v1 NetworkPolicy': { rules: { spec: true } },
  'policy/v1 PodDisruptionBudget': { rules: { spec: true } },
};

/** What somebody who writes one of these means, and what to do instead. */
export const INSTEAD: Readonly<Record<string, string>> = {
  Secret: 'a secret does not belong into an artifact: give it as a variable, {"secret": ...} or {"secret_ref": ...}.',
  Namespace: 'the target names the namespace.',
  Pod: 'a pod of its own is not replaced when it ends; write a Deployment.',
  Job: 'say it as `migration` or `hooks` in slipway.yaml.',
  StatefulSet: 'the strategies need Deployments.',
  DaemonSet: 'the strategies need Deployments.',
};

export const isObjectName = (name: unknown): name is string => isName(name);
