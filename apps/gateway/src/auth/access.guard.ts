import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { SlipwayError } from '@slipway/contracts';
import type { FastifyRequest } from 'fastify';
import { AccessDirectory } from '@slipway/service-kit';
import type { Route } from '../routes/route';
import { MCP } from '../mcp/mcp.metadata';
import { PUBLIC, ROUTE } from '../routes/handles';
import { authorize } from './authorize';

/**
 * The global guard. Its table is the route table: a handler that is bound to no row is refused, every row needs all of its
 * permissions, and a project that the request names must lie in the caller's scope. What the request may use from then on is
 * narrowed to where its route's permissions are held.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly directory: AccessDirectory,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    if (this.reflector.get<boolean | undefined>(PUBLIC, handler)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.reflector.get<boolean | undefined>(MCP, handler)) return request.access !== null;
    const route = this.reflector.get<Route | undefined>(ROUTE, handler);
    if (!route) throw new SlipwayError('forbidden', 'This route is in no access table.');
    if (!request.access) throw new SlipwayError('unauthenticated', 'Send a bearer token in the Authorization header.');
    const principal = authorize(request.access.principal, route, request, this.directory.state);
    request.access = { ...request.access, principal };
    return true;
  }
}
