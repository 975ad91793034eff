import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { MessagePattern, type NatsContext } from '@nestjs/microservices';
import { rpcSubject, type RpcResponse, type RpcService, type RpcVerb } from '@slipway/contracts';
import type { Answer } from './answer';
import type { CallerContext } from './caller-context';

export const RPC_METADATA = 'slipway:rpc';
export interface RpcMetadata {
  readonly service: RpcService;
  readonly verb: string;
}

/** Callers by the context of their message: set by the interceptor before the handler's parameters are resolved. */
export const callers = new WeakMap<object, CallerContext>();

/**
 * Marks a controller method as the handler of one verb of `RpcContract`. Its result type is checked against the
 * contract: `@Rpc('release', 'apply-release') apply(...): Promise<Answer<ReleaseView>>`.
 */
export function Rpc<S extends RpcService, V extends RpcVerb<S>>(service: S, verb: V) {
  return <M extends (...args: never[]) => Promise<Answer<RpcResponse<S, V>>>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    MessagePattern(rpcSubject(service, verb))(target, key, descriptor);
    SetMetadata<string, RpcMetadata>(RPC_METADATA, { service, verb })(target, key, descriptor);
  };
}

/** The request: `@RpcBody() body: RpcRequest<'release', 'apply-release'>`. */
export const RpcBody = createParamDecorator((_: unknown, context: ExecutionContext): unknown => context.switchToRpc().getData());

/** Who calls: `@Caller() caller: CallerContext`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerContext | undefined =>
  callers.get(context.switchToRpc().getContext<NatsContext>()),
);
