import type { V1Deployment, V1PodSpec, V1Service } from '@kubernetes/client-node';
import type { KubeObject } from '../api/kube-object';
import { ANNOTATION, LABEL, MANAGED_BY, shortOf, suffixed } from '../slot/names';
import { SECRET_PLACEHOLDER } from './conventions';
import type { KubernetesManifest } from './manifest';

/** A manifest as one release's objects. */
export interface Release {
  readonly releaseId: string;
  readonly manifest: KubernetesManifest;
  readonly manifestDigest: string;
  readonly artifactDigest: string;
}
/** Replicas by process. */
export type Scale = Readonly<Record<string, number>>;

export const workloadName = ({ releaseId, manifest }: Pick<Release, 'releaseId' | 'manifest'>, process: string): string =>
  suffixed(`${manifest.service_name}-${process}`, shortOf(releaseId));
export const secretName = (release: Pick<Release, 'releaseId' | 'manifest'>): string => workloadName(release, 'env');

const ofKind = ({ resources }: KubernetesManifest, kind: string): readonly KubeObject[] =>
  resources.filter((resource) => resource.kind === kind);

/** The Deployment of each process, at the scale given; a process that the scale does not name stands at none. */
export function deploymentsOf(release: Release, scale: Scale): readonly KubeObject[] {
  return ofKind(release.manifest, 'Deployment').map((template) => {
    const process = template.metadata.labels![LABEL.process]!;
    const spec = template['spec'] as NonNullable<V1Deployment['spec']>;
    const labels = { ...template.metadata.labels, [LABEL.release]: release.releaseId };
    return {
      ...template,
      metadata: { name: workloadName(release, process), labels, annotations: { ...template.metadata.annotations, ...digestsOf(release) } },
      spec: {
        ...spec,
        replicas: scale[process] ?? 0,
        selector: { matchLabels: { ...spec.selector.matchLabels, [LABEL.release]: release.releaseId } },
        template: {
          ...spec.template,
          metadata: {
            labels: { ...spec.template.metadata?.labels, ...labels },
            annotations: { ...spec.template.metadata?.annotations, ...digestsOf(release) },
          },
          spec: withSecretsOf(release, spec.template.spec!),
        },
      },
    };
  });
}

/** The slot's Services, for one release alone, or shared by every release that stands. */
export function servicesOf(release: Release, onlyFor: string | null): readonly KubeObject[] {
  return ofKind(release.manifest, 'Service').map((template) => {
    const spec = template['spec'] as NonNullable<V1Service['spec']>;
    return { ...template, spec: { ...spec, selector: { ...spec.selector, ...(onlyFor !== null && { [LABEL.release]: onlyFor }) } } };
  });
}

/** Everything that is neither a workload nor a Service: volumes, and what somebody's own manifests bring. In the order in which it is written. */
export const documentsOf = ({ manifest }: Release): readonly KubeObject[] =>
  manifest.resources.filter(({ kind }) => kind !== 'Deployment' && kind !== 'Service');

export function secretOf(release: Release, values: Readonly<Record<string, string>>): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: secretName(release),
      labels: {
        [LABEL.managedBy]: MANAGED_BY,
        [LABEL.name]: release.manifest.service_name,
        [LABEL.slot]: release.manifest.slot_id,
        [LABEL.release]: release.releaseId,
      },
    },
    type: 'Opaque',
    data: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('base64')])),
  };
}

const digestsOf = ({ manifestDigest, artifactDigest }: Release): Record<string, string> => ({
  [ANNOTATION.manifest]: manifestDigest,
  [ANNOTATION.artifact]: artifactDigest,
});

export function withSecretsOf(release: Pick<Release, 'releaseId' | 'manifest'>, spec: V1PodSpec): V1PodSpec {
  const name = secretName(release);
  return {
    ...spec,
    containers: spec.containers.map((container) => ({
      ...container,
      env: container.env?.map((variable) =>
        variable.valueFrom?.secretKeyRef?.name === SECRET_PLACEHOLDER
          ? { ...variable, valueFrom: { secretKeyRef: { ...variable.valueFrom.secretKeyRef, name } } }
          : variable,
      ),
    })),
  };
}
