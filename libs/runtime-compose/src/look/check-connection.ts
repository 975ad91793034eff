import { isSlipwayError, type Check } from '@slipway/contracts';
import type { ConnectionReport, TargetAccess } from '@slipway/runtime-target';
import { presentedHostKey, type SshNetwork } from '@slipway/ssh';
import { HostDocument } from '../host/host-document';
import { decoded, factsOf, type HostReport } from '../host/host-report';
import { DEFAULT_PROXY_IMAGE } from '../proxy/front-document';
import { composeConnectionOf, type ComposePlaces } from '../slot/compose-place';
import { SlotNames } from '../slot/slot-names';

const LEAST_ENGINE = [20, 10];
const LEAST_COMPOSE = [2, 20];
/** Docker's default address pools hold 31 networks; each slot with traffic has one, each release of several services another. */
const MANY_NETWORKS = 26;

/** Reachability, the login's rights and the versions of a Docker host; every check says what is missing and how to fix it. */
export async function checkConnection(places: ComposePlaces, network: SshNetwork, access: TargetAccess): Promise<ConnectionReport> {
  const { host, port, host_key } = composeConnectionOf(access);
  if (host_key === undefined) return unpinned(await presentedHostKey(await network.resolve(host), port), host);
  try {
    const { host: helper, connection } = places.of(access);
    const image = connection.proxy_image ?? DEFAULT_PROXY_IMAGE;
    const report = await helper.look(new SlotNames(connection, 'check').place, new HostDocument().facts(image));
    const checks = [
      { name: 'ssh', result: 'pass', message: `${connection.user}@${host} is let in; the host key is the pinned one.` } as Check,
      ...factChecks(report, connection.user, image),
    ];
    return { ok: checks.every(({ result }) => result !== 'fail'), checks, versions: versionsOf(report) };
  } catch (error) {
    if (!isSlipwayError(error)) throw error;
    const name = error.code === 'host_key_mismatch' ? 'host-key' : 'ssh';
    return { ok: false, checks: [{ name, result: 'fail', message: error.message.slice(0, 1000) }], versions: {} };
  }
}

function unpinned(presented: string, host: string): ConnectionReport {
  const message = `${host} presents the host key ${presented}. Compare it with what the host's owner sees (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), then store it as host_key.`;
  return { ok: false, checks: [{ name: 'host-key', result: 'fail', message }], versions: {}, presentedHostKey: presented };
}

const versionsOf = (report: HostReport): Record<string, string> =>
  Object.fromEntries(
    ['docker', 'compose'].flatMap((name) => {
      const version = decoded(factsOf(report, name)[0]?.[0]).trim();
      return /^v?\d/.test(version) ? [[name, version]] : [];
    }),
  );

function factChecks(report: HostReport, user: string, image: string): readonly Check[] {
  const versions = versionsOf(report);
  return [
    toolsCheck(report),
    socketCheck(report),
    dockerCheck(report, versions['docker'], user),
    composeCheck(versions['compose'], user),
    ...(versions['docker'] === undefined ? [] : [imageCheck(report, image), ...networksCheck(report)]),
  ];
}

function toolsCheck(report: HostReport): Check {
  const lacks = factsOf(report, 'lacks').map(([tool]) => tool!);
  if (lacks.length === 0) return { name: 'tools', result: 'pass', message: 'bash, flock, setsid and the like are there.' };
  return { name: 'tools', result: 'fail', message: `The host lacks ${lacks.join(', ')}; install util-linux and coreutils.` };
}

function socketCheck(report: HostReport): Check {
  const name = 'proxy-socket';
  if (factsOf(report, 'socket-by').length > 0) return { name, result: 'pass', message: 'The proxy can be spoken to.' };
  return { name, result: 'fail', message: 'Nothing at the host can speak to a unix socket; install socat (or perl, or python3).' };
}

function dockerCheck(report: HostReport, version: string | undefined, user: string): Check {
  if (version !== undefined) return least('docker', 'Docker Engine', version, LEAST_ENGINE);
  return { name: 'docker', result: 'fail', message: dockerTrouble(decoded(factsOf(report, 'docker')[0]?.[0]).trim(), user) };
}

function composeCheck(version: string | undefined, user: string): Check {
  if (version !== undefined) return least('compose', 'Docker Compose', version, LEAST_COMPOSE);
  const message = `'docker compose' does not run for ${user}; install the compose plugin (package docker-compose-plugin or docker-compose v2).`;
  return { name: 'compose', result: 'fail', message };
}

function imageCheck(report: HostReport, image: string): Check {
  const name = 'proxy-image';
  if (factsOf(report, 'has-image').length > 0) return { name, result: 'pass', message: 'The image of the proxy is at the host.' };
  const message = `The image of the proxy, ${image}, is not at the host: the first release pulls it. If the host cannot, load it there or name another by proxy_image.`;
  return { name, result: 'warn', message };
}

function networksCheck(report: HostReport): readonly Check[] {
  const networks = Number(factsOf(report, 'networks')[0]?.[0] ?? 0);
  if (networks < MANY_NETWORKS) return [];
  const message = `The host has ${networks} Docker networks; its default address pools hold about 31. Add smaller default-address-pools to /etc/docker/daemon.json.`;
  return [{ name: 'networks', result: 'warn', message }];
}

function least(name: string, what: string, version: string, wanted: readonly number[]): Check {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const old = major < wanted[0]! || (major === wanted[0] && minor < wanted[1]!);
  if (!old) return { name, result: 'pass', message: `${what} ${version}.` };
  return { name, result: 'fail', message: `${what} ${version} is too old; ${wanted.join('.')} or newer is needed.` };
}

function dockerTrouble(said: string, user: string): string {
  if (/permission denied/i.test(said))
    return `${user} may not use Docker; add it to the group: usermod -aG docker ${user}, and log in anew.`;
  if (/not found/i.test(said)) return 'There is no docker command at the host; install the Docker Engine.';
  return `The Docker Engine does not answer: ${said.slice(0, 300)}`;
}
