import { Controller, Inject, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from './handles';
import type { Route } from './route';

/** One controller per tag, one method per row that a verb answers: validation, call, answer (`GatewayCalls.forward`). */
export function rpcControllers(routes: readonly Route[]): Type[] {
  const tags = new Set(routes.filter((route) => route.rpc).map((route) => route.tag));
  return [...tags].map((tag) => controllerOf(routes.filter((route) => route.rpc && route.tag === tag)));
}

function controllerOf(routes: readonly Route[]): Type {
  class RpcController {
    constructor(readonly calls: GatewayCalls) {}
  }
  Controller()(RpcController);
  Inject(GatewayCalls)(RpcController, undefined, 0);
  for (const route of routes) {
    const handler = function (this: RpcController, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
      return this.calls.forward(route, request, reply);
    };
    const descriptor = { value: handler, writable: true, configurable: true };
    Object.defineProperty(RpcController.prototype, route.name, descriptor);
    Req()(RpcController.prototype, route.name, 0);
    Res({ passthrough: true })(RpcController.prototype, route.name, 1);
    Handles(route.name)(RpcController.prototype, route.name, descriptor);
  }
  return RpcController;
}
