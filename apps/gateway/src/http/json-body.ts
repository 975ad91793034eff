import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SlipwayError } from '@slipway/contracts';
import { MAX_BODY_BYTES } from './fastify-adapter';
import { safeJsonText } from './json-limits';

/** An object member that would reach a prototype. */
const PROTOTYPE_MEMBER =
  /"(?:_|\\u005[Ff]){2}(?:p|\\u0070)(?:r|\\u0072)(?:o|\\u006[Ff])(?:t|\\u0074)(?:o|\\u006[Ff])(?:_|\\u005[Ff]){2}"\s*:/;

/** JSON of a body; an empty one reads as no members. @throws SlipwayError `invalid_request`. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return {};
  const text = safeJsonText(bytes);
  if (PROTOTYPE_MEMBER.test(text)) throw new SlipwayError('invalid_request', "The body holds the member '__proto__'.");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new SlipwayError('invalid_request', 'The body is not JSON.');
  }
}

/** The gateway's parsers: JSON into memory within limits; tarballs are handed on as the stream they are. */
export function registerParsers(fastify: FastifyInstance, streamed: readonly string[]): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    (_request: FastifyRequest, body: Buffer, done) => {
      try {
        done(null, parseJsonBody(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  fastify.addContentTypeParser([...streamed], (_request, payload, done) => done(null, payload));
}
