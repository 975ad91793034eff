import type { V1Container, V1EnvVar, V1PodTemplateSpec, V1Probe, V1ResourceRequirements } from '@kubernetes/client-node';
import type { Resources } from '@slipway/contracts';
import type { ResolvedApplication, ResolvedProbe, ResolvedProcess } from '@slipway/runtime-target';
import { LABEL } from '../slot/names';
import { claimName, DEFAULT_PORT, DRAIN_SECONDS, mebibytes, SECRET_PLACEHOLDER } from './conventions';
import { refused } from './refused';

export function renderPodTemplate(
  application: ResolvedApplication,
  name: string,
  process: ResolvedProcess,
  labels: Record<string, string>,
): V1PodTemplateSpec {
  return {
    metadata: { labels },
    spec: {
      terminationGracePeriodSeconds: DRAIN_SECONDS + seconds(process.stop_grace_ms),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      containers: [containerOf(application, name, process)],
      ...(process.volumes.length > 0 && {
        volumes: process.volumes.map((volume) => ({
          name: volume.name,
          persistentVolumeClaim: { claimName: claimName(application, volume.name) },
        })),
      }),
    },
  };
}

function containerOf(application: ResolvedApplication, name: string, process: ResolvedProcess): V1Container {
  const ports = [...(process.port ? [process.container_port ?? DEFAULT_PORT] : []), ...process.internal_ports];
  return {
    name,
    image: process.image ?? '',
    imagePullPolicy: 'IfNotPresent',
    ...(process.command.length > 0 && { command: [...process.command] }),
    env: environmentOf(application, process),
    ...(ports.length > 0 && { ports: [...new Set(ports)].map((containerPort) => ({ containerPort, protocol: 'TCP' })) }),
    resources: resourcesOf(process.resources),
    lifecycle: { preStop: { exec: { command: ['sleep', String(DRAIN_SECONDS)] } } },
    securityContext: { allowPrivilegeEscalation: false },
    ...probesOf(name, process, ports[0]),
    ...(process.volumes.length > 0 && {
      volumeMounts: process.volumes.map((volume) => ({
        name: volume.name,
        mountPath: volume.mount_path,
        ...(volume.read_only === true && { readOnly: true }),
      })),
    }),
  };
}

/** Sorted by name. The release is read from the pod's label, so that the same content has the same template. */
export function environmentOf(
  { artifact }: ResolvedApplication,
  process: ResolvedProcess,
  more: Readonly<Record<string, string>> = {},
): V1EnvVar[] {
  const plain: Record<string, string> = {
    SLIPWAY_ARTIFACT_VERSION: artifact.version,
    ...(process.port && { PORT: String(process.container_port ?? DEFAULT_PORT) }),
    ...process.env,
    ...more,
  };
  const env: V1EnvVar[] = [
    { name: 'SLIPWAY_RELEASE_ID', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: `metadata.labels['${LABEL.release}']` } } },
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    ...Object.keys(process.secrets).map((name) => ({ name, valueFrom: { secretKeyRef: { name: SECRET_PLACEHOLDER, key: name } } })),
  ];
  return env.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function resourcesOf(given: Resources): V1ResourceRequirements {
  const requests = quantities(given.cpu_request_millis, given.memory_request_mib);
  const limits = quantities(given.cpu_limit_millis, given.memory_limit_mib);
  return { ...(requests && { requests }), ...(limits && { limits }) };
}

function quantities(cpuMillis: number | undefined, memoryMib: number | undefined): Record<string, string> | undefined {
  if (cpuMillis === undefined && memoryMib === undefined) return undefined;
  return {
    ...(cpuMillis !== undefined && { cpu: cpuQuantity(cpuMillis) }),
    ...(memoryMib !== undefined && { memory: mebibytes(memoryMib) }),
  };
}

/** As the server writes it back: whole processors without `m`. */
const cpuQuantity = (millis: number): string => (millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`);

function probesOf(
  name: string,
  { probes }: ResolvedProcess,
  port: number | undefined,
): Pick<V1Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const { startup, readiness, liveness } = probes;
  if (port === undefined && (startup ?? readiness ?? liveness))
    throw refused(`processes.${name}.probes`, 'A probe asks a port: give the process `port` or `internal_ports`.');
  return {
    ...(startup && { startupProbe: probeOf(startup, port!) }),
    ...(readiness && { readinessProbe: probeOf(readiness, port!) }),
    ...(liveness && { livenessProbe: probeOf(liveness, port!) }),
  };
}

/** Kubernetes counts in whole seconds: rounded up. */
const probeOf = (probe: ResolvedProbe, port: number): V1Probe => ({
  httpGet: { path: probe.path, port, scheme: 'HTTP' },
  periodSeconds: seconds(probe.period_ms),
  timeoutSeconds: seconds(probe.timeout_ms),
  failureThreshold: probe.failure_threshold,
  successThreshold: probe.success_threshold,
  ...(probe.initial_delay_ms > 0 && { initialDelaySeconds: seconds(probe.initial_delay_ms) }),
});

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));
