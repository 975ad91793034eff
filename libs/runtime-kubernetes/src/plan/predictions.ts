import type { Check, DiffEntry } from '@slipway/contracts';
import { diffJson } from '@slipway/runtime-target';
import type { KubeClient } from '../api/kube-client';
import { KubeApiError } from '../api/kube-errors';
import { collectionPath, objectPath, type KubeObject, type Metadata, type ResourcePath } from '../api/kube-object';
import { ANNOTATION, LABEL } from '../slot/names';

/** One object as it would be, and as it is. */
export interface Prediction {
  readonly kind: string;
  /** As it is told to people: without the release's hash. */
  readonly name: string;
  readonly live: KubeObject | null;
  /** What the server says that it would be; null when it would not take it. */
  readonly result: KubeObject | null;
  readonly refusal: string | null;
}

/** Asks the server what applying this would make of it, with its defaults, validation and admission; nothing is stored. */
export async function predict(client: KubeClient, resource: ResourcePath, desired: KubeObject, shownName: string): Promise<Prediction> {
  const name = desired.metadata.name!;
  const live = await client.get<KubeObject>(resource, name);
  const { fieldManager } = client.connection;
  try {
    const result = live
      ? await client.json<KubeObject>({
          method: 'PATCH',
          path: objectPath(resource, client.namespace, name),
          query: { fieldManager, force: true, dryRun: 'All' },
          contentType: 'application/apply-patch+yaml',
          body: desired,
        })
      : await client.json<KubeObject>({
          method: 'POST',
          path: collectionPath(resource, client.namespace),
          query: { fieldManager, dryRun: 'All' },
          body: desired,
        });
    return { kind: desired.kind, name: shownName, live, result, refusal: null };
  } catch (error) {
    if (!(error instanceof KubeApiError) || error.status >= 500 || error.status === 401) throw error;
    return { kind: desired.kind, name: shownName, live, result: null, refusal: error.message };
  }
}

/** Resource by resource, without what the server fills in by itself. `before` null: everything is new. */
export function diffOf(predictions: readonly Prediction[]): { readonly entries: readonly DiffEntry[]; readonly truncated: boolean } {
  const keyed = (pick: (prediction: Prediction) => KubeObject | null): Record<string, unknown> =>
    Object.fromEntries(
      predictions.flatMap((prediction) => {
        const object = pick(prediction);
        return object ? [[`${prediction.kind} ${prediction.name}`, meaningful(object)]] : [];
      }),
    );
  return diffJson(
    keyed(({ live }) => live),
    keyed(({ result, live }) => result ?? live),
  );
}

export function acceptedCheck(predictions: readonly Prediction[]): Check {
  const name = 'api-server-accepts';
  const refused = predictions.filter(({ refusal }) => refusal !== null);
  if (refused.length === 0) return { name, result: 'pass', message: 'The API server accepts every object (dry run).' };
  const said = refused.map(({ kind, name: which, refusal }) => `${kind} ${which}: ${refusal}`).join('; ');
  return { name, result: 'fail', message: `The API server would refuse: ${said}`.slice(0, 1000) };
}

/** Labels and annotations that only say which release and claim wrote it. */
const OWN = new Set<string>([
  ANNOTATION.fence,
  ANNOTATION.manifest,
  ANNOTATION.artifact,
  LABEL.release,
  'deployment.kubernetes.io/revision',
]);

function meaningful(object: KubeObject): unknown {
  const { metadata, status: _status, ...body } = object;
  return withoutRelease({ ...body, metadata: strippedMetadata(metadata) });
}

function strippedMetadata({ labels, annotations }: Metadata): Record<string, unknown> {
  return { labels, annotations };
}

/** The same wherever it stands: selectors and pod templates name the release as well. */
function withoutRelease(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRelease);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !OWN.has(key))
      .map(([key, below]) => [key, withoutRelease(below)] as const)
      .filter(([, below]) => !(typeof below === 'object' && below !== null && !Array.isArray(below) && Object.keys(below).length === 0)),
  );
}

/** Something would change. */
export const differs = (prediction: Prediction): boolean => diffOf([prediction]).entries.length > 0;
