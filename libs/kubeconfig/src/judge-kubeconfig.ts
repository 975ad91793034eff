import type { KubernetesConnection, TargetCredential } from '@slipway/contracts';
import { type Ledger, namedEntry, onlyFields, parseKubeconfig, refused, text } from './fields';

/** What of a kubeconfig is kept: where the cluster is, and what opens it. */
export interface JudgedKubeconfig {
  readonly connection: Pick<KubernetesConnection, 'server' | 'ca' | 'tls_server_name'> & { readonly namespace: string };
  readonly credential: TargetCredential;
}

const HARMLESS = ['extensions'];

/**
 * An uploaded kubeconfig is code: only fields of an allow-list are taken, the rest is refused by name (`exec`, `auth-provider`, file paths,
 * `proxy-url`, `insecure-skip-tls-verify`, ...). Entries of other contexts are not read. Pure; opens nothing.
 * @throws SlipwayError `kubeconfig_refused` with `details.field`
 */
export function judgeKubeconfig(content: string, contextName?: string): JudgedKubeconfig {
  const root = onlyFields(parseKubeconfig(content), [
    'apiVersion',
    'kind',
    'preferences',
    'clusters',
    'users',
    'contexts',
    'current-context',
    ...HARMLESS,
  ]);
  if (root.value['kind'] !== 'Config') throw refused('kind', "must be 'Config'");
  const wanted = contextName ?? text(root, 'current-context');
  if (wanted === undefined) throw refused('current-context', 'is missing; name a context');
  const context = onlyFields(namedEntry(root, 'contexts', wanted, 'context'), ['cluster', 'user', 'namespace', ...HARMLESS]);
  const cluster = clusterOf(namedEntry(root, 'clusters', needed(context, 'cluster'), 'cluster'));
  return {
    connection: { ...cluster, namespace: text(context, 'namespace') ?? 'default' },
    credential: credentialOf(namedEntry(root, 'users', needed(context, 'user'), 'user')),
  };
}

function clusterOf(entry: Ledger): Omit<JudgedKubeconfig['connection'], 'namespace'> {
  const allowed = [
    'server',
    'certificate-authority-data',
    'tls-server-name',
    'insecure-skip-tls-verify',
    'disable-compression',
    ...HARMLESS,
  ];
  const cluster = onlyFields(entry, allowed);
  if (![undefined, false].includes(cluster.value['insecure-skip-tls-verify'] as boolean | undefined)) {
    throw refused(
      `${cluster.path}.insecure-skip-tls-verify`,
      "would let anybody answer in the cluster's name; give certificate-authority-data",
    );
  }
  const server = needed(cluster, 'server');
  if (!/^https:\/\/[^/?#@\s]+(\/[^?#@\s]*)?$/.test(server))
    throw refused(`${cluster.path}.server`, 'must be an https URL without user or query');
  const tlsServerName = text(cluster, 'tls-server-name');
  const ca = pem(cluster, 'certificate-authority-data', 'CERTIFICATE');
  return { server, ...(ca !== undefined && { ca }), ...(tlsServerName !== undefined && { tls_server_name: tlsServerName }) };
}

function credentialOf(entry: Ledger): TargetCredential {
  const user = onlyFields(entry, ['token', 'client-certificate-data', 'client-key-data', ...HARMLESS]);
  const token = text(user, 'token');
  const certificate = pem(user, 'client-certificate-data', 'CERTIFICATE');
  const key = pem(user, 'client-key-data', '[A-Z ]*PRIVATE KEY');
  if (certificate !== undefined && key !== undefined) return { kind: 'client_certificate', certificate, private_key: key };
  if (certificate !== undefined) throw refused(`${user.path}.client-key-data`, 'is missing beside client-certificate-data');
  if (key !== undefined) throw refused(`${user.path}.client-certificate-data`, 'is missing beside client-key-data');
  if (token !== undefined) return { kind: 'bearer_token', token };
  throw refused(`${user.path}.token`, 'is missing; give a token, or client-certificate-data and client-key-data');
}

function needed(entry: Ledger, field: string): string {
  const value = text(entry, field);
  if (value === undefined) throw refused(`${entry.path}.${field}`, 'is missing');
  return value;
}

function pem(entry: Ledger, field: string, label: string): string | undefined {
  const encoded = text(entry, field);
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8').trimStart();
  if (!new RegExp(`^-----BEGIN ${label}-----`).test(decoded))
    throw refused(`${entry.path}.${field}`, `is not base64 of a PEM ${label.replace(/\W+/g, ' ').trim()}`);
  return decoded;
}
