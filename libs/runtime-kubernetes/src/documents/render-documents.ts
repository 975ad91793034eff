import type { V1Container, V1DeploymentSpec, V1EnvVar, V1PodTemplateSpec, V1Probe, V1ServiceSpec } from '@kubernetes/client-node';
import type { KubernetesConnection, PinnedVariables } from '@slipway/contracts';
import {
  splitVariables,
  type RenderInput,
  type ResolvedApplication,
  type ResolvedProbe,
  type ResolvedProcess,
} from '@slipway/runtime-target';
import type { KubeObject } from '../api/kube-object';
import { DRAIN_SECONDS, labelsOf, SECRET_PLACEHOLDER, SERVICE_PORT } from '../render/conventions';
import { refused } from '../render/refused';
import { LABEL } from '../slot/names';
import { refuseForeignReferences } from './foreign-references';
import { judgeDocuments } from './judge-documents';

/** Marks objects that come from somebody's own manifests and are not a workload: they are pruned when no release names them any more. */
export const DOCUMENT_LABEL = 'slipway.dev/document';

export interface RenderedDocuments {
  /** What the strategies, probes and verification need to know of each Deployment. */
  readonly processes: Readonly<Record<string, ResolvedProcess>>;
  readonly resources: readonly KubeObject[];
}

/**
 * Somebody's own manifests as this runtime runs them: each Deployment is a process whose replicas a strategy moves, a Service that
 * selects one follows the slot's traffic, and everything else is applied as it is written, in the target's namespace.
 * @throws SlipwayError `manifest_refused`
 */
export function renderDocuments(input: RenderInput, application: ResolvedApplication, connection: KubernetesConnection): RenderedDocuments {
  const { kubernetes } = input.artifactManifest;
  const objects = judgeDocuments(input.files, kubernetes!.files, connection.namespace);
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  const serves = kubernetes!.serves;
  if (serves && !deployments.some(({ metadata }) => metadata.name === serves.name))
    throw refused('kubernetes.serves.name', `there is no Deployment ${serves.name} in the files.`);
  refuseForeignReferences(objects, connection);
  const resources = objects.map((object) => {
    if (object.kind === 'Deployment') return workload(object, application, input.variables);
    return object.kind === 'Service' ? service(object, application, deployments) : plain(object, application);
  });
  const processes = deployments.map((object) => [object.metadata.name!, processOf(object, serves, input.variables)] as const);
  return { processes: Object.fromEntries(processes), resources: [...resources, ...ownService(objects, application, serves)] };
}

const specOf = (deployment: KubeObject): V1DeploymentSpec => {
  const spec = deployment['spec'] as V1DeploymentSpec | undefined;
  const containers = spec?.template?.spec?.containers;
  if (!spec || !containers?.length) throw refused(`Deployment ${deployment.metadata.name}.spec.template.spec.containers`, 'is missing.');
  return spec;
};

function workload(object: KubeObject, application: ResolvedApplication, variables: PinnedVariables): KubeObject {
  const name = object.metadata.name!;
  const spec = specOf(object);
  const mine = labelsOf(application, name);
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: {
      name: `${application.service_name}-${name}`,
      labels: { ...object.metadata.labels, ...mine },
      annotations: object.metadata.annotations,
    },
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      selector: { matchLabels: { [LABEL.slot]: application.slot_id, [LABEL.process]: name } },
      template: podTemplate(spec.template, mine, variables),
    },
  };
}

/** Labels, variables, and a drain before the end; never the rights of a ServiceAccount's token. */
function podTemplate(template: V1PodTemplateSpec, labels: Record<string, string>, variables: PinnedVariables): V1PodTemplateSpec {
  const spec = template.spec!;
  return {
    metadata: { ...template.metadata, labels: { ...template.metadata?.labels, ...labels } },
    spec: {
      ...spec,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: (spec.terminationGracePeriodSeconds ?? 30) + DRAIN_SECONDS,
      containers: spec.containers.map((container) => ({
        ...container,
        ...(container.ports && { ports: container.ports.map(withProtocol) }),
        env: environment(container.env ?? [], variables),
        lifecycle: container.lifecycle ?? { preStop: { exec: { command: ['sleep', String(DRAIN_SECONDS)] } } },
      })),
    },
  };
}

function environment(own: readonly V1EnvVar[], variables: PinnedVariables): V1EnvVar[] {
  const { plain: values, secrets } = splitVariables(variables);
  const given: V1EnvVar[] = [
    { name: 'SLIPWAY_RELEASE_ID', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: `metadata.labels['${LABEL.release}']` } } },
    ...Object.entries(values).map(([name, value]) => ({ name, value })),
    ...Object.keys(secrets).map((name) => ({ name, valueFrom: { secretKeyRef: { name: SECRET_PLACEHOLDER, key: name } } })),
  ];
  return [...own.filter(({ name }) => !given.some((variable) => variable.name === name)), ...given];
}

