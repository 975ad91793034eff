import {
  Closed,
  GateViewSchema,
  NameSchema,
  RefSchema,
  ResumeLineSchema,
  SetWindowSchema,
  StopLineSchema,
  Text,
  type GateScope,
  type Permission,
  type RpcVerb,
} from '@slipway/contracts';
import { Type, type TObject } from 'typebox';
import type { Route, RouteInput } from './route';
import { ById, InProject } from './shapes';

interface Place {
  readonly scope: GateScope;
  /** Before `/freeze` and `/stop-line`. */
  readonly path: string;
  readonly named: string;
  readonly rest: Partial<Route>;
}
const PLACES: readonly Place[] = [
  { scope: 'platform', path: '/platform', named: 'Platform', rest: { platformScope: true } },
  { scope: 'project', path: '/projects/:id', named: 'Project', rest: { params: ById, project: { in: 'params', name: 'id' } } },
  {
    scope: 'environment',
    path: '/environments/:id',
    named: 'Environment',
    rest: { params: ById, query: InProject, project: { in: 'query', name: 'project' } },
  },
];
interface Act {
  readonly name: string;
  readonly method: Route['method'];
  readonly suffix: string;
  readonly summary: string;
  readonly permissions: readonly Permission[];
  readonly verb: RpcVerb<'provisioning'>;
  readonly body?: TObject;
}
const FREEZE: readonly Permission[] = ['deploy:release:apply', 'deploy:release:approve'];
const ACTS: readonly Act[] = [
  {
    name: 'get%Freeze',
    method: 'GET',
    suffix: '/freeze',
    summary: 'whether it is closed, why, when it opens and closes next; its windows, its stop, and what it inherits',
    permissions: ['deploy:release:read'],
    verb: 'get-gate',
  },
  {
    name: 'set%FreezeWindow',
    method: 'PUT',
    suffix: '/freeze/windows',
    summary: 'set a freeze window, once or recurring (RFC 5545)',
    permissions: FREEZE,
    verb: 'set-freeze-window',
    body: SetWindowSchema,
  },
  {
    name: 'remove%FreezeWindow',
    method: 'DELETE',
    suffix: '/freeze/windows/:name',
    summary: 'remove a freeze window',
    permissions: FREEZE,
    verb: 'remove-freeze-window',
  },
  {
    name: 'stop%Line',
    method: 'POST',
    suffix: '/stop-line',
    summary: 'stop the line: nothing begins until it is resumed',
    permissions: ['deploy:release:rollback'],
    verb: 'stop-line',
    body: StopLineSchema,
  },
  {
    name: 'resume%Line',
    method: 'POST',
    suffix: '/resume-line',
    summary: 'resume the line; what waited goes on',
    permissions: ['deploy:release:approve'],
    verb: 'resume-line',
    body: ResumeLineSchema,
  },
];

const NAMED_WINDOW = { name: NameSchema };
const REASON = { reason: Type.Optional(Text(1000)) };

/** The gate of the platform, of a project and of an environment: the same acts on each. */
export const gateRoutes: readonly Route[] = PLACES.flatMap((place) => ACTS.map((act) => routeOf(place, act)));

function routeOf({ scope, path, named, rest }: Place, act: Act): Route {
  const removes = act.method === 'DELETE';
  const params = removes ? Closed({ ...(rest.params ? { id: RefSchema } : {}), ...NAMED_WINDOW }) : rest.params;
  const query = removes ? Closed({ ...(rest.query ? InProject.properties : {}), ...REASON }) : rest.query;
  const { platformScope, project } = rest;
  // Everybody may look at what stops everybody.
  const wide = platformScope && act.method !== 'GET';
  return {
    name: act.name.replace('%', named),
    tag: 'freeze',
    method: act.method,
    path: path + act.suffix,
    summary: `${named}: ${act.summary}`,
    permissions: act.permissions,
    ...(wide ? { platformScope } : {}),
    ...(project ? { project } : {}),
    ...(params ? { params } : {}),
    ...(query ? { query } : {}),
    ...(act.body ? { body: act.body } : {}),
    response: GateViewSchema,
    status: 200,
    rpc: { service: 'provisioning', verb: act.verb },
    input: (request: RouteInput) => ({ ...request.query, ...request.body, ...request.params, scope }),
  };
}
