import { setMaxListeners } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { V1EndpointSubset } from '@kubernetes/client-node';
import type { KubeClient } from '../api/kube-client';
import { KINDS } from '../api/kinds';
import { objectPath, type KubeObject } from '../api/kube-object';
import { LiveList } from '../api/live-list';
import { HTTP_ROUTE } from '../render/gateway';

interface Backend {
  readonly name: string;
  readonly weight: number;
}
type Route = KubeObject & {
  readonly spec: { readonly parentRefs: readonly object[]; readonly rules: readonly { readonly backendRefs: readonly Backend[] }[] };
};
type Endpoints = KubeObject & { readonly subsets?: readonly V1EndpointSubset[] };

/** The controller tells of a route's change after this time. */
const TOLD_AFTER_MS = 300;
/** Then its proxy follows, later than it follows the endpoints: weights must not be taken away from under it. */
const FOLLOWED_AFTER_MS = 600;
const ENDPOINTS_AFTER_MS = 100;

/**
 * Stands in for a Gateway: follows the HTTPRoutes and Endpoints of one namespace, late as real ones do, tells of it in the routes'
 * status, and proxies to the pods by weight. Each route has a listener of its own. A backend without endpoints answers 503 for its
 * share, as the Gateway API has it.
 */
export class TestGateway {
  private readonly stopped = new AbortController();
  private readonly upstream = new Agent({ keepAlive: true });
  private readonly listeners = new Map<string, Promise<Server>>();
  private readonly told = new Map<string, number>();
  private readonly weights = new Map<string, readonly Backend[]>();
  private readonly credits = new Map<string, number>();
  private readonly pods = new Map<string, readonly string[]>();
  private turn = 0;

  private constructor(
    private readonly client: KubeClient,
    private readonly name: string,
  ) {}

  /** @param name of the Gateway that it is to be */
  static async open(client: KubeClient, name: string): Promise<TestGateway> {
    const gateway = new TestGateway(client, name);
    setMaxListeners(0, gateway.stopped.signal);
    const following = { labelSelector: '', signal: gateway.stopped.signal };
    const changed = { routes: (): void => undefined, endpoints: (): void => undefined };
    const [routes, endpoints] = await Promise.all([
      LiveList.open<Route>(client, HTTP_ROUTE, { ...following, onChange: () => changed.routes() }),
      LiveList.open<Endpoints>(client, KINDS.Endpoints, { ...following, onChange: () => changed.endpoints() }),
    ]);
    changed.routes = () => routes.items.forEach((route) => void gateway.take(route).catch(() => undefined));
    changed.endpoints = () => void gateway.follow(endpoints.items);
    changed.routes();
    changed.endpoints();
    return gateway;
  }

  /** Where the traffic of a route is asked for. */
  async urlOf(route: string): Promise<string> {
    const listening = this.listeners.get(route) ?? this.listen(route);
    this.listeners.set(route, listening);
    return `http://127.0.0.1:${((await listening).address() as AddressInfo).port}`;
  }

  close(): void {
    this.stopped.abort();
    this.upstream.destroy();
    for (const listening of this.listeners.values()) void listening.then((server) => server.close().closeAllConnections());
  }

  private listen(route: string): Promise<Server> {
    const server = createServer((incoming, response) => this.proxy(route, incoming, response));
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
  }

  private async take({ metadata, spec }: Route): Promise<void> {
    const [name, generation] = [metadata.name!, metadata.generation ?? 0];
    if ((this.told.get(name) ?? 0) >= generation) return;
    this.told.set(name, generation);
    await this.lag(TOLD_AFTER_MS);
    await this.tell(name, spec, generation);
    await this.lag(FOLLOWED_AFTER_MS);
    if (this.told.get(name) === generation) this.weights.set(name, spec.rules[0]?.backendRefs ?? []);
  }

  private async tell(name: string, { parentRefs }: Route['spec'], observedGeneration: number): Promise<void> {
    const condition = (type: string) => ({
      type,
      status: 'True',
      reason: type,
      message: '',
      observedGeneration,
      lastTransitionTime: new Date().toISOString(),
    });
    const conditions = ['Accepted', 'ResolvedRefs'].map(condition);
    const parents = parentRefs.map((parentRef) => ({ parentRef, controllerName: `test.slipway.dev/${this.name}`, conditions }));
    await this.client.json({
      method: 'PATCH',
      path: `${objectPath(HTTP_ROUTE, this.client.namespace, name)}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: { parents } },
    });
  }

  private async follow(endpoints: readonly Endpoints[]): Promise<void> {
    await this.lag(ENDPOINTS_AFTER_MS);
    for (const { metadata, subsets } of endpoints) this.pods.set(metadata.name!, (subsets ?? []).flatMap(addressesOf));
  }

  private lag = (ms: number): Promise<void> => pause(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);

  private proxy(route: string, incoming: IncomingMessage, response: ServerResponse): void {
    const backend = this.next(this.weights.get(route) ?? []);
    const pods = this.pods.get(backend ?? '') ?? [];
    const [host, port] = (pods[this.turn++ % pods.length] ?? '').split(':');
    if (!port) return void response.writeHead(503).end(`${backend ?? 'no backend'} leads nowhere`);
    const { method, url, headers } = incoming;
    const outgoing = request({ host, port, method, path: url, headers, agent: this.upstream }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    outgoing.once('error', (error) => response.writeHead(502).end(`${backend} at ${host}: ${error.message}`));
    incoming.pipe(outgoing);
  }

  /** Smooth weighted round robin: each has its share of any few requests. */
  private next(backends: readonly Backend[]): string | undefined {
    const weighed = backends.filter(({ weight }) => weight > 0);
    for (const { name, weight } of weighed) this.credits.set(name, (this.credits.get(name) ?? 0) + weight);
    const [first] = [...weighed].sort((a, b) => this.credits.get(b.name)! - this.credits.get(a.name)!);
    if (first) this.credits.set(first.name, this.credits.get(first.name)! - weighed.reduce((sum, { weight }) => sum + weight, 0));
    return first?.name;
  }
}

const addressesOf = ({ addresses, ports }: V1EndpointSubset): string[] => {
  const port = ports?.find(({ name }) => name === 'http')?.port;
  return port === undefined ? [] : (addresses ?? []).map(({ ip }) => `${ip}:${port}`);
};
