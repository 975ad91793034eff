import { Injectable } from '@nestjs/common';
import type { AccessChanged } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessDirectory } from '@slipway/service-kit';
import { GatewayCalls } from '../../http/gateway-calls';
import type { Route, RouteInput } from '../../routes/route';
import { routeNamed } from '../../routes/route-table';

/** A request to a route of identity and permission, validated. */
export interface AccessRequest {
  readonly route: Route;
  readonly input: RouteInput;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Carries changes to provisioning and waits until the directory shows them; queries wait for the caller's own changes. */
@Injectable()
export class AccessCommands {
  constructor(
    private readonly calls: GatewayCalls,
    private readonly directory: AccessDirectory,
  ) {}

  /** @throws SlipwayError `invalid_request`, `dependency_unavailable` */
  async open(name: string, request: FastifyRequest, reply: FastifyReply): Promise<AccessRequest> {
    const route = routeNamed(name);
    const input = this.calls.input(route, request);
    await this.directory.reach(this.calls.positionOf(request.access!.principal.actorId));
    return { route, input, request, reply };
  }

  /** @param body of the verb; what the caller asked for, not this, decides whether a repeated key is the same request. */
  async run(verb: string, body: object, { route, input, request, reply }: AccessRequest): Promise<AccessChanged> {
    const caller = await this.calls.callerOf(route, request, { ...input.query, ...input.body, ...input.params });
    const { value, position } = await this.calls.call('provisioning', verb, body, caller, request, reply);
    await this.directory.reach(position);
    return value as AccessChanged;
  }
}
