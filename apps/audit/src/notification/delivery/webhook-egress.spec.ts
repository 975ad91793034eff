import { WebhookEgress } from './webhook-egress';

const at =
  (...addresses: string[]) =>
  (): Promise<readonly string[]> =>
    Promise.resolve(addresses);
const egress = (addresses: string[], networks = '', plain = ''): WebhookEgress => new WebhookEgress({ networks, plain }, at(...addresses));

describe('where webhooks may go', () => {
  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.100.100.200',
    '169.254.169.254',
    '168.63.129.16',
    '192.0.0.192',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  ])('not to a name that is at %s', async (address) => {
    await expect(egress([address]).admit('https://hooks.example.com/x')).rejects.toMatchObject({ code: 'address_refused' });
  });

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://[::ffff:7f00:1]/'])(
    'not to %s, which is loopback',
    async (url) => {
      const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
      await expect(egress([host], '', '0.0.0.0/0, ::/0').admit(url)).rejects.toMatchObject({ code: 'address_refused' });
    },
  );

  it.each(['file:///etc/passwd', 'gopher://x', 'ftp://x/y', 'https://', 'javascript:1', 'https://u:p@example.com/'])(
    'not to %s',
    async (url) => {
      await expect(egress(['203.0.114.1']).admit(url)).rejects.toMatchObject({ code: 'invalid_request' });
    },
  );

  it('to the public address that it looked at, by TLS', async () => {
    const admitted = await egress(['10.0.0.1', '93.184.216.34']).admit('https://hooks.example.com/x#part');
    expect([admitted.address, admitted.url.href]).toEqual(['93.184.216.34', 'https://hooks.example.com/x']);
    await expect(egress(['93.184.216.34']).admit('http://hooks.example.com/x')).rejects.toMatchObject({
      code: 'address_refused',
      details: { setting: 'SLIPWAY_WEBHOOK_HTTP' },
    });
  });

  it('where the operator allows it: a network, a host without TLS', async () => {
    expect((await egress(['10.0.0.7'], '10.0.0.0/8').admit('https://inside.example.com/')).address).toBe('10.0.0.7');
    await expect(egress(['10.0.0.7'], '10.0.0.0/8').admit('http://inside.example.com/')).rejects.toMatchObject({ code: 'address_refused' });
    expect((await egress(['10.0.0.7'], '10.0.0.0/8', 'inside.example.com').admit('http://inside.example.com/')).address).toBe('10.0.0.7');
    expect((await egress(['10.0.0.7'], '10.0.0.0/8', '10.0.0.0/24').admit('http://inside.example.com/')).address).toBe('10.0.0.7');
    await expect(egress(['169.254.169.254'], '10.0.0.0/8', 'inside.example.com').admit('http://inside.example.com/')).rejects.toMatchObject(
      {
        code: 'address_refused',
      },
    );
  });
});
