import { SlipwayError } from '@slipway/contracts';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FastifyRequest } from 'fastify';
import type { TObject } from 'typebox';
import type { Route, RouteInput } from '../routes/route';

const strict = { strict: true, allowUnionTypes: true, allErrors: false, ownProperties: true } as const;
const forBodies = new Ajv2020(strict);
/** Addresses carry text only: numbers and booleans are read from it. */
const forAddresses = new Ajv2020({ ...strict, coerceTypes: true });
addFormats.default(forBodies, ['date-time']);
addFormats.default(forAddresses, ['date-time']);

export interface InputCheck {
  /** @throws SlipwayError `invalid_request` with `details.errors`: path and message of what is wrong. */
  (request: Pick<FastifyRequest, 'params' | 'query' | 'body'>): RouteInput;
}

type Part = 'params' | 'query' | 'body';

/** Compiles the check of a route's parameters, query and body, once. Unknown members are refused everywhere. */
export function inputCheck(route: Route): InputCheck {
  const params = compiled(forAddresses, route.params);
  const query = compiled(forAddresses, route.query);
  const body = compiled(forBodies, route.body);
  return (request) => ({
    params: checked('params', params, request.params) as RouteInput['params'],
    query: checked('query', query, request.query),
    body: route.consumes ? {} : checked('body', body, request.body),
  });
}

const EMPTY: TObject = { type: 'object', properties: {}, additionalProperties: false } as unknown as TObject;

const compiled = (ajv: Ajv2020, schema: TObject | undefined): ValidateFunction => ajv.compile(schema ?? EMPTY);

function checked(part: Part, validate: ValidateFunction, value: unknown): Record<string, unknown> {
  const given = value === undefined || value === null ? {} : part === 'body' ? value : { ...(value as object) };
  if (validate(given)) return given as Record<string, unknown>;
  throw invalidRequest(part, validate.errors ?? []);
}

const pathOf = (part: Part, error: ErrorObject): string => `${part === 'params' ? 'path' : part}${error.instancePath}`;

function messageOf(error: ErrorObject): string {
  if (error.keyword === 'additionalProperties')
    return `has the unknown member '${String(error.params['additionalProperty']).slice(0, 100)}'`;
  if (error.keyword === 'enum') return `must be one of ${(error.params['allowedValues'] as unknown[]).join(', ')}`;
  return error.message ?? 'is not valid';
}

function invalidRequest(part: Part, found: readonly ErrorObject[]): SlipwayError {
  const errors = found.slice(0, 10).map((error) => ({ path: pathOf(part, error).slice(0, 300), message: messageOf(error).slice(0, 300) }));
  const first = errors[0] ?? { path: part, message: 'is not valid' };
  return new SlipwayError('invalid_request', `${first.path} ${first.message}.`, { errors });
}
