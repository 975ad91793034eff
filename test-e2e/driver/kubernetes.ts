import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { KubernetesCluster } from '@slipway/testing';

type Json = ReturnType<typeof JSON.parse>;

/** What a person with kubectl does behind the platform's back, in one namespace of its own. */
export class Kubectl {
  constructor(
    private readonly cluster: KubernetesCluster,
    readonly namespace: string,
  ) {}

  /** As it is uploaded. */
  readonly kubeconfig = (): string => readFileSync(process.env['KUBECONFIG']!, 'utf8');

  createNamespace = (): Promise<Json> =>
    this.call('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.namespace } });
  deleteNamespace = (): Promise<Json> => this.call('DELETE', `/api/v1/namespaces/${this.namespace}`);

  list = async (path: string): Promise<Json[]> => ((await this.call('GET', path)) as { items: Json[] }).items;
  deployments = (): Promise<Json[]> => this.list(`/apis/apps/v1/namespaces/${this.namespace}/deployments`);

  /** The address that this machine's proxy routes, once it leads somewhere. */
  async address(service: string): Promise<string> {
    const { spec } = await this.call('GET', `/api/v1/namespaces/${this.namespace}/services/${service}`);
    return `http://${spec.clusterIP}`;
  }

  /** `kubectl edit deployment <name>`: one member of its spec. */
  edit = (deployment: string, spec: Record<string, unknown>): Promise<Json> =>
    this.call('PATCH', `/apis/apps/v1/namespaces/${this.namespace}/deployments/${deployment}?fieldManager=kubectl-edit`, { spec });

  private call(method: string, path: string, body?: unknown): Promise<Json> {
    const { connection, credential } = this.cluster;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const { hostname, port } = new URL(connection.server);
    const secret =
      credential.kind === 'client_certificate'
        ? { cert: credential.certificate, key: credential.private_key }
        : { headers: { authorization: `Bearer ${credential.kind === 'bearer_token' ? credential.token : ''}` } };
    const headers = {
      ...secret.headers,
      ...(text !== undefined && {
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
        'content-length': Buffer.byteLength(text),
      }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { method, hostname, port, path, ca: connection.ca, servername: connection.tls_server_name, ...secret, headers },
        (response) => {
          let answer = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
          response.once('end', () => {
            if ((response.statusCode ?? 0) < 300) resolve(JSON.parse(answer));
            else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.slice(0, 300)}`));
          });
        },
      );
      outgoing.once('error', reject);
      outgoing.end(text);
    });
  }
}
