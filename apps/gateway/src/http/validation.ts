import { SlipwayError } from '@slipway/contracts';
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FastifyRequest } from 'fastify';
import type { TObject } from 'typebox';
import type { Route, RouteInput } from '../routes/route';

const ajv = addFormats(new Ajv({ strict: true, allowUnionTypes: true, allErrors: false, ownProperties: true }), ['date-time']);

export interface InputCheck {
  /** @throws SlipwayError `invalid_request` with `details.errors`: path and message of what is wrong. */
  (request: Pick<FastifyRequest, 'params' | 'query' | 'body'>): RouteInput;
}

type Part = 'params' | 'query' | 'body' | 'arguments';

/** Compiles the check of a route's parameters, query and body, once. Unknown members are refused everywhere. */
export function inputCheck(route: Route): InputCheck {
  const params = compiled(route.params);
  const query = compiled(route.query);
  const body = compiled(route.body);
  const typed = typedOf(route.query);
  return (request) => ({
    params: checked('params', params, request.params) as RouteInput['params'],
    query: checked('query', query, withTyped(typed, request.query)),
    body: route.consumes ? {} : checked('body', body, request.body),
  });
}

/** Compiles the check of one document, e.g. a tool's arguments. @throws SlipwayError `invalid_request` as `InputCheck` does. */
export function inputOf(schema: TObject): (value: unknown) => Record<string, unknown> {
  const validate = compiled(schema);
  return (value) => checked('arguments', validate, value);
}

const EMPTY: TObject = { type: 'object', properties: {}, additionalProperties: false } as unknown as TObject;

const compiled = (schema: TObject | undefined): ValidateFunction => ajv.compile(schema ?? EMPTY);

type Read = (text: string) => unknown;
const READS: Readonly<Record<string, Read>> = {
  integer: (text) => (/^\d{1,15}$/.test(text) ? Number(text) : text),
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
};

function typedOf(schema: TObject | undefined): readonly (readonly [string, Read])[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]) => {
    const read = 'type' in property ? READS[String(property.type)] : undefined;
    return read ? [[name, read] as const] : [];
  });
}

/**
 * An address carries text only: what its schema calls an integer is read from plain digits, a boolean from `true` and `false`, and from
 * nothing else.
 */
function withTyped(typed: readonly (readonly [string, Read])[], query: unknown): unknown {
  if (typed.length === 0 || typeof query !== 'object' || query === null) return query;
  const given: Record<string, unknown> = { ...query };
  for (const [name, read] of typed) {
    const text = given[name];
    if (typeof text === 'string') given[name] = read(text);
  }
  return given;
}

function checked(part: Part, validate: ValidateFunction, value: unknown): Record<string, unknown> {
  const given = value === undefined ? {} : part === 'params' || part === 'query' ? { ...(value as object) } : value;
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

/** Of a member that may have several forms, the form that came furthest says what is wrong. */
function nearest(found: readonly ErrorObject[]): readonly ErrorObject[] {
  const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;
  const open = found.some(({ keyword }) => keyword === 'anyOf') ? [...found].sort((a, b) => depth(b) - depth(a)) : found;
  return open.slice(0, 10);
}

function invalidRequest(part: Part, found: readonly ErrorObject[]): SlipwayError {
  const errors = nearest(found).map((error) => ({ path: pathOf(part, error).slice(0, 300), message: messageOf(error).slice(0, 300) }));
  const first = errors[0] ?? { path: part, message: 'is not valid' };
  return new SlipwayError('invalid_request', `${first.path} ${first.message}.`, { errors });
}
