import { Type, type Static } from 'typebox';
import { Closed, Text } from '../platform/envelope';
import type { RuntimeType } from '../platform/lifecycle';
import { NameSchema } from '../platform/names';

const Port = (description: string) => Type.Integer({ minimum: 1, maximum: 65535, description });
const HOST =
  '^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)$';

/** The Prometheus that has the figures of what runs at a target: canaries with `metrics` are judged by it. */
const prometheus = Type.Optional(
  Closed({
    url: Type.String({ pattern: '^https?://[^/?#@\\s]+(/[^?#@\\s]*)?$', maxLength: 500, description: 'Of its HTTP API, without /api/v1' }),
  }),
);

/** The embedded runtime: processes on the executor's host, a stable port per slot out of an inclusive range. */
export const ProcessConnectionSchema = Closed({
  host: Type.Enum(['127.0.0.1', '0.0.0.0'], { description: 'Address on which slot routers listen' }),
  port_from: Type.Integer({ minimum: 1024, maximum: 65535 }),
  port_to: Type.Integer({ minimum: 1024, maximum: 65535 }),
  prometheus,
});
export type ProcessConnection = Static<typeof ProcessConnectionSchema>;

/** A Docker host over SSH. Its credential is an `ssh_key`, kept apart. */
export const ComposeConnectionSchema = Closed({
  host: Type.String({ pattern: HOST, maxLength: 253, description: 'Name or address of the Docker host' }),
  port: Port('Port of its SSH server'),
  user: Type.String({ pattern: '^[a-z_][a-z0-9_-]{0,31}$', description: 'Login; must be allowed to use Docker' }),
  host_key: Type.Optional(
    Type.String({
      pattern: '^SHA256:[A-Za-z0-9+/]{43}$',
      description: 'Pinned fingerprint of the host key, as `ssh-keygen -lf` prints it. Absent only in a request that trusts on first use',
    }),
  ),
  project_name: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,39}$', description: 'Prefix of the Compose projects on that host' }),
  routed_port: Port('Port of the host on which the proxy gives out the traffic of the first service'),
  routed_port_to: Type.Optional(Port('Last port of the range, one for each service with traffic; absent: `routed_port` alone')),
  proxy_image: Type.Optional(Text(500, { description: 'Image of the proxy, by digest; absent: the one that the product names' })),
  prometheus,
});
export type ComposeConnection = Static<typeof ComposeConnectionSchema>;

const GatewayHostname = Type.String({
  pattern: '^(\\*\\.)?([a-z0-9-]|\\{service\\})+(\\.[a-z0-9-]+)*$',
  maxLength: 253,
  description: 'Host for which the route answers; `{service}` stands for the name of the service. Absent: every host of the Gateway',
});

const shared = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$', maxLength: 253 }), {
      maxItems: 50,
      uniqueItems: true,
      description: `${what} of the namespace that manifests of every service may name; absent: none`,
    }),
  );

/** A namespace of a cluster. Its credential is a `bearer_token` or a `client_certificate`, kept apart. */
export const KubernetesConnectionSchema = Closed({
  server: Type.String({ pattern: '^https://[^/?#@\\s]+(/[^?#@\\s]*)?$', maxLength: 500, description: 'API server, https only' }),
  ca: Type.Optional(
    Type.String({ pattern: '^-----BEGIN CERTIFICATE-----', maxLength: 65_536, description: 'PEM; absent: public authorities' }),
  ),
  tls_server_name: Type.Optional(Type.String({ pattern: HOST, maxLength: 253 })),
  namespace: NameSchema,
  field_manager: Type.Optional(Type.String({ pattern: '^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$', description: 'Default: slipway' })),
  gateway: Type.Optional(
    Closed(
      { name: NameSchema, namespace: Type.Optional(NameSchema), hostname: Type.Optional(GatewayHostname) },
      { description: 'Gateway API: the Gateway to which HTTPRoutes attach; absent: plain Services' },
    ),
  ),
  shared_secrets: shared('Secrets (as for pulling images)'),
  shared_claims: shared('PersistentVolumeClaims'),
  prometheus,
});
export type KubernetesConnection = Static<typeof KubernetesConnectionSchema>;

export const CONNECTION_SCHEMAS = {
  process: ProcessConnectionSchema,
  compose: ComposeConnectionSchema,
  k8s: KubernetesConnectionSchema,
} as const satisfies Record<RuntimeType, unknown>;

/** Where a target is, by its runtime. Never holds a credential. */
export const TargetConnectionSchema = Type.Union([ProcessConnectionSchema, ComposeConnectionSchema, KubernetesConnectionSchema]);
export type TargetConnection = ProcessConnection | ComposeConnection | KubernetesConnection;
export interface ConnectionByRuntime {
  readonly process: ProcessConnection;
  readonly compose: ComposeConnection;
  readonly k8s: KubernetesConnection;
}

/** The runtime whose connection this is, told by its shape. */
export function runtimeOf(connection: TargetConnection): RuntimeType {
  if ('server' in connection) return 'k8s';
  return 'routed_port' in connection ? 'compose' : 'process';
}

/** A connection narrowed to its runtime; undefined when it is of another. */
export const connectionOf = <R extends RuntimeType>(runtime: R, connection: TargetConnection): ConnectionByRuntime[R] | undefined =>
  runtimeOf(connection) === runtime ? (connection as ConnectionByRuntime[R]) : undefined;

/**
 * Whom a credential is shown to. It is authenticated with the ciphertext, so a credential given for one endpoint never opens for
 * another (RELIABILITY.md, security). Empty for a runtime without credentials.
 */
export function endpointOf(connection: TargetConnection): string {
  if ('server' in connection) return `${connection.server}#${connection.tls_server_name ?? ''}#${connection.ca ?? ''}`;
  return 'user' in connection ? `ssh://${connection.user}@${connection.host.toLowerCase()}:${connection.port}` : '';
}

/** Whom the login of a target's Prometheus is shown to; as `endpointOf`. Undefined: it has none. */
export const prometheusEndpointOf = ({ prometheus }: TargetConnection): string | undefined => prometheus?.url;
