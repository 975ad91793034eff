import { SshConnection, type SshEndpoint, type SshKey, type SshNetwork } from './ssh-connection';

/** Whom to connect to; `key` changes with the endpoint and with the credential. */
export interface SshAccess {
  readonly key: string;
  readonly endpoint: SshEndpoint;
  credential(): Promise<SshKey>;
}

const IDLE_MS = 60_000;
const LOOK_EVERY_MS = 15_000;

/**
 * One connection per access key and purpose, opened when first asked for, opened anew when it broke, closed after a minute of rest:
 * so the one of an earlier credential goes, too.
 */
export class SshPool {
  private readonly connections = new Map<string, Promise<SshConnection>>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly network: SshNetwork) {
    this.timer = setInterval(() => void this.closeIdle(), LOOK_EVERY_MS).unref();
  }

  /**
   * `purpose` keeps streams that stay open for long apart from short calls.
   * @throws SlipwayError as `SshConnection.connect`
   */
  async connection(access: SshAccess, purpose = 'calls'): Promise<SshConnection> {
    const name = `${purpose} ${access.key}`;
    const known = this.connections.get(name);
    if (known) {
      const connection = await known.catch(() => undefined);
      if (connection?.alive) return connection;
      if (this.connections.get(name) !== known) return this.connection(access, purpose);
    }
    const opening = this.connect(access);
    this.connections.set(name, opening);
    try {
      return await opening;
    } catch (error) {
      if (this.connections.get(name) === opening) this.connections.delete(name);
      throw error;
    }
  }

  /** A connection that can open one more channel at once: for streams that stay open as long as somebody listens. */
  async roomyConnection(access: SshAccess, purpose: string): Promise<SshConnection> {
    for (let number = 1; ; number++) {
      const connection = await this.connection(access, `${purpose}-${number}`);
      if (connection.roomy) return connection;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    const connections = [...this.connections.values()];
    this.connections.clear();
    for (const opening of connections) (await opening.catch(() => undefined))?.close();
  }

  private async connect(access: SshAccess): Promise<SshConnection> {
    return SshConnection.connect(access.endpoint, await access.credential(), this.network);
  }

  private async closeIdle(): Promise<void> {
    for (const [name, opening] of this.connections) {
      const connection = await opening.catch(() => undefined);
      if (connection?.alive && connection.idleMs < IDLE_MS) continue;
      connection?.close();
      if (this.connections.get(name) === opening) this.connections.delete(name);
    }
  }
}
