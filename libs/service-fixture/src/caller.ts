import { randomBytes } from 'node:crypto';
import {
  deriveId,
  EMBEDDED_ROLES,
  type EmbeddedRole,
  type Principal,
  type RpcRequest,
  type RpcResponse,
  type RpcService,
  type RpcVerb,
} from '@slipway/contracts';
import type { InternalTokenSigner, RpcClient, RpcCaller } from '@slipway/service-kit';

/** Somebody who calls verbs of a service as the gateway does for him; his queries wait for what his commands did. */
export interface Caller<S extends RpcService> {
  /** Position of the latest command, which `call` adds to queries. */
  readonly position: number;
  call<V extends RpcVerb<S>>(verb: V, body: RpcRequest<S, V>, options?: Partial<RpcCaller>): Promise<RpcResponse<S, V>>;
}

/** Whom a token of the embedded platform names, everywhere unless `scope` says otherwise. */
export const principalOf = (role: EmbeddedRole, scope: Partial<Principal> = {}): Principal => ({
  actorId: role,
  actorType: role === 'agent' ? 'agent' : 'human',
  permissions: [...EMBEDDED_ROLES[role]],
  projects: ['*'],
  environments: ['*'],
  ...scope,
});

export function callerOf<S extends RpcService>(
  service: S,
  client: RpcClient,
  signer: InternalTokenSigner,
  principal: Principal,
): Caller<S> {
  let latest = 0;
  return {
    get position() {
      return latest;
    },
    async call(verb, body, options = {}) {
      const commandId = deriveId('command', randomBytes(8).toString('hex'));
      const token = await signer.sign(principal);
      const caller = { token, commandId, source: 'api', correlationId: commandId, minPosition: latest, ...options } as const;
      const { value, position } = await client.call(service, verb, body, caller);
      latest = Math.max(latest, position ?? 0);
      return value;
    },
  };
}
