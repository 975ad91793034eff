import { stopProcess } from '@slipway/local-servers';
import { leftovers, type PlatformStatus, type ProcessStatus } from './status';

const SERVERS = ['nats-server', 'postgres'];
const GRACE_MS = 20_000;

/** PostgreSQL ends at once, in order, on SIGINT; the others on SIGTERM. */
const stop = async (entry: ProcessStatus): Promise<void> => {
  if (entry.identity) await stopProcess(entry.identity, entry.name === 'postgres' ? 'SIGINT' : 'SIGTERM', GRACE_MS);
};

/**
 * Ends what an earlier supervisor left behind when it was killed: services first, then the servers that they use. Recognised by
 * pid and start time, never by name. Returns the names.
 */
export async function clearLeftovers(status: PlatformStatus | undefined): Promise<string[]> {
  const left = leftovers(status);
  await Promise.all(left.filter((entry) => !SERVERS.includes(entry.name)).map(stop));
  await Promise.all(left.filter((entry) => SERVERS.includes(entry.name)).map(stop));
  return left.map((entry) => entry.name);
}
