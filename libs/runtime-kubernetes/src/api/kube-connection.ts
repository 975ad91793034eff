import type { LookupFunction } from 'node:net';
import { isIPv6 } from 'node:net';
import { Agent, type AgentOptions } from 'node:https';
import { connectionOf, SlipwayError, type KubernetesConnection, type TargetCredential } from '@slipway/contracts';
import type { NetworkPolicy, TargetAccess } from '@slipway/runtime-target';

const MAX_CALLS = 32;

/** Where and as whom requests go: agents that keep their connections, and the header that names us. */
export interface KubeConnection {
  readonly server: URL;
  readonly namespace: string;
  readonly fieldManager: string;
  /** Traffic is weighed by a Gateway. */
  readonly gateway: KubernetesConnection['gateway'] | undefined;
  /** For calls, which end by themselves: a bounded number at a time. */
  readonly agent: Agent;
  /** For watches and logs, which stay open as long as somebody listens: never in the way of a call. */
  readonly streams: Agent;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws TypeError for a target of another runtime: a fault of the caller. */
export function kubernetesConnection(access: TargetAccess): KubernetesConnection {
  const connection = connectionOf('k8s', access.connection);
  if (!connection) throw new TypeError('not a connection of the Kubernetes runtime');
  return connection;
}

/**
 * Connects to the address that the policy resolved, with TLS for the name that was given.
 * @throws SlipwayError `credential_refused` when there is no credential, or one of another kind.
 */
export async function openConnection(access: TargetAccess, network: NetworkPolicy): Promise<KubeConnection> {
  const connection = kubernetesConnection(access);
  const server = new URL(connection.server);
  const credential = await access.credential();
  const options: AgentOptions = {
    keepAlive: true,
    lookup: lookupThrough(network),
    ...(connection.ca !== undefined && { ca: connection.ca }),
    ...(connection.tls_server_name !== undefined && { servername: connection.tls_server_name }),
    ...certificateOf(credential),
  };
  await network.resolve(server.hostname.replace(/^\[|\]$/g, ''));
  return {
    server,
    namespace: connection.namespace,
    fieldManager: connection.field_manager ?? 'slipway',
    gateway: connection.gateway,
    agent: new Agent({ ...options, maxSockets: MAX_CALLS }),
    streams: new Agent(options),
    headers: { accept: 'application/json', 'user-agent': 'slipway', ...authorizationOf(credential) },
  };
}

function lookupThrough(network: NetworkPolicy): LookupFunction {
  return (host, options, callback) => {
    network.resolve(host).then(
      (address) => {
        const family = isIPv6(address) ? 6 : 4;
        if (options.all) callback(null, [{ address, family }]);
        else callback(null, address, family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
}

function certificateOf(credential: TargetCredential | null): Pick<AgentOptions, 'cert' | 'key'> {
  if (credential?.kind !== 'client_certificate') return {};
  return { cert: credential.certificate, key: credential.private_key };
}

function authorizationOf(credential: TargetCredential | null): Record<string, string> {
  if (credential?.kind === 'client_certificate') return {};
  if (credential?.kind === 'bearer_token') return { authorization: `Bearer ${credential.token}` };
  throw new SlipwayError(
    'credential_refused',
    'A Kubernetes target needs a bearer token or a client certificate; store one with the target.',
    { kind: credential?.kind ?? null },
  );
}
