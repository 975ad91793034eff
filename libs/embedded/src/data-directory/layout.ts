import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { unprivilegedUser, unreachableParent, type UserIds } from '@slipway/local-servers';

/** Where everything of one embedded platform lives. All paths absolute. */
export interface DataDirectory {
  readonly root: string;
  readonly keys: string;
  readonly logs: string;
  readonly run: string;
  readonly nats: string;
  /** The PostgreSQL cluster; outside `root` when that is closed to the account that PostgreSQL must run as. */
  readonly postgres: string;
  /** For copies of binaries that the same account must reach. */
  readonly postgresHome: string;
  readonly postgresUser: UserIds | undefined;
  readonly credentialsFile: string;
  readonly portsFile: string;
  readonly tokensFile: string;
  readonly natsFile: string;
  readonly statusFile: string;
  readonly stampFile: string;
  readonly demoFile: string;
}

/** Where PostgreSQL's files go when root's data directory is closed to others. */
const REACHABLE_ROOT = '/var/lib/slipway';

/** `directory`: SLIPWAY_DATA_DIR, or `.slipway` in the repository. */
export function dataDirectory(directory: string): DataDirectory {
  const root = resolve(directory);
  const postgresUser = unprivilegedUser();
  const closed = postgresUser !== undefined && unreachableParent(join(root, 'postgres'), postgresUser) !== undefined;
  const key = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const postgresHome = closed ? join(REACHABLE_ROOT, key) : root;
  return {
    root,
    keys: join(root, 'keys'),
    logs: join(root, 'logs'),
    run: join(root, 'run'),
    nats: join(root, 'nats'),
    postgres: join(postgresHome, 'postgres'),
    postgresHome,
    postgresUser,
    credentialsFile: join(root, 'credentials.json'),
    portsFile: join(root, 'ports.json'),
    tokensFile: join(root, 'tokens.json'),
    natsFile: join(root, 'nats.json'),
    statusFile: join(root, 'run', 'status.json'),
    stampFile: join(root, 'run', 'prepared.json'),
    demoFile: join(root, 'demo.json'),
  };
}
