import { refused } from '../render/refused';
import { judgeFields, listOf, only, type FieldRules, type Judge } from './field-rules';

/** Said with the refusal of what would reach beyond the pod. */
const WHY: Readonly<Record<string, string>> = {
  hostNetwork: 'the network of the node is not for workloads.',
  hostPID: 'the processes of the node are not for workloads.',
  hostIPC: 'the memory of the node is not for workloads.',
  hostPath: 'files of the node are not for workloads; use a PersistentVolumeClaim.',
  hostPort: 'a port of the node is not for workloads; use a Service.',
  privileged: 'a privileged container owns its node.',
  nodeName: 'the scheduler chooses the node; use nodeSelector.',
  serviceAccount: 'use serviceAccountName.',
  ephemeralContainers: 'are for debugging by hand.',
};

const noAddedCapabilities: Judge = (value, path) => {
  const capabilities = value as { add?: unknown[] };
  if ((capabilities.add ?? []).some((name) => name !== 'NET_BIND_SERVICE'))
    throw refused(`${path}.add`, 'only NET_BIND_SERVICE may be added.');
};
const noUnconfined: Judge = (value, path) => {
  if ((value as { type?: unknown }).type === 'Unconfined') throw refused(`${path}.type`, 'Unconfined switches the protection off.');
};

const SECURITY: FieldRules = {
  allowPrivilegeEscalation: only(false),
  privileged: only(false),
  readOnlyRootFilesystem: true,
  runAsUser: true,
  runAsGroup: true,
  runAsNonRoot: true,
  capabilities: noAddedCapabilities,
  seccompProfile: noUnconfined,
};
const ENV = listOf({
  name: true,
  value: true,
  valueFrom: { configMapKeyRef: true, secretKeyRef: { name: true, key: true, optional: true }, fieldRef: true, resourceFieldRef: true },
});

const CONTAINER: FieldRules = {
  name: true,
  image: true,
  imagePullPolicy: true,
  command: true,
  args: true,
  workingDir: true,
  env: ENV,
  envFrom: listOf({ prefix: true, configMapRef: true, secretRef: { name: true, optional: true } }),
  ports: listOf({ name: true, containerPort: true, protocol: true }, WHY),
  resources: { requests: true, limits: true },
  livenessProbe: true,
  readinessProbe: true,
  startupProbe: true,
  lifecycle: { preStop: true },
  securityContext: SECURITY,
  volumeMounts: listOf({ name: true, mountPath: true, subPath: true, readOnly: true }),
  terminationMessagePath: true,
  terminationMessagePolicy: true,
};

const VOLUME: FieldRules = {
  name: true,
  configMap: true,
  secret: { secretName: true, items: true, defaultMode: true, optional: true },
  emptyDir: { medium: true, sizeLimit: true },
  persistentVolumeClaim: { claimName: true, readOnly: true },
  downwardAPI: true,
  projected: {
    defaultMode: true,
    sources: listOf({ configMap: true, secret: { name: true, items: true, optional: true }, downwardAPI: true }),
  },
};

const POD_SPEC: FieldRules = {
  containers: listOf(CONTAINER, WHY),
  initContainers: listOf(CONTAINER, WHY),
  volumes: listOf(VOLUME, WHY),
  restartPolicy: only('Always'),
  terminationGracePeriodSeconds: true,
  dnsPolicy: only('ClusterFirst', 'Default', 'None'),
  dnsConfig: true,
  nodeSelector: true,
  affinity: true,
  tolerations: true,
  topologySpreadConstraints: true,
  priorityClassName: true,
  imagePullSecrets: listOf({ name: true }),
  serviceAccountName: true,
  automountServiceAccountToken: only(false),
  enableServiceLinks: true,
  hostAliases: true,
  hostNetwork: only(false),
  hostPID: only(false),
  hostIPC: only(false),
  securityContext: {
    runAsUser: true,
    runAsGroup: true,
    runAsNonRoot: true,
    fsGroup: true,
    fsGroupChangePolicy: true,
    supplementalGroups: true,
    seccompProfile: noUnconfined,
  },
};

/**
 * A pod may not reach its node. Which identity, Secrets and claims it may name is for `refuseForeignReferences`, which knows all files.
 * @throws SlipwayError `manifest_refused`
 */
export const judgePodSpec: Judge = (value, path) => judgeFields(value, POD_SPEC, path, WHY);
