import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const PLUGIN_DIRECTORIES = ['/usr/libexec/docker/cli-plugins', '/usr/lib/docker/cli-plugins', '/usr/local/lib/docker/cli-plugins'];
const SBIN = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** A program by name: on PATH, or where servers are kept. */
export function findProgram(name: string): string | undefined {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...SBIN];
  return directories.map((directory) => join(directory, name)).find((file) => existsSync(file));
}

/** The compose plugin: named by COMPOSE_PLUGIN, or where the docker client looks for it. */
export function findComposePlugin(): string | undefined {
  const named = process.env['COMPOSE_PLUGIN'];
  if (named !== undefined && existsSync(named)) return named;
  const home = process.env['DOCKER_CONFIG'] ?? join(process.env['HOME'] ?? '/', '.docker');
  return [join(home, 'cli-plugins'), ...PLUGIN_DIRECTORIES]
    .map((directory) => join(directory, 'docker-compose'))
    .find((file) => existsSync(file));
}

/** What keeps a Docker host that is reached over SSH from being set up here, and what would enable it; undefined: nothing. */
export function lackOfDockerHost(): string | undefined {
  if (!findProgram('docker')) return 'no docker client on PATH: install docker.io (or Docker)';
  if (spawnSync('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 10_000 }).status !== 0) {
    return 'no Docker Engine answers: start dockerd, or set DOCKER_HOST (as root, script/ci/compose-host.sh starts one)';
  }
  if (!findComposePlugin()) {
    return 'no compose plugin: install docker-compose v2, or name the plugin in COMPOSE_PLUGIN (script/ci/compose-host.sh unpacks one)';
  }
  if (!findProgram('sshd') || !findProgram('ssh-keygen')) return 'no sshd: install openssh-server (it need not run)';
  if (!findProgram('haproxy') || !findProgram('ldd')) return 'no haproxy to make an image of: install haproxy (it need not run)';
  return process.platform === 'linux' ? undefined : 'containers are reached by their addresses, which only Linux allows';
}

/** The login that deploys: root makes a user of its own for it, in the group of the engine's socket; others take themselves. */
export function deployUser(): string {
  if (process.getuid?.() !== 0) return execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
  const socket = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');
  const gid = existsSync(socket) ? statSync(socket).gid : 0;
  if (gid === 0 || !findProgram('useradd')) return 'root';
  const name = 'slipway-deploy';
  if (spawnSync('id', [name]).status !== 0) {
    execFileSync(findProgram('useradd')!, ['-M', '-d', '/', '-s', '/bin/bash', '-p', '*', '-G', String(gid), name]);
  }
  const groups = execFileSync('id', ['-G', name], { encoding: 'utf8' }).trim().split(' ');
  return groups.includes(String(gid)) ? name : 'root';
}

/** A docker command of the test itself: its output; rejects with what it said when it fails. */
export async function docker(...argv: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', argv, { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}
