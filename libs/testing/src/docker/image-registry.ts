import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ImageConfig {
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Env?: readonly string[];
  readonly User?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Healthcheck?: {
    readonly Test: readonly string[];
    readonly Interval: number;
    readonly Timeout?: number;
    readonly Retries?: number;
  };
}

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const sha256 = (content: Buffer | string): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** An image registry in this process, for pulling alone: engines take one on 127.0.0.1 without TLS. */
export class ImageRegistry {
  private readonly blobs = new Map<string, { readonly type: string; readonly content: Buffer }>();
  private readonly tags = new Map<string, string>();

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.answer(request, response));
  }

  static async start(): Promise<ImageRegistry> {
    const server = createServer();
    const registry = new ImageRegistry(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    return registry;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts an image of one layer (a plain tar) here; answers with its reference by digest. */
  add(name: string, layer: Buffer, config: ImageConfig, tag = 'latest'): string {
    const layerDigest = this.store('application/octet-stream', layer);
    const described = Buffer.from(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        created: '1970-01-01T00:00:00Z',
        config,
        rootfs: { type: 'layers', diff_ids: [layerDigest] },
      }),
    );
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: {
          mediaType: 'application/vnd.docker.container.image.v1+json',
          size: described.length,
          digest: this.store('application/json', described),
        },
        layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: layer.length, digest: layerDigest }],
      }),
    );
    const digest = this.store(MANIFEST, manifest);
    this.tags.set(`${name}:${tag}`, digest);
    return `${this.host}/${name}@${digest}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private store(type: string, content: Buffer): string {
    const digest = sha256(content);
    this.blobs.set(digest, { type, content });
    return digest;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? '/', 'http://registry').pathname;
    if (path === '/v2/') return void response.writeHead(200, { 'docker-distribution-api-version': 'registry/2.0' }).end('{}');
    const [, name, , reference] = /^\/v2\/(.+)\/(manifests|blobs)\/(.+)$/.exec(path) ?? [];
    const digest = reference?.startsWith('sha256:') ? reference : this.tags.get(`${name}:${reference}`);
    const blob = this.blobs.get(digest ?? '');
    if (!blob) {
      response.writeHead(404, { 'content-type': 'application/json' });
      return void response.end(JSON.stringify({ errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }));
    }
    response.writeHead(200, { 'content-type': blob.type, 'content-length': blob.content.length, 'docker-content-digest': digest });
    response.end(request.method === 'HEAD' ? undefined : blob.content);
  }
}
