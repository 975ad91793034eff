import type { V1Container, V1Deployment, V1PodSpec } from '@kubernetes/client-node';
import type { KubernetesConnection } from '@slipway/contracts';
import type { KubeObject } from '../api/kube-object';
import { refused } from '../render/refused';

/** A name as it stands at a field of a pod. */
type Reference = readonly [field: string, name: string | undefined];

/**
 * A namespace has several services, and who may write into it may read what it holds: so files name no identity, Secret or claim but
 * what they bring, and what the target's connection shares. (Values of secrets come as variables; a Secret in an artifact is refused.)
 * @throws SlipwayError `manifest_refused`
 */
export function refuseForeignReferences(objects: readonly KubeObject[], connection: KubernetesConnection): void {
  const { namespace, shared_secrets, shared_claims } = connection;
  const broughtBy = (kind: string) => objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
  const accounts = new Set([undefined, 'default', ...broughtBy('ServiceAccount')]);
  const claims = new Set([...(shared_claims ?? []), ...broughtBy('PersistentVolumeClaim')]);
  const secrets = new Set<string | undefined>(shared_secrets);
  for (const object of objects) {
    if (object.kind !== 'Deployment') refuseSecretsOfControllers(object, secrets, namespace);
    const spec = object.kind === 'Deployment' && podOf(object);
    if (!spec) continue;
    const refuse = (field: string, why: string) => refused(`Deployment ${object.metadata.name}.spec.template.spec.${field}`, why);
    if (!accounts.has(spec.serviceAccountName))
      throw refuse(
        'serviceAccountName',
        `${spec.serviceAccountName} is not in the files: a workload takes no identity that exists already.`,
      );
    const secret = secretsOf(spec).find(([, name]) => !secrets.has(name));
    if (secret) throw refuse(secret[0], foreignSecret(secret[1]));
    const claim = claimsOf(spec).find(([, name]) => !claims.has(name));
    if (claim)
      throw refuse(
        claim[0],
        `PersistentVolumeClaim ${claim[1]} is not in the files: bring it with them, or have the target's connection name it in shared_claims.`,
      );
  }
}

const foreignSecret = (name: string | undefined): string =>
  `Secret ${name} is not this service's: give its values as variables, {"secret": ...} or {"secret_ref": ...}, or have the target's connection name it in shared_secrets (as for pulling images).`;

/** Controllers of Ingresses read Secrets that an annotation names (`auth-secret`, `auth-tls-secret`), some even of other namespaces. */
function refuseSecretsOfControllers(object: KubeObject, secrets: ReadonlySet<string | undefined>, namespace: string): void {
  for (const [key, value] of Object.entries(object.metadata.annotations ?? {})) {
    if (!key.endsWith('secret') || secrets.has(value.startsWith(`${namespace}/`) ? value.slice(namespace.length + 1) : value)) continue;
    throw refused(`${object.kind} ${object.metadata.name}.metadata.annotations.${key}`, foreignSecret(value));
  }
}

const podOf = (deployment: KubeObject): V1PodSpec | undefined => (deployment['spec'] as V1Deployment['spec'])?.template?.spec;

function secretsOf(spec: V1PodSpec): readonly Reference[] {
  return [
    ...(spec.imagePullSecrets ?? []).map(({ name }, index): Reference => [`imagePullSecrets[${index}].name`, name]),
    ...(spec.volumes ?? []).flatMap(({ secret, projected }, index): readonly Reference[] => [
      ...(secret ? [[`volumes[${index}].secret.secretName`, secret.secretName] as const] : []),
      ...(projected?.sources ?? []).flatMap((source, at): readonly Reference[] =>
        source.secret ? [[`volumes[${index}].projected.sources[${at}].secret.name`, source.secret.name]] : [],
      ),
    ]),
    ...environmentSecrets('initContainers', spec.initContainers),
    ...environmentSecrets('containers', spec.containers),
  ];
}

function environmentSecrets(list: string, containers: readonly V1Container[] | undefined): readonly Reference[] {
  return (containers ?? []).flatMap(({ env, envFrom }, index): readonly Reference[] => [
    ...(envFrom ?? []).flatMap(({ secretRef }, at): readonly Reference[] =>
      secretRef ? [[`${list}[${index}].envFrom[${at}].secretRef.name`, secretRef.name]] : [],
    ),
    ...(env ?? []).flatMap(({ valueFrom }, at): readonly Reference[] =>
      valueFrom?.secretKeyRef ? [[`${list}[${index}].env[${at}].valueFrom.secretKeyRef.name`, valueFrom.secretKeyRef.name]] : [],
    ),
  ]);
}

const claimsOf = ({ volumes }: V1PodSpec): readonly Reference[] =>
  (volumes ?? []).flatMap(({ persistentVolumeClaim }, index): readonly Reference[] =>
    persistentVolumeClaim ? [[`volumes[${index}].persistentVolumeClaim.claimName`, persistentVolumeClaim.claimName]] : [],
  );
