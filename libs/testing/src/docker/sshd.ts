import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, spawnLogged, stopProcess, tailOf, type LoggedProcess } from '@slipway/local-servers';
import { eventually } from '../eventually';
import { forgetServer, recordServer, testRun } from '../servers/test-run';
import { deployUser, findComposePlugin, findProgram } from './docker-host';

export interface SshdSettings {
  /** Environment of every login, beside HOME and DOCKER_CONFIG. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A real sshd on a loopback port with throw-away keys, whose login has a home of its own. */
export class Sshd {
  private running: LoggedProcess | undefined;

  private constructor(
    readonly port: number,
    readonly user: string,
    /** Fingerprint of the host key, as `ssh-keygen -lf` prints it. */
    readonly hostKey: string,
    readonly privateKey: string,
    /** Home of the login. */
    readonly home: string,
    private readonly directory: string,
  ) {}

  static async start({ environment = {} }: SshdSettings = {}): Promise<Sshd> {
    chmodSync(testRun(), 0o755);
    const directory = mkdtempSync(join(testRun(), 'sshd-'));
    chmodSync(directory, 0o755);
    const user = deployUser();
    const home = join(directory, 'home');
    mkdirSync(join(home, '.docker', 'cli-plugins'), { recursive: true });
    copyFileSync(findComposePlugin()!, join(home, '.docker', 'cli-plugins', 'docker-compose'), constants.COPYFILE_FICLONE);
    keygen(directory, 'host');
    const privateKey = keygen(directory, 'login');
    copyFileSync(join(directory, 'login.pub'), join(directory, 'authorized_keys'));
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', user, home]);
    const port = await freePort();
    const variables = { HOME: home, DOCKER_CONFIG: join(home, '.docker'), ...environment };
    writeFileSync(join(directory, 'sshd_config'), configuration(directory, port, user, variables));
    const fingerprint = execFileSync(findProgram('ssh-keygen')!, ['-lf', join(directory, 'host.pub')], { encoding: 'utf8' }).split(' ')[1]!;
    const sshd = new Sshd(port, user, fingerprint, privateKey, home, directory);
    await sshd.resume();
    return sshd;
  }

  /** A private key that opens it besides the first. */
  furtherKey(): string {
    const privateKey = keygen(this.directory, 'further');
    appendFileSync(join(this.directory, 'authorized_keys'), readFileSync(join(this.directory, 'further.pub')));
    return privateKey;
  }

  /** Listens, again. */
  async resume(): Promise<void> {
    mkdirSync('/run/sshd', { recursive: true });
    const logFile = join(this.directory, 'sshd.log');
    this.running = await spawnLogged({
      file: findProgram('sshd')!,
      argv: ['-D', '-e', '-f', join(this.directory, 'sshd_config')],
      logFile,
    });
    this.running.child.unref();
    recordServer(this.running.identity);
    await eventually(() => accepts(this.port)).catch(() => {
      throw new Error(`sshd does not listen: ${tailOf(logFile)}`);
    });
  }

  /** Ends every session at once, as a network that breaks does; what they started with `setsid` goes on. How many ended. */
  dropSessions(): number {
    const sessions = this.sessions();
    sessions.forEach(kill);
    return sessions.length;
  }

  /** Stops listening and drops what is connected. */
  async pause(): Promise<void> {
    if (!this.running) return;
    const sessions = this.sessions();
    await stopProcess(this.running.identity, 'SIGKILL', 3000);
    sessions.forEach(kill);
    forgetServer(this.running.identity);
    this.running = undefined;
  }

  async stop(): Promise<void> {
    await this.pause();
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Processes of the listener that serve a connection, the privileged half first. */
  private sessions(): number[] {
    const listener = this.running?.identity.pid;
    const children = new Map<number, number[]>();
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const [comm, parent] = statOf(name);
      if (comm === 'sshd' || comm === 'sshd-session') children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }
    const found: number[] = [];
    for (let wave = children.get(listener ?? -1) ?? []; wave.length > 0; wave = wave.flatMap((pid) => children.get(pid) ?? []))
      found.push(...wave);
    return found;
  }
}

/** The unprivileged half of a session may end by itself as soon as the other has. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function statOf(pid: string): readonly [string, number] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    return [stat.slice(stat.indexOf('(') + 1, end), Number(stat.slice(end + 2).split(' ')[1])];
  } catch {
    return ['', 0];
  }
}

/** Makes a pair in the directory; the private one. */
function keygen(directory: string, name: string): string {
  execFileSync(findProgram('ssh-keygen')!, ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(directory, name)]);
  return readFileSync(join(directory, name), 'utf8');
}

const configuration = (directory: string, port: number, user: string, environment: Readonly<Record<string, string>>): string => `
ListenAddress 127.0.0.1:${port}
HostKey ${join(directory, 'host')}
PidFile none
AuthorizedKeysFile ${join(directory, 'authorized_keys')}
AllowUsers ${user}
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
StrictModes no
MaxStartups 100
PrintMotd no
PrintLastLog no
SetEnv ${Object.entries(environment)
  .map(([name, value]) => `${name}=${value}`)
  .join(' ')}
`;

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (accepted: boolean) => (): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
}
