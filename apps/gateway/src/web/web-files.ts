import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where `index.html` has a nonce: see apps/web/vite.config.mjs. */
const NONCE_PLACE = 'SLIPWAY_CSP_NONCE';
/** What is never a page: there an unknown address is a problem document. */
const NO_PAGE = /^\/(api|auth|mcp|healthz|metrics|assets)(\/|$)/;

/**
 * What the page may do: scripts and styles of its own files, style elements with this page's nonce, requests to this gateway. Style
 * attributes are what its components position themselves with.
 */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const hasWebFiles = (directory: string): boolean => existsSync(join(directory, 'index.html'));

/**
 * Serves the web page: hashed assets for ever, `index.html` fresh for every other address that a browser opens. What belongs to the
 * API, to sign-in, to MCP and to operations is never shadowed. Both are looked up on disk with every request: a page that is built anew
 * is served at once.
 * @param directory the built apps/web, with `index.html` and `assets/`
 */
export async function registerWebFiles(fastify: FastifyInstance, directory: string): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: join(directory, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    index: false,
    immutable: true,
    maxAge: '365d',
  });
  const index = join(directory, 'index.html');
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: async (request, reply) => (isPage(request) ? sendPage(reply, await readFile(index, 'utf8')) : reply.callNotFound()),
  });
}

/** Somebody navigates there: asks for HTML, and not for a file. */
function isPage({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): boolean {
  const path = url.split('?')[0]!;
  return !NO_PAGE.test(path) && (headers.accept ?? '').includes('text/html');
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy(nonce))
    .header('cross-origin-opener-policy', 'same-origin')
    .send(html.replaceAll(NONCE_PLACE, nonce));
}
