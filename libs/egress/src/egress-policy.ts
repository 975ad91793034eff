import { lookup as systemLookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { SlipwayError } from '@slipway/contracts';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

type Address = IPv4 | IPv6;
export type Network = readonly [Address, number];
/** A public address by its number that is a cloud's own all the same (Azure's host agent and metadata). */
const NEVER_PUBLIC: ReadonlySet<string> = new Set(['168.63.129.16']);

/** Resolves a name to its addresses, best first. */
export type Lookup = (host: string) => Promise<readonly string[]>;

const bySystem: Lookup = async (host) => (await systemLookup(host, { all: true })).map(({ address }) => address);

/**
 * Where this process may connect to on somebody's word. Public addresses are free; private, link-local, loopback and other special ones
 * only inside a network that the operator has named. The caller connects to the address that it got, so that a name which changes
 * between the look and the connect gains nothing.
 */
export class EgressPolicy {
  private constructor(
    private readonly networks: () => readonly Network[],
    private readonly setting: string,
    private readonly lookup: Lookup,
  ) {}

  /**
   * @param allowed comma-separated networks such as `10.0.0.0/8, fd00::/8`; `local` stands for the networks that this machine is
   * attached to; empty: public addresses only.
   * @param setting name of the setting, for the refusal.
   * @throws Error for what is no network
   */
  static parse(allowed: string, setting: string, lookup: Lookup = bySystem): EgressPolicy {
    const words = allowed.split(',').flatMap((word) => word.trim() || []);
    const fixed = words.filter((word) => word !== 'local').map(networkOf);
    const local = words.includes('local');
    return new EgressPolicy(() => (local ? [...fixed, ...attachedNetworks()] : fixed), setting, lookup);
  }

  /**
   * The one address of `host` to connect to.
   * @throws SlipwayError `address_refused`, or `dependency_unavailable` when the name has no address
   */
  async resolve(host: string): Promise<string> {
    const addresses = await this.addressesOf(host);
    const allowed = addresses.find((address) => this.allows(ipaddr.process(address)));
    if (allowed !== undefined) return allowed;
    const found = addresses[0]!;
    throw new SlipwayError(
      'address_refused',
      `'${host}' is at ${found}, a ${ipaddr.process(found).range()} address, which the operator has not allowed; add its network to ${this.setting} if it is meant.`,
      { host, address: found, setting: this.setting },
    );
  }

  private async addressesOf(host: string): Promise<readonly string[]> {
    try {
      const addresses = await this.lookup(host.replace(/^\[|\]$/g, ''));
      if (addresses.length > 0) return addresses;
    } catch (cause) {
      throw new SlipwayError('dependency_unavailable', `The name '${host}' cannot be resolved.`, { host }, { cause });
    }
    throw new SlipwayError('dependency_unavailable', `The name '${host}' has no address.`, { host });
  }

  private allows(address: Address): boolean {
    const isPublic = address.range() === 'unicast' && !NEVER_PUBLIC.has(address.toString());
    return isPublic || this.networks().some((network) => isIn(address, network));
  }
}

/** Whether an address, as text, is in one of the networks. */
export const isInNetworks = (address: string, networks: readonly Network[]): boolean =>
  networks.some((network) => isIn(ipaddr.process(address), network));
/** A network or a single address, or undefined for a word that is neither. */
export function networkIn(word: string): Network | undefined {
  try {
    return networkOf(word);
  } catch {
    return undefined;
  }
}

const isIn = (address: Address, [base, bits]: Network): boolean => address.kind() === base.kind() && address.match(base, bits);

function networkOf(word: string): Network {
  try {
    return word.includes('/') ? ipaddr.parseCIDR(word) : [ipaddr.parse(word), ipaddr.parse(word).kind() === 'ipv4' ? 32 : 128];
  } catch (cause) {
    throw new Error(`'${word}' is no network; write one such as 10.0.0.0/8, or 'local'`, { cause });
  }
}

/** Loopback and the networks of this machine's interfaces, as they are now: bridges of container engines come and go. */
function attachedNetworks(): readonly Network[] {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return [networkOf('127.0.0.0/8'), networkOf('::1/128'), ...own.flatMap(({ cidr }) => (cidr ? [networkOf(cidr)] : []))];
}
