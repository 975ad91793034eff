import type { Schemas } from '@slipway/api-client';
import { docker, haproxyImage, ImageRegistry, nodeImage, Sshd } from '@slipway/testing';

const PORT = 9000;

/** Both services: `stock` says its version, `web` says its own and what stock says. */
const SERVER = `
const { createServer, get } = require('node:http');
const { ROLE, SAYS, CRASHING } = process.env;
if (CRASHING) { console.error('cannot start: the database is not there'); process.exit(3); }
const answer = (response, status, body) => response.writeHead(status).end(body);
const web = (request, response) => {
  request.resume();
  if (request.url === '/healthz') return answer(response, 200, 'well');
  get('http://stock:${PORT}/', (stock) => {
    let said = '';
    stock.setEncoding('utf8').on('data', (text) => (said += text)).once('end', () => answer(response, 200, SAYS + ', ' + said));
  }).once('error', (error) => answer(response, 502, String(error)));
};
const server = createServer(ROLE === 'stock' ? (request, response) => answer(response, 200, SAYS) : web);
/** Ready means that stock can be asked. */
const begin = () => get('http://stock:${PORT}/', (stock) => { stock.resume(); server.listen(${PORT}); }).once('error', () => setTimeout(begin, 50));
if (ROLE === 'stock') server.listen(${PORT});
else begin();
process.on('SIGTERM', () => { server.close(() => process.exit(0)); server.closeIdleConnections(); });
`;

/** A Docker host behind sshd, with the images of a shop of two services; its Compose file is somebody's own. */
export class ShopHost {
  private constructor(
    private readonly sshd: Sshd,
    private readonly registry: ImageRegistry,
    private readonly images: { readonly proxy: string; readonly shop: string },
    private readonly project: string,
  ) {}

  static async start(): Promise<ShopHost> {
    const registry = await ImageRegistry.start();
    const images = { proxy: await haproxyImage(registry), shop: await nodeImage(registry, 'shop', SERVER) };
    for (const image of Object.values(images)) await docker('pull', '-q', image);
    return new ShopHost(await Sshd.start(), registry, images, `shop-${process.pid}`);
  }

  /** The request that connects it to `dev` of the demo project. */
  target(): Schemas['CreateTarget'] {
    const { port, user, hostKey, privateKey } = this.sshd;
    const routed_port = 28_000 + ((process.pid * 97) % 1900);
    return {
      project: 'demo',
      environment: 'dev',
      name: 'docker',
      runtime_type: 'compose',
      connection: {
        host: '127.0.0.1',
        port,
        user,
        host_key: hostKey,
        project_name: this.project,
        routed_port,
        routed_port_to: routed_port + 9,
        proxy_image: this.images.proxy,
      },
      credential: { kind: 'ssh_key', private_key: privateKey },
    };
  }

  /** An artifact's files: how it is served and verified, and its Compose file. */
  files(version: string, crashing = false): Readonly<Record<string, string>> {
    const service = (role: string, more: string[] = []): string[] => [
      `  ${role}:`,
      `    image: ${this.images.shop}`,
      `    environment: { ROLE: ${role}, SAYS: ${role === 'web' ? version : `stock ${version}`}${crashing && role === 'web' ? ', CRASHING: "1"' : ''} }`,
      '    stop_grace_period: 3s',
      ...more,
    ];
    const compose = ['services:', ...service('web', ['    depends_on: [stock]', '    deploy: { replicas: 2 }']), ...service('stock'), ''];
    const manifest = {
      api_version: 'slipway/v1',
      compose: { file: 'compose.yaml', serves: { name: 'web', port: PORT } },
      verification: { health: { path: '/healthz' }, smoke: [{ name: 'says', path: '/', expect_body: version }], watch_ms: 500 },
    };
    return { 'slipway.json': JSON.stringify(manifest), 'compose.yaml': compose.join('\n') };
  }

  async stop(): Promise<void> {
    const lines = async (...argv: string[]): Promise<string[]> => (await docker(...argv)).split('\n').filter((line) => line !== '');
    const containers = await lines('ps', '-aq', '--filter', `name=^${this.project}-`);
    if (containers.length > 0) await docker('rm', '-f', '-v', ...containers);
    const networks = await lines('network', 'ls', '-q', '--filter', `name=^${this.project}-`);
    if (networks.length > 0) await docker('network', 'rm', ...networks);
    await this.sshd.stop();
    await this.registry.close();
  }
}
