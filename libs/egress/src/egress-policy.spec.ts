import { networkInterfaces } from 'node:os';
import { EgressPolicy } from './egress-policy';

const resolving =
  (...addresses: string[]) =>
  async () =>
    addresses;
const policy = (allowed: string, ...addresses: string[]) => EgressPolicy.parse(allowed, 'SLIPWAY_X', resolving(...addresses));

describe('where this process may connect to', () => {
  it.each(['8.8.8.8', '2001:4860:4860::8888'])('%s, a public address, is free', async (address) =>
    expect(await policy('', address).resolve('host')).toBe(address),
  );
  it.each([
    '10.1.2.3',
    '192.168.0.1',
    '172.17.0.2',
    '127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '100.64.0.1',
  ])('%s is refused, naming address and setting', async (address) =>
    expect(policy('', address).resolve('host')).rejects.toMatchObject({
      code: 'address_refused',
      details: { address, setting: 'SLIPWAY_X' },
    }),
  );
  it('allows what the operator names, and nothing beside it', async () => {
    expect(await policy('10.0.0.0/8, fd00::/8', '10.1.2.3').resolve('host')).toBe('10.1.2.3');
    expect(await policy('10.0.0.0/8', '::ffff:10.0.0.1').resolve('host')).toBe('::ffff:10.0.0.1');
    await expect(policy('10.0.0.0/8', '192.168.0.1').resolve('host')).rejects.toMatchObject({ code: 'address_refused' });
  });
  it('picks an address that is allowed, out of several', async () =>
    expect(await policy('', '10.0.0.1', '9.9.9.9').resolve('host')).toBe('9.9.9.9'));
  it("takes 'local' for this machine and its networks, and not for the cloud's metadata service", async () => {
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])[0]!.address;
    expect(await policy('local', own).resolve('host')).toBe(own);
    await expect(policy('local', '169.254.169.254').resolve('host')).rejects.toMatchObject({ code: 'address_refused' });
  });
  it('does not start with a setting that means nothing', () => expect(() => policy('10.0.0.0/99')).toThrow("'10.0.0.0/99' is no network"));
  it('says when a name has no address', () =>
    expect(policy('').resolve('nowhere')).rejects.toMatchObject({ code: 'dependency_unavailable' }));
});