/** A Service that selects pods of one Deployment follows the traffic of the slot; any other has nothing to lead to. */
function service(object: KubeObject, application: ResolvedApplication, deployments: readonly KubeObject[]): KubeObject {
  const spec = (object['spec'] ?? {}) as V1ServiceSpec;
  const selector = Object.entries(spec.selector ?? {});
  const behind = deployments.filter((deployment) => {
    const labels = specOf(deployment).template.metadata?.labels ?? {};
    return selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
  });
  const path = `Service ${object.metadata.name}.spec.selector`;
  if (behind.length !== 1)
    throw refused(
      path,
      behind.length === 0 ? 'selects no Deployment of the files.' : 'selects several Deployments; each needs a Service of its own.',
    );
  const process = behind[0]!.metadata.name!;
  const labels = { ...object.metadata.labels, ...labelsOf(application, process) };
  return {
    ...object,
    metadata: { name: object.metadata.name, labels, annotations: object.metadata.annotations },
    spec: {
      ...spec,
      ...(spec.ports && { ports: spec.ports.map(withProtocol) }),
      selector: { [LABEL.slot]: application.slot_id, [LABEL.process]: process },
    },
  };
}

/** It is part of what tells ports apart, and older servers apply no port without it. */
const withProtocol = <T extends { protocol?: string }>(port: T): T => ({ ...port, protocol: port.protocol ?? 'TCP' });

const plain = (object: KubeObject, application: ResolvedApplication): KubeObject => ({
  ...object,
  metadata: {
    name: object.metadata.name,
    labels: { ...object.metadata.labels, ...labelsOf(application), [DOCUMENT_LABEL]: 'true' },
    annotations: object.metadata.annotations,
  },
});

/** The Service by which this platform verifies and others reach what serves; the files may bring it themselves. */
function ownService(
  objects: readonly KubeObject[],
  application: ResolvedApplication,
  serves: { name: string; port: number } | undefined,
): readonly KubeObject[] {
  const name = application.service_name;
  if (!serves) return [];
  const theirs = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === name);
  if (theirs) {
    const ports = (theirs['spec'] as V1ServiceSpec).ports ?? [];
    if (!ports.some((port) => port.name === 'http'))
      throw refused(`Service ${name}.spec.ports`, "the Service of the slot's own name needs a port named http.");
    return [];
  }
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, labels: labelsOf(application, serves.name) },
      spec: {
        type: 'ClusterIP',
        ports: [{ name: 'http', port: SERVICE_PORT, targetPort: serves.port, protocol: 'TCP' }],
        selector: { [LABEL.slot]: application.slot_id, [LABEL.process]: serves.name },
      },
    },
  ];
}

function processOf(object: KubeObject, serves: { name: string; port: number } | undefined, variables: PinnedVariables): ResolvedProcess {
  const spec = specOf(object);
  const container = spec.template.spec!.containers[0]!;
  const isServing = serves?.name === object.metadata.name;
  const { startupProbe, readinessProbe, livenessProbe } = container;
  return {
    command: [...(container.command ?? []), ...(container.args ?? [])],
    image: container.image ?? null,
    env: Object.fromEntries((container.env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))),
    secrets: splitVariables(variables).secrets,
    port: isServing,
    container_port: serves && isServing ? serves.port : null,
    internal_ports: [],
    replicas: spec.replicas ?? 1,
    resources: {},
    volumes: [],
    stop_grace_ms: (spec.template.spec!.terminationGracePeriodSeconds ?? 30) * 1000,
    probes: {
      ...(startupProbe && { startup: timesOf(startupProbe) }),
      ...(readinessProbe && { readiness: timesOf(readinessProbe) }),
      ...(livenessProbe && { liveness: timesOf(livenessProbe) }),
    },
  };
}

const timesOf = (probe: V1Probe): ResolvedProbe => ({
  path: probe.httpGet?.path ?? '/',
  period_ms: (probe.periodSeconds ?? 10) * 1000,
  timeout_ms: (probe.timeoutSeconds ?? 1) * 1000,
  failure_threshold: probe.failureThreshold ?? 3,
  success_threshold: probe.successThreshold ?? 1,
  initial_delay_ms: (probe.initialDelaySeconds ?? 0) * 1000,
});

/** Every image of every container, by where it stands. */
export const imagesOf = (resources: readonly KubeObject[]): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    resources
      .filter(({ kind }) => kind === 'Deployment')
      .flatMap((object) => {
        const { containers, initContainers } = specOf(object).template.spec!;
        const all: readonly V1Container[] = [...(initContainers ?? []), ...containers];
        return all.map(({ name, image }) => [`${object.metadata.labels?.[LABEL.process]}/${name}`, image || null] as const);
      }),
  );
