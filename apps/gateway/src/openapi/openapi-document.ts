import { CONVERSATION_PATTERN, ProblemSchema, RegisterArtifactSchema } from '@slipway/contracts';
import type { TObject } from 'typebox';
import { fullPath, isCommand, type Route } from '../routes/route';
import { Components, type Json } from './components';

type JsonObject = { [member: string]: Json };

/** Headers that one place spells. */
export const HEADERS = {
  position: 'Slipway-Position',
  source: 'Slipway-Source',
  idempotencyKey: 'Idempotency-Key',
  requestId: 'X-Request-Id',
  conversationId: 'Slipway-Conversation-Id',
} as const;

const parameterHeader = (name: string, description: string, schema: JsonObject): JsonObject => ({
  name,
  in: 'header',
  required: false,
  description,
  schema,
});
const IDEMPOTENCY_KEY = parameterHeader(
  HEADERS.idempotencyKey,
  'Same key, same caller, same request: same answer, done once. Repeat with it after a timeout',
  { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
);
const MIN_POSITION = parameterHeader(
  HEADERS.position,
  'Answer from read models at least this far; the gateway remembers a caller’s own commands by itself',
  { type: 'integer', minimum: 0 },
);
const CONVERSATION_ID = parameterHeader(
  HEADERS.conversationId,
  'The conversation in which this is asked for; recorded with what it causes',
  {
    type: 'string',
    pattern: CONVERSATION_PATTERN,
  },
);
const LAST_EVENT_ID = parameterHeader('Last-Event-ID', 'Resume behind this event', { type: 'integer', minimum: 0 });

/** The OpenAPI 3.1 document of a route table. */
export function openApiDocument(routes: readonly Route[]): JsonObject {
  const components = new Components();
  const problem = { 'application/problem+json': { schema: components.write(ProblemSchema) } };
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    const path = fullPath(route).replace(/:([a-z_]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, components, problem) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Slipway',
      version: '0.1.0',
      description: 'Preview, approve, apply, verify, roll back: one release contract for people and agents.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A JWT of a configured issuer, or an access token (slp_...)' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-slipway-session', description: 'Changes also need X-CSRF-Token' },
      },
      schemas: components.collected(),
    },
  };
}

function operation(route: Route, components: Components, problem: JsonObject): JsonObject {
  return {
    operationId: route.name,
    tags: [route.tag],
    summary: route.summary,
    'x-permissions': [...route.permissions],
    ...(route.platformScope ? { 'x-platform-scope': true } : {}),
    ...(route.anyone ? { 'x-anyone': true } : {}),
    parameters: parameters(route, components),
    ...requestBody(route, components),
    responses: {
      [String(route.status)]: {
        description: 'Done',
        headers: { [HEADERS.position]: { schema: { type: 'integer' }, description: 'Stream position that the answer reflects' } },
        content: responseContent(route, components),
      },
      default: { description: 'Refused or failed', content: problem },
    },
  };
}

function parameters(route: Route, components: Components): Json[] {
  const members = (schema: TObject | undefined, place: 'path' | 'query'): Json[] =>
    Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || ((schema?.required ?? []) as readonly string[]).includes(name),
      schema: components.write(property),
    }));
  const headers = [...(isCommand(route) ? [IDEMPOTENCY_KEY, CONVERSATION_ID] : [MIN_POSITION]), ...(route.events ? [LAST_EVENT_ID] : [])];
  return [...members(route.params, 'path'), ...members(route.query, 'query'), ...headers];
}

const BINARY = { type: 'string', contentMediaType: 'application/octet-stream' };

function requestBody(route: Route, components: Components): JsonObject {
  if (route.consumes) return { requestBody: { required: true, content: uploadContent(route.consumes, components) } };
  if (!route.body) return {};
  const required = (route.body.required ?? []).length > 0;
  return { requestBody: { required, content: { 'application/json': { schema: components.write(route.body) } } } };
}

function uploadContent(types: readonly string[], components: Components): JsonObject {
  const fields = Object.entries(RegisterArtifactSchema.properties).map(([name, schema]) => [name, components.write(schema)] as const);
  const form: JsonObject = {
    type: 'object',
    required: [...(RegisterArtifactSchema.required ?? []), 'file'],
    properties: { ...Object.fromEntries(fields), file: BINARY },
  };
  return Object.fromEntries(types.map((type) => [type, { schema: type === 'multipart/form-data' ? form : BINARY }]));
}

function responseContent(route: Route, components: Components): JsonObject {
  const events: JsonObject = route.events
    ? { 'text/event-stream': { schema: { type: 'string' }, 'x-event-data': components.write(route.events) } }
    : {};
  if (route.events && route.events === route.response) return events;
  return { 'application/json': { schema: components.write(route.response) }, ...events };
}
