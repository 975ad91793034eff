import { existsSync, readFileSync } from 'node:fs';
import type { KubernetesConnection, TargetCredential } from '@slipway/contracts';
import { parse } from 'yaml';

/** A cluster that exists already, where pods run: what `KUBECONFIG`'s current context leads to. */
export interface KubernetesCluster {
  readonly connection: Pick<KubernetesConnection, 'server' | 'ca' | 'tls_server_name'>;
  readonly credential: TargetCredential;
  /** An image with Node as its entrypoint, by digest; its nodes have it or can pull it. */
  readonly image: string;
}

interface Kubeconfig {
  readonly 'current-context': string;
  readonly contexts: readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
  readonly clusters: readonly { readonly name: string; readonly cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly name: string; readonly user: Readonly<Record<string, string>> }[];
}

const ADVICE = 'script/ci/kubernetes-node.sh starts a node and prints both; kind, k3s and Docker Desktop do as well';

/** The cluster of the environment, or in words what is missing to have one. */
export function findKubernetesCluster(): KubernetesCluster | { readonly lack: string } {
  const file = process.env['KUBECONFIG'];
  const image = process.env['KUBERNETES_TEST_IMAGE'];
  if (!file || !existsSync(file)) return { lack: `KUBECONFIG names no file (${ADVICE})` };
  if (!image?.includes('@sha256:'))
    return { lack: `KUBERNETES_TEST_IMAGE does not name a Node image by digest, e.g. docker.io/library/node@sha256:... (${ADVICE})` };
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig;
  const context = config.contexts.find(({ name }) => name === config['current-context'])?.context;
  const cluster = config.clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users.find(({ name }) => name === context?.user)?.user;
  const credential = user && credentialOf(user);
  if (!cluster?.['server'] || !credential)
    return { lack: `the current context of ${file} has neither a token nor a certificate in it (kubectl config view --flatten --raw)` };
  const [ca, tls_server_name] = [decoded(cluster['certificate-authority-data']), cluster['tls-server-name']];
  return { connection: { server: cluster['server'], ...(ca && { ca }), ...(tls_server_name && { tls_server_name }) }, credential, image };
}

function credentialOf(user: Readonly<Record<string, string>>): TargetCredential | undefined {
  const [certificate, private_key] = [decoded(user['client-certificate-data']), decoded(user['client-key-data'])];
  if (user['token']) return { kind: 'bearer_token', token: user['token'] };
  return certificate && private_key ? { kind: 'client_certificate', certificate, private_key } : undefined;
}

const decoded = (base64: string | undefined): string | undefined => base64 && Buffer.from(base64, 'base64').toString('utf8');
