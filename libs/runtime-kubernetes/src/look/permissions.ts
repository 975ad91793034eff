import type { KubeClient } from '../api/kube-client';

/** A right in the target's namespace. */
export interface Permission {
  readonly group: string;
  /** `pods`, or with a subresource `pods/log`. */
  readonly resource: string;
  readonly verb: string;
}

/** `update`: what somebody added by hand beside what is rendered is taken back by it. */
const WRITE = ['get', 'list', 'create', 'patch', 'update', 'delete'];
const NEEDED: readonly { group: string; resource: string; verbs: readonly string[] }[] = [
  { group: 'apps', resource: 'deployments', verbs: [...WRITE, 'watch'] },
  { group: '', resource: 'services', verbs: WRITE },
  { group: '', resource: 'configmaps', verbs: [...WRITE, 'watch'] },
  { group: '', resource: 'secrets', verbs: WRITE },
  { group: '', resource: 'persistentvolumeclaims', verbs: WRITE },
  { group: 'batch', resource: 'jobs', verbs: WRITE },
  { group: '', resource: 'pods', verbs: ['get', 'list', 'watch'] },
  { group: '', resource: 'pods/log', verbs: ['get'] },
  { group: '', resource: 'pods/proxy', verbs: ['get'] },
  { group: '', resource: 'services/proxy', verbs: ['get'] },
  { group: '', resource: 'endpoints', verbs: ['list', 'watch'] },
  { group: '', resource: 'events', verbs: ['list'] },
];

const NEEDED_FOR_GATEWAY = { group: 'gateway.networking.k8s.io', resource: 'httproutes', verbs: [...WRITE, 'watch'] };

/** Asks the server, right by right, what this credential may not do (SelfSubjectAccessReview). */
export async function missingPermissions(client: KubeClient): Promise<readonly Permission[]> {
  const all = client.connection.gateway ? [...NEEDED, NEEDED_FOR_GATEWAY] : NEEDED;
  const needed = all.flatMap(({ group, resource, verbs }) => verbs.map((verb) => ({ group, resource, verb })));
  const allowed = await Promise.all(needed.map((permission) => mayDo(client, permission)));
  return needed.filter((_, index) => !allowed[index]);
}

async function mayDo(client: KubeClient, { group, resource, verb }: Permission): Promise<boolean> {
  const [name, subresource] = resource.split('/');
  const { status } = await client.json<{ status: { allowed: boolean } }>({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { namespace: client.namespace, group, resource: name, subresource, verb } },
    },
  });
  return status.allowed;
}

/** Rules of a Role that would grant them. */
export function roleFor(missing: readonly Permission[]): readonly { apiGroups: string[]; resources: string[]; verbs: string[] }[] {
  const rules = new Map<string, { apiGroups: string[]; resources: string[]; verbs: string[] }>();
  for (const { group, resource, verb } of missing) {
    const key = `${group}/${resource}`;
    const rule = rules.get(key) ?? { apiGroups: [group], resources: [resource], verbs: [] };
    rule.verbs.push(verb);
    rules.set(key, rule);
  }
  return [...rules.values()];
}
