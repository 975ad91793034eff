import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A moment of `docker compose up`: a request to the engine, cut off before it arrives or right after it was done. */
export interface Cut {
  readonly request: RegExp;
  readonly when: 'before' | 'after';
  /** Text of the command line of the Compose that is killed. */
  readonly project: string;
}

let engines = 0;

/** The engine's socket behind one of ours, which kills Compose (-9) when it asks for a certain thing. */
export class CuttingEngine {
  private cut: Cut | undefined;
  private reached: (() => void) | undefined;

  private constructor(
    readonly path: string,
    private readonly server: Server,
    private readonly engine: string,
  ) {
    server.on('connection', (client) => this.pass(client));
  }

  static async start(): Promise<CuttingEngine> {
    const path = join(tmpdir(), `slipway-cut-${process.pid}-${++engines}.sock`);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    chmodSync(path, 0o666);
    server.unref();
    return new CuttingEngine(path, server, (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, ''));
  }

  /** Arms one cut; resolves when it has been made. */
  arm(cut: Cut): Promise<void> {
    this.cut = cut;
    return new Promise((resolve) => (this.reached = resolve));
  }

  close(): void {
    this.server.close();
  }

  private pass(client: Socket): void {
    const engine = connect(this.engine);
    const end = (): void => {
      client.destroy();
      engine.destroy();
    };
    client.on('error', end).on('close', end);
    engine.on('error', end).on('close', end);
    client.on('data', (chunk) => {
      const { cut } = this;
      if (!cut?.request.test(chunk.toString('latin1').split('\r\n')[0] ?? '')) return void engine.write(chunk);
      this.cut = undefined;
      if (cut.when === 'before') return this.make(cut);
      engine.write(chunk);
      engine.once('data', () => this.make(cut));
    });
    engine.on('data', (chunk) => client.write(chunk));
  }

  private make({ project }: Cut): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const command = commandOf(pid);
      if (/docker/.test(command[0] ?? '') && command.includes(project) && command.includes('up')) process.kill(Number(pid), 'SIGKILL');
    }
    this.reached?.();
  }
}

function commandOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
