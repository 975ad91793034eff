import type { NetworkPolicy, TargetAccess } from '@slipway/runtime-target';
import { KubeClient } from './kube-client';
import { openConnection } from './kube-connection';

const MAX_CLIENTS = 100;

/** One client per access key: a rotated credential or a changed connection has another key, and a client of its own. */
export class ClientPool {
  private readonly clients = new Map<string, Promise<KubeClient>>();

  constructor(private readonly network: NetworkPolicy) {}

  async of(access: TargetAccess): Promise<KubeClient> {
    const known = this.clients.get(access.key);
    if (known) return known;
    const opening = openConnection(access, this.network).then((connection) => new KubeClient(connection));
    this.clients.set(access.key, opening);
    this.dropOldest();
    try {
      return await opening;
    } catch (error) {
      this.clients.delete(access.key);
      throw error;
    }
  }

  close(): void {
    for (const client of this.clients.values())
      void client.then(
        (open) => open.close(),
        () => undefined,
      );
    this.clients.clear();
  }

  private dropOldest(): void {
    const [oldest] = this.clients.keys();
    if (this.clients.size <= MAX_CLIENTS || oldest === undefined) return;
    void this.clients.get(oldest)?.then(
      (client) => client.close(),
      () => undefined,
    );
    this.clients.delete(oldest);
  }
}
