import type { V1ObjectMeta, V1Status } from '@kubernetes/client-node';

/** Metadata as it travels: timestamps are strings, not dates. */
export type Metadata = Omit<V1ObjectMeta, 'creationTimestamp' | 'deletionTimestamp' | 'managedFields'> & {
  creationTimestamp?: string;
  deletionTimestamp?: string;
  managedFields?: ManagedFields[];
};

/** Which fields of an object a manager set last (server-side apply). */
export interface ManagedFields {
  manager?: string;
  operation?: 'Apply' | 'Update';
  apiVersion?: string;
  time?: string;
  fieldsType?: string;
  fieldsV1?: Record<string, unknown>;
  subresource?: string;
}

/** Any object of the API, as plain JSON: fields that this program does not know are kept. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  [field: string]: unknown;
}

export interface KubeList<T extends KubeObject = KubeObject> {
  metadata: { resourceVersion?: string; continue?: string };
  items: T[];
}

export type KubeStatus = V1Status;

/** Where objects of a kind live: `/api/v1/namespaces/<ns>/services`. */
export interface ResourcePath {
  readonly apiVersion: string;
  readonly plural: string;
}

export function collectionPath({ apiVersion, plural }: ResourcePath, namespace: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}/namespaces/${namespace}/${plural}`;
}

export const objectPath = (resource: ResourcePath, namespace: string, name: string): string =>
  `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
