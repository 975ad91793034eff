import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { requirePermissions, requireProject, SlipwayError, type Principal } from '@slipway/contracts';
import type { FastifyRequest } from 'fastify';
import type { Route } from '../routes/route';
import { MCP } from '../mcp/mcp.metadata';
import { PUBLIC, ROUTE } from '../routes/handles';

/**
 * The global guard. Its table is the route table: a handler that is bound to no row is refused, every row needs all of its
 * permissions, and a project that the request names must lie in the caller's scope.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    if (this.reflector.get<boolean | undefined>(PUBLIC, handler)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.reflector.get<boolean | undefined>(MCP, handler)) return request.access !== null;
    const route = this.reflector.get<Route | undefined>(ROUTE, handler);
    if (!route) throw new SlipwayError('forbidden', 'This route is in no access table.');
    if (!request.access) throw new SlipwayError('unauthenticated', 'Send a bearer token in the Authorization header.');
    authorize(request.access.principal, route, request);
    return true;
  }
}

/** @throws SlipwayError `forbidden`; `unknown_resource` for a project outside the caller's scope. */
export function authorize(principal: Principal, route: Route, request: Pick<FastifyRequest, 'body' | 'query' | 'params'>): void {
  requirePermissions(principal, ...route.permissions);
  if (route.platformScope && !principal.projects.includes('*')) {
    throw new SlipwayError('forbidden', 'This needs a principal whose scope is the whole platform; ask its administrator.');
  }
  const project = route.project && memberOf(request[route.project.in], route.project.name);
  if (typeof project === 'string') requireProject(principal, project);
}

const memberOf = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Record<string, unknown>)[name] : undefined;
