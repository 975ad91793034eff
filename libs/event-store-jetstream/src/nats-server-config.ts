import { NATS_USERS, natsPermissions, type NatsUser } from './nats-users';

export interface NatsServerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly port: number;
  readonly storeDirectory: string;
  /** One password per user; the file that this text goes into is a secret. */
  readonly passwords: Readonly<Record<NatsUser, string>>;
  /** Default 1 MiB, NATS's own. */
  readonly maxPayloadBytes?: number;
  /**
   * `always`: an acknowledged event is on the disk (the default of nats-server loses acknowledged writes on power loss;
   * Jepsen, NATS 2.12.1). Tests that measure no durability take the faster `2m`.
   */
  readonly syncInterval?: 'always' | '2m';
  /** Unique in a cluster; default `slipway`. */
  readonly serverName?: string;
  /** `host:port` of its HTTP monitoring (`/healthz`, `/varz`, `/jsz`); none unless given. */
  readonly monitor?: string;
  /** Absent: a server of its own. */
  readonly cluster?: NatsClusterOptions;
}

/** The other members of a cluster; JetStream needs three for replicas of three. */
export interface NatsClusterOptions {
  /** `host:port` for the other members. */
  readonly listen: string;
  /** `host:port` of every member; its own does no harm. */
  readonly routes: readonly string[];
  /** The same at every member; nobody else may join. */
  readonly password: string;
}

/**
 * Left to itself, nats-server takes three quarters of what is free when it starts as its limit, whatever it stores already: a
 * log that has grown would be refused every write after a restart. The disk is the limit.
 */
const MAX_FILE_STORE_BYTES = 2 ** 50;

/** Configuration text of one nats-server: every user with its permissions, JetStream on files. */
export function natsServerConfig(options: NatsServerOptions): string {
  const { host = '127.0.0.1', port, storeDirectory, passwords, maxPayloadBytes = 1_048_576, syncInterval = 'always' } = options;
  const users = NATS_USERS.map((user) => userBlock(user, passwords[user])).join('\n');
  const { serverName = 'slipway', monitor, cluster } = options;
  return `server_name: ${quoted(serverName)}
listen: ${quoted(`${host}:${port}`)}
${monitor === undefined ? '' : `http: ${quoted(monitor)}\n`}${cluster === undefined ? '' : clusterBlock(cluster)}max_payload: ${maxPayloadBytes}
jetstream {
  store_dir: ${quoted(storeDirectory)}
  sync_interval: ${syncInterval}
  max_file_store: ${MAX_FILE_STORE_BYTES}
}
authorization {
  users = [
${users}
  ]
}
`;
}

/** The password stands in the routes' URLs as well. */
function clusterBlock({ listen, routes, password }: NatsClusterOptions): string {
  const urls = routes.map((route) => quoted(`nats-route://slipway:${encodeURIComponent(password)}@${route}`));
  return `cluster {
  name: slipway
  listen: ${quoted(listen)}
  authorization { user: slipway, password: ${quoted(password)}, timeout: 5 }
  routes: [${urls.join(', ')}]
}
`;
}

function userBlock(user: NatsUser, password: string): string {
  const { publish, subscribe, allowResponses } = natsPermissions(user);
  const responses = allowResponses ? '\n        allow_responses: { max: 10, expires: "2m" }' : '';
  return `    {
      user: ${quoted(user)}, password: ${quoted(password)}
      permissions: {
        publish: ${publish.length > 0 ? allow(publish) : '{ deny: [">"] }'}
        subscribe: ${allow(subscribe)}${responses}
      }
    }`;
}

const allow = (subjects: readonly string[]): string => `{ allow: [${subjects.map(quoted).join(', ')}] }`;

/** A JSON string is also a string of NATS's configuration language. */
const quoted = (text: string): string => JSON.stringify(text);
