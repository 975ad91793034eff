import type { Schemas } from '@slipway/api-client';
import { UsageError } from '../exit-codes';
import { once } from '../command';
import type { Context } from '../context';
import type { Output } from '../output/output';
import { relative } from '../output/values';

export type Gate = Schemas['GateView'];

/** Which gate a command is about: an environment of the project, the project, or the whole platform. */
export interface GateOptions {
  readonly environment?: string;
  readonly platform?: boolean;
}

type Verb = 'show' | 'set' | 'stop' | 'resume';
type BodyOf<V extends Verb> = V extends 'set'
  ? Schemas['SetWindow']
  : V extends 'stop'
    ? Schemas['StopLine']
    : V extends 'resume'
      ? Schemas['ResumeLine']
      : undefined;

const PATHS = { show: 'freeze', set: 'freeze/windows', stop: 'stop-line', resume: 'resume-line' } as const;

/** One act on the gate that the options name. @throws ApiError */
export async function onGate<V extends Verb>(context: Context, options: GateOptions, verb: V, body: BodyOf<V>): Promise<Gate> {
  const { place, params } = await placeOf(context, options);
  return send(context, verb, place, params, body);
}

export async function removeWindow(context: Context, options: GateOptions, name: string, reason: string | undefined): Promise<Gate> {
  const { place, params } = await placeOf(context, options);
  const { client } = context;
  const request = { params: { path: { ...params.path, name }, query: { ...params.query, reason }, header: once() } };
  const path = `/api/v1/${place}/freeze/windows/{name}` as '/api/v1/environments/{id}/freeze/windows/{name}';
  return (await client.DELETE(path, request)).data!;
}

async function placeOf({ project }: Context, { environment, platform }: GateOptions) {
  if (environment !== undefined && platform) throw new UsageError('Name an environment or --platform, not both.');
  if (platform) return { place: 'platform', params: { path: { id: '' }, query: {} } } as const;
  const name = await project();
  if (environment === undefined) return { place: 'projects/{id}', params: { path: { id: name }, query: {} } } as const;
  return { place: 'environments/{id}', params: { path: { id: environment }, query: { project: name } } } as const;
}

type Place = Awaited<ReturnType<typeof placeOf>>;

/** The three gates have the same acts under different paths; the environment's stand for the types of all. */
async function send(context: Context, verb: Verb, place: Place['place'], params: Place['params'], body: unknown): Promise<Gate> {
  const { client } = context;
  const path = `/api/v1/${place}/${PATHS[verb]}`;
  const request = { params: { ...params, header: once() } };
  if (verb === 'show') return (await client.GET(path as '/api/v1/environments/{id}/freeze', { params })).data!;
  if (verb === 'set') {
    return (await client.PUT(path as '/api/v1/environments/{id}/freeze/windows', { ...request, body: body as Schemas['SetWindow'] })).data!;
  }
  return (await client.POST(path as '/api/v1/environments/{id}/stop-line', { ...request, body: body as Schemas['StopLine'] })).data!;
}

export function describeGate(output: Output, gate: Gate): void {
  if (output.json) return output.document(gate);
  if (gate.closed) {
    output.line(output.paint('red', `Closed: ${gate.reason}`));
    output.line(`  by        the ${gate.closed_by}${gate.window ? `'s window '${gate.window}'` : ', stopped'}; ask ${gate.owner}`);
    output.line(`  opens     ${gate.next_open ? `${gate.next_open} (${relative(gate.next_open)})` : 'no known end'}`);
  } else output.line(output.paint('green', 'Open'));
  if (gate.next_close) output.line(`  closes    ${gate.next_close} (${relative(gate.next_close)})`);
  const rows = [gate, ...gate.inherited].flatMap(({ scope, windows }) =>
    windows.map((one) => [
      one.name,
      scope,
      one.kind,
      one.rrule ?? `once, ${one.start}`,
      one.timezone,
      `${one.duration_s}s`,
      one.acts.join(', '),
      one.reason,
    ]),
  );
  if (rows.length > 0) output.table(['WINDOW', 'OF', 'KIND', 'WHEN', 'ZONE', 'LASTS', 'KEEPS OUT', 'REASON'], rows);
}
