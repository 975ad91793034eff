import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { hasWebFiles, registerWebFiles } from './web-files';

const HTML = { accept: 'text/html,application/xhtml+xml' };
let directory: string;
let fastify: FastifyInstance;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'web-files-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(
    join(directory, 'index.html'),
    '<meta nonce="SLIPWAY_CSP_NONCE"><script src="/assets/index-1.js" nonce="SLIPWAY_CSP_NONCE"></script>',
  );
  writeFileSync(join(directory, 'assets', 'index-1.js'), 'console.log(1)');
  writeFileSync(join(directory, 'assets', 'index-1.js.gz'), 'compressed');
  fastify = Fastify();
  fastify.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  fastify.get('/api/v1/known', async () => ({ known: true }));
  fastify.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ code: 'unknown_route' }));
  await registerWebFiles(fastify, directory);
});
afterAll(async () => {
  await fastify.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('web files', () => {
  it('knows whether a page was built', () => {
    expect(hasWebFiles(directory)).toBe(true);
    expect(hasWebFiles(join(directory, 'assets'))).toBe(false);
  });

  it.each(['/', '/releases/rel-1?tab=record', '/login', '/apiary'])(
    'answers %s with the page, under its own nonce and never stored',
    async (url) => {
      const answers = await Promise.all([1, 2].map(() => fastify.inject({ url, headers: HTML })));
      const nonces = answers.map(({ body }) => /nonce="([^"]+)"/.exec(body)![1]!);
      expect(nonces[0]).not.toBe(nonces[1]);
      for (const [index, answer] of answers.entries()) {
        expect(answer.statusCode).toBe(200);
        expect(answer.body).not.toContain('SLIPWAY_CSP_NONCE');
        expect(answer.headers['cache-control']).toBe('no-store');
        const csp = String(answer.headers['content-security-policy']);
        expect(csp).toContain(`'nonce-${nonces[index]}'`);
        expect(csp).toContain("script-src 'self';");
        expect(csp).not.toContain('unsafe-eval');
      }
    },
  );

  it('sends assets to be kept, compressed where the browser takes it', async () => {
    const plain = await fastify.inject({ url: '/assets/index-1.js' });
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.body).toBe('console.log(1)');
    const packed = await fastify.inject({ url: '/assets/index-1.js', headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.body).toBe('compressed');
  });

  it.each(['/api', '/api/v1/unknown', '/auth/unknown', '/mcp', '/healthz/unknown', '/metrics/x', '/assets/gone.js'])(
    'never shadows %s',
    async (url) => {
      const answer = await fastify.inject({ url, headers: HTML });
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([404, 'no-store']);
      expect(answer.json()).toEqual({ code: 'unknown_route' });
    },
  );

  it('leaves what is there, and what no browser navigates to, alone', async () => {
    expect((await fastify.inject({ url: '/api/v1/known', headers: HTML })).json()).toEqual({ known: true });
    expect((await fastify.inject({ url: '/releases' })).statusCode).toBe(404);
    expect((await fastify.inject({ url: '/', method: 'POST', headers: HTML })).statusCode).toBe(404);
  });

  it('serves a page that was built anew, and no longer what it replaced', async () => {
    const rebuilt = mkdtempSync(join(tmpdir(), 'web-files-rebuilt-'));
    const gateway = Fastify();
    const build = (name: string): void => {
      rmSync(join(rebuilt, 'assets'), { recursive: true, force: true });
      mkdirSync(join(rebuilt, 'assets'));
      writeFileSync(join(rebuilt, 'assets', name), name);
      writeFileSync(join(rebuilt, 'index.html'), `<script src="/assets/${name}"></script>`);
    };
    try {
      build('index-1.js');
      await registerWebFiles(gateway, rebuilt);
      expect((await gateway.inject({ url: '/assets/index-1.js' })).statusCode).toBe(200);
      build('index-2.js');
      expect((await gateway.inject({ url: '/', headers: HTML })).body).toContain('/assets/index-2.js');
      expect((await gateway.inject({ url: '/assets/index-2.js' })).body).toBe('index-2.js');
      expect((await gateway.inject({ url: '/assets/index-1.js' })).statusCode).toBe(404);
    } finally {
      await gateway.close();
      rmSync(rebuilt, { recursive: true, force: true });
    }
  });
});
