import { Duplex } from 'node:stream';
import { Client, type ClientChannel, type ConnectConfig } from 'ssh2';
import { SlipwayError } from '@slipway/contracts';
import { connectionFailure, MismatchedHostKey } from './failures';
import { fingerprintOf, HOST_KEY_FAMILIES } from './host-key';
import type { RemoteCommand } from './remote-command';
import { Semaphore } from './semaphore';

export interface SshEndpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Pinned fingerprint, `SHA256:...`: any other key is refused before anything is said. */
  readonly hostKey: string;
}
export interface SshKey {
  readonly privateKey: string;
  readonly passphrase?: string;
}
/** Gives the one address to connect to. */
export interface SshNetwork {
  resolve(host: string): Promise<string>;
}
export interface ExecResult {
  /** Null: a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}
export interface ExecOptions {
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  /** Called with text as it comes; whole lines are not promised. */
  onOutput?(text: string): void;
}

/** sshd allows ten sessions per connection unless told otherwise. */
const MAX_CHANNELS = 8;
const READY_TIMEOUT_MS = 15_000;
const KEEPALIVE = { keepaliveInterval: 10_000, keepaliveCountMax: 3 };
const MAX_OUTPUT = 32 * 1024 * 1024;

/** One SSH connection to a host whose key is pinned, shared by a bounded number of parallel channels. */
export class SshConnection {
  private readonly channels = new Semaphore(MAX_CHANNELS);
  private readonly opened = new Set<ClientChannel>();
  private readonly waiting = new Set<(error: SlipwayError) => void>();
  private ended = false;
  private usedAt = performance.now();

  private constructor(private readonly client: Client) {
    client.on('end', () => this.end()).on('close', () => this.end());
    client.on('error', () => {
      this.end();
      client.destroy();
    });
  }

  /** @throws SlipwayError `dependency_unavailable`, `credential_refused`, `host_key_mismatch`, `address_refused` */
  static async connect(endpoint: SshEndpoint, key: SshKey, network: SshNetwork): Promise<SshConnection> {
    const address = await network.resolve(endpoint.host);
    let failure: unknown;
    for (const family of HOST_KEY_FAMILIES) {
      try {
        return new SshConnection(await open(endpoint, key, address, family));
      } catch (error) {
        if (!(error instanceof MismatchedHostKey) && !(failure && isNoSharedKey(error))) throw connectionFailure(error, endpoint);
        failure ??= error;
      }
    }
    throw connectionFailure(failure, endpoint);
  }

  get alive(): boolean {
    return !this.ended;
  }

  /** How long nothing has been asked of it, in milliseconds; 0 while a channel is open. */
  get idleMs(): number {
    return this.channels.busy > 0 ? 0 : performance.now() - this.usedAt;
  }

  /** Whether a channel can be opened without waiting for another to close. */
  get roomy(): boolean {
    return this.channels.busy < MAX_CHANNELS;
  }

  /**
   * Runs a fixed command to its end. An abort closes the channel; what the command started on the far side goes on.
   * @throws SlipwayError `dependency_unavailable` when the connection ends before the command
   */
  async exec(command: RemoteCommand, options: ExecOptions = {}): Promise<ExecResult> {
    const channel = await this.open(command);
    return this.unlessEnded(collect(channel, options));
  }

  /** The channel of a fixed command, for whoever streams; must be closed by the caller. */
  async open(command: RemoteCommand): Promise<ClientChannel> {
    return this.withChannel((done) => this.client.exec(command, done));
  }

  /** A TCP connection from the host to a port of the host itself, or of an address that it reaches. */
  async forward(host: string, port: number): Promise<Duplex> {
    return this.withChannel((done) => this.client.forwardOut('127.0.0.1', 0, host, port, done));
  }

  close(): void {
    this.end();
    this.client.end();
  }

  /**
   * Nothing waits for what cannot come any more. ssh2 tells a channel of the end only once its reader has come that far, and leaves
   * its writers waiting: so each channel gets an error here, and ssh2's own `close` then follows at once.
   */
  private end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const give of this.waiting) give(connectionEnded());
    this.waiting.clear();
    for (const channel of this.opened) Duplex.prototype.destroy.call(channel, connectionEnded());
  }

  private unlessEnded<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.add(reject);
      void work.then(resolve, reject).finally(() => this.waiting.delete(reject));
      if (this.ended) reject(connectionEnded());
    });
  }

  private async withChannel(ask: (done: (error: Error | undefined, channel: ClientChannel) => void) => void): Promise<ClientChannel> {
    const release = await this.unlessEnded(this.channels.acquire());
    const giveBack = (): void => {
      this.usedAt = performance.now();
      release();
    };
    try {
      return await this.unlessEnded(this.openChannel(ask, giveBack));
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  private openChannel(
    ask: (done: (error: Error | undefined, channel: ClientChannel) => void) => void,
    closed: () => void,
  ): Promise<ClientChannel> {
    return new Promise((resolve, reject) => {
      const refused = (error: Error): void =>
        reject(new SlipwayError('dependency_unavailable', `The host opens no channel: ${error.message}`, {}, { cause: error }));
      try {
        ask((error, channel) => {
          if (error) return refused(error);
          this.opened.add(channel);
          channel.on('error', () => undefined);
          channel.once('close', () => {
            this.opened.delete(channel);
            closed();
          });
          resolve(channel);
        });
      } catch (error) {
        refused(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }
}

const connectionEnded = (): SlipwayError => new SlipwayError('dependency_unavailable', 'The SSH connection ended; try again.');

function open(endpoint: SshEndpoint, key: SshKey, address: string, family: readonly string[]): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new Client();
    let mismatch: MismatchedHostKey | undefined;
    const config: ConnectConfig = {
      host: address,
      port: endpoint.port,
      username: endpoint.user,
      privateKey: key.privateKey,
      ...(key.passphrase !== undefined && { passphrase: key.passphrase }),
      readyTimeout: READY_TIMEOUT_MS,
      ...KEEPALIVE,
      algorithms: { serverHostKey: [...family] as never },
      hostVerifier: (presented: Buffer) => {
        const fingerprint = fingerprintOf(presented);
        if (fingerprint === endpoint.hostKey) return true;
        mismatch = new MismatchedHostKey(fingerprint);
        return false;
      },
    };
    client.once('ready', () => resolve(client.setNoDelay(true)));
    client.on('error', (error) => reject(mismatch ?? error));
    client.once('close', () => reject(mismatch ?? new Error('the host closed the connection')));
    try {
      client.connect(config);
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

const isNoSharedKey = (error: unknown): boolean => error instanceof Error && /no matching host key/i.test(error.message);

function collect(channel: ClientChannel, { stdin, signal, ...options }: ExecOptions): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const result = { code: null as number | null, signal: null as string | null, stdout: '', stderr: '' };
    const abort = (): void => {
      channel.destroy();
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    channel.setEncoding('utf8');
    channel.on('data', (text: string) => {
      if (result.stdout.length < MAX_OUTPUT) result.stdout += text;
      options.onOutput?.(text);
    });
    channel.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (result.stderr.length < MAX_OUTPUT) result.stderr += text;
    });
    channel.on('exit', (code: number | null, name?: string) => {
      result.code = code;
      result.signal = name ?? null;
    });
    channel.once('error', reject);
    channel.once('close', (code?: number | null) => {
      signal?.removeEventListener('abort', abort);
      result.code ??= code ?? null;
      resolve(result);
    });
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    channel.end(stdin ?? '');
  });
}
