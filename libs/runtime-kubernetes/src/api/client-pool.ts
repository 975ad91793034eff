import type { NetworkPolicy, TargetAccess } from '@slipway/runtime-target';
import { KubeClient } from './kube-client';
import { openConnection } from './kube-connection';

const IDLE_MS = 60_000;
const LOOK_EVERY_MS = 15_000;

/**
 * One client per access key, opened when first asked for, closed after a minute without a request: a rotated credential or a changed
 * connection has another key, and a client of its own. What somebody still holds of a closed one connects anew when it is used.
 */
export class ClientPool {
  private readonly clients = new Map<string, Promise<KubeClient>>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly network: NetworkPolicy,
    private readonly idleMs = IDLE_MS,
  ) {
    this.timer = setInterval(() => void this.closeIdle(), Math.min(LOOK_EVERY_MS, idleMs)).unref();
  }

  async of(access: TargetAccess): Promise<KubeClient> {
    const known = this.clients.get(access.key);
    if (known) return known;
    const opening = openConnection(access, this.network).then((connection) => new KubeClient(connection));
    this.clients.set(access.key, opening);
    try {
      return await opening;
    } catch (error) {
      this.clients.delete(access.key);
      throw error;
    }
  }

  close(): void {
    clearInterval(this.timer);
    for (const client of this.clients.values())
      void client.then(
        (open) => open.close(),
        () => undefined,
      );
    this.clients.clear();
  }

  private async closeIdle(): Promise<void> {
    for (const [key, opening] of this.clients) {
      const client = await opening.catch(() => undefined);
      if (!client || client.idleMs < this.idleMs || this.clients.get(key) !== opening) continue;
      this.clients.delete(key);
      client.close();
    }
  }
}
