import 'reflect-metadata';
import type { RpcResponse, RpcService, RpcVerb } from '@slipway/contracts';
import type { Answer } from './answer';
import type { CallerContext } from './caller-context';

const VERB = 'slipway:rpc';
const PARAMETERS = 'slipway:rpc-parameters';
type Parameter = 'body' | 'caller';

export interface RpcMetadata {
  readonly service: RpcService;
  readonly verb: string;
}
/** One verb and the controller method that serves it. */
export interface RpcHandler extends RpcMetadata {
  handle(body: unknown, caller: CallerContext): Promise<unknown>;
}

/**
 * Marks a controller method as the handler of one verb of `RpcContract`. Its result type is checked against the
 * contract: `@Rpc('release', 'apply-release') apply(...): Promise<Answer<ReleaseView>>`.
 */
export function Rpc<S extends RpcService, V extends RpcVerb<S>>(service: S, verb: V) {
  return <M extends (...args: never[]) => Promise<Answer<RpcResponse<S, V>>>>(
    _target: object,
    _key: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    Reflect.defineMetadata(VERB, { service, verb } satisfies RpcMetadata, descriptor.value!);
  };
}

const parameter =
  (what: Parameter) =>
  (): ParameterDecorator =>
  (target, key, index): void => {
    const parameters = [...parametersOf(target, key!)];
    parameters[index] = what;
    Reflect.defineMetadata(PARAMETERS, parameters, target, key!);
  };

/** The request: `@RpcBody() body: RpcRequest<'release', 'apply-release'>`. */
export const RpcBody = parameter('body');

/** Who calls: `@Caller() caller: CallerContext`. */
export const Caller = parameter('caller');

type Method = (...given: unknown[]) => Promise<unknown>;

/** What a controller serves, bound to it. */
export function rpcHandlersOf(controller: object): RpcHandler[] {
  const prototype = Object.getPrototypeOf(controller) as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((key): RpcHandler[] => {
    const method = Object.getOwnPropertyDescriptor(prototype, key)?.value as Method | undefined;
    const metadata = typeof method === 'function' ? (Reflect.getMetadata(VERB, method) as RpcMetadata | undefined) : undefined;
    if (!metadata || !method) return [];
    const parameters = parametersOf(prototype, key);
    const given = (body: unknown, caller: CallerContext) => (what: Parameter | undefined) => (what === 'caller' ? caller : body);
    return [{ ...metadata, handle: (body, caller) => method.apply(controller, parameters.map(given(body, caller))) }];
  });
}

const parametersOf = (target: object, key: string | symbol): readonly Parameter[] =>
  (Reflect.getMetadata(PARAMETERS, target, key) as Parameter[] | undefined) ?? [];
