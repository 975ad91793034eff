import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(__dirname, '..', '..');

export interface Ran {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
  readonly stdout: string;
}

/** The repository's commands on one data directory, as a person runs them. */
export class Commands {
  constructor(
    readonly dataDirectory: string,
    readonly httpPort: number,
  ) {}

  /** `npm run up`, `down`, ... */
  readonly npm = (script: 'up' | 'down' | 'status' | 'logs' | 'reset', ...argv: string[]): Promise<Ran> =>
    script === 'up' ? this.node('script/up.mjs', argv) : this.node('script/platform.mjs', [script, ...argv]);

  /** `slipway ...` */
  readonly slipway = (...argv: string[]): Promise<Ran> => this.node('script/slipway.mjs', argv);

  private node(file: string, argv: readonly string[]): Promise<Ran> {
    const env = { ...process.env, SLIPWAY_DATA_DIR: this.dataDirectory, SLIPWAY_HTTP_PORT: String(this.httpPort), SLIPWAY_PROJECT: 'demo' };
    const child = spawn(process.execPath, [join(REPOSITORY, file), ...argv], { cwd: REPOSITORY, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, stdout] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      stdout += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    return new Promise((done, reject) => {
      child.once('error', reject);
      child.once('close', (code) => done({ code, output, stdout }));
    });
  }
}
