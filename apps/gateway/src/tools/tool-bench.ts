import { Injectable } from '@nestjs/common';
import {
  environmentId,
  grantsOf,
  requirePermissions,
  resolveRef,
  SlipwayError,
  unionOfPermissions,
  type Page,
  type Principal,
  type ProjectView,
  type Source,
} from '@slipway/contracts';
import type { FastifyRequest } from 'fastify';
import { AccessDirectory } from '@slipway/service-kit';
import { authorize } from '../auth/authorize';
import { GatewayCalls } from '../http/gateway-calls';
import { routeNamed } from '../routes/route-table';
import { LiveTail } from '../streams/live-tail';
import { LogReader } from '../streams/log-reader';
import { permissionsOf, type Tool } from './tool';

/** Who uses a tool, and how. */
export interface ToolUser {
  /** Narrowed already: what the session leaves of the token's rights. */
  readonly principal: Principal;
  readonly source: Extract<Source, 'mcp' | 'ai'>;
  readonly correlationId: string;
  readonly conversationId: string;
  /** Aborts when the user is gone, its token has ended, or the gateway drains. */
  readonly signal: AbortSignal;
  readonly progress?: (message: string) => void;
}

export interface CallOptions {
  /** The same key is the same command. */
  readonly idempotencyKey?: string;
  /** A query answers once its read model is here. */
  readonly minPosition?: number;
}
export type RouteParts = Partial<Pick<FastifyRequest, 'params' | 'query' | 'body'>>;

/** Runs tools: each call goes through the row of the route table that REST goes through, with the same guard and the same validation. */
@Injectable()
export class ToolBenches {
  constructor(
    readonly calls: GatewayCalls,
    readonly tail: LiveTail,
    readonly logs: LogReader,
    readonly directory: AccessDirectory,
  ) {}

  /** @throws SlipwayError `forbidden`, naming the permission, where a tool's routes need more than the user has. */
  async run(tool: Tool, args: unknown, user: ToolUser): Promise<Record<string, unknown>> {
    requirePermissions({ ...user.principal, permissions: unionOfPermissions(grantsOf(user.principal)) }, ...permissionsOf(tool));
    return tool.run(args, this.bench(tool, user));
  }

  /** The routes that a rule names, as a user. */
  bench(rule: Pick<Tool, 'name' | 'routes'>, user: ToolUser): ToolBench {
    return new ToolBench(rule, user, this);
  }
}

/** What a running tool, or the command centre, works with: its own routes, as its user. */
export class ToolBench {
  constructor(
    private readonly rule: Pick<Tool, 'name' | 'routes'>,
    readonly user: ToolUser,
    private readonly parts: ToolBenches,
  ) {}

  /**
   * Calls a route as REST does. The row's schemas stand for the type of the answer.
   * @throws SlipwayError as the route does; Error for a route that is not in the tool's rule.
   */
  async call<T>(routeName: string, request: RouteParts = {}, options: CallOptions = {}): Promise<T> {
    const route = this.route(routeName);
    const parts = { params: request.params ?? {}, query: plain(request.query ?? {}), body: plain(request.body ?? {}) };
    const principal = authorize(this.user.principal, route, parts, this.parts.directory.state);
    return (await this.parts.calls.perform(route, parts, { ...this.user, principal, ...options })) as T;
  }

  /** Passes the guard of a route that streams, for what follows. */
  authorized(routeName: string, parts: { params: object; query: object }): { calls: GatewayCalls; tail: LiveTail; logs: LogReader } {
    authorize(this.user.principal, this.route(routeName), { ...parts, body: {} }, this.parts.directory.state);
    return this.parts;
  }

  /** Read-your-writes position of the user, for queries that do not go through `call`. */
  get position(): number | undefined {
    return this.parts.calls.positionOf(this.user.principal.actorId) ?? undefined;
  }

  /** @throws SlipwayError `invalid_reference` where the user could mean several. */
  async project(given: string | undefined): Promise<string> {
    if (given !== undefined) return given;
    const [only, ...others] = this.user.principal.projects;
    if (only !== undefined && only !== '*' && others.length === 0) return only;
    const { items } = await this.call<Page<ProjectView>>('listProjects', { query: { limit: 20 } });
    if (items.length === 1) return items[0]!.project_id;
    const names = items.map(({ name }) => name).join(', ');
    throw new SlipwayError('invalid_reference', items.length === 0 ? 'There is no project yet.' : `Say which project: ${names}.`);
  }

  private route(name: string) {
    if (!this.rule.routes.includes(name)) throw new Error(`'${this.rule.name}' calls '${name}', which its rule does not name`);
    return routeNamed(name);
  }
}

/** Without members that are undefined: a route's schema knows a member as absent or of its type. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

/** Id of an environment given by id or by name. */
export const environmentOf = (project: string, ref: string | undefined): string | undefined =>
  ref === undefined ? undefined : resolveRef(ref, (name) => environmentId(project, name));
