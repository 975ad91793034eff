import type { V1PersistentVolumeClaim, V1Service } from '@kubernetes/client-node';
import type { ResolvedApplication, ResolvedProcess } from '@slipway/runtime-target';
import type { KubeObject } from '../api/kube-object';
import { LABEL } from '../slot/names';
import { claimName, DEFAULT_PORT, labelsOf, mebibytes, SERVICE_PORT } from './conventions';
import { renderPodTemplate } from './render-pod';

const DEFAULT_VOLUME_MIB = 1024;

/** A Deployment per process, the Services that reach them, the volumes that outlive releases. */
export function renderProcesses(application: ResolvedApplication): readonly KubeObject[] {
  const processes = Object.entries(application.processes);
  return [
    ...volumes(application).map((claim) => claimOf(application, claim)),
    ...serviceNames(application).map((name) => serviceOf(application, name)),
    ...processes.map(([name, process]) => deploymentOf(application, name, process)),
  ];
}

function deploymentOf(application: ResolvedApplication, name: string, process: ResolvedProcess): KubeObject {
  const labels = labelsOf(application, name);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${application.service_name}-${name}`, labels },
    spec: {
      replicas: process.replicas,
      revisionHistoryLimit: 2,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: { [LABEL.slot]: application.slot_id, [LABEL.process]: name } },
      template: renderPodTemplate(application, name, process, labels),
    },
  };
}

/** The Service of the slot, named after the service, and one per process that others reach, named after the process. */
function serviceNames({ service_name, processes }: ResolvedApplication): readonly string[] {
  const names = Object.entries(processes).flatMap(([name, process]) => [
    ...(process.port ? [service_name] : []),
    ...(process.internal_ports.length > 0 ? [name] : []),
  ]);
  return [...new Set(names)];
}

function serviceOf(application: ResolvedApplication, name: string): KubeObject {
  const [serving, process] = Object.entries(application.processes).find(
    ([processName, candidate]) =>
      (name === application.service_name && candidate.port) || (name === processName && candidate.internal_ports.length > 0),
  )!;
  const ports: NonNullable<V1Service['spec']>['ports'] = [];
  if (name === application.service_name && process.port)
    ports.push({ name: 'http', port: SERVICE_PORT, targetPort: process.container_port ?? DEFAULT_PORT, protocol: 'TCP' });
  if (name === serving)
    for (const port of process.internal_ports) ports.push({ name: `p${port}`, port, targetPort: port, protocol: 'TCP' });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: labelsOf(application, serving) },
    spec: { type: 'ClusterIP', ports, selector: { [LABEL.slot]: application.slot_id, [LABEL.process]: serving } },
  };
}

interface Claim {
  readonly name: string;
  readonly sizeMib: number;
}

function volumes({ processes }: ResolvedApplication): readonly Claim[] {
  const sizes = new Map<string, number>();
  for (const process of Object.values(processes))
    for (const { name, size_mib } of process.volumes) sizes.set(name, Math.max(sizes.get(name) ?? 0, size_mib ?? DEFAULT_VOLUME_MIB));
  return [...sizes].map(([name, sizeMib]) => ({ name, sizeMib }));
}

function claimOf(application: ResolvedApplication, { name, sizeMib }: Claim): KubeObject {
  const spec: V1PersistentVolumeClaim['spec'] = {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: mebibytes(sizeMib) } },
  };
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claimName(application, name), labels: labelsOf(application) },
    spec,
  };
}
