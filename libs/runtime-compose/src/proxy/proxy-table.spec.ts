import { configKey, probesMap, proxyConfig } from './proxy-config';
import { readProxyServers, type ProxyServer } from './proxy-servers';
import { proxyCommands, proxyTable, weightsOf, type Backend } from './proxy-table';
import { quantile } from './traffic';

const backend = (container: string, releaseId: string, ready = true): Backend => ({
  releaseId,
  container,
  address: '172.18.0.9',
  port: 8080,
  path: '/ready',
  ready,
});
const server = (name: string, more: Partial<ProxyServer> = {}): ProxyServer => ({
  name,
  container: undefined,
  weight: 0,
  resting: true,
  draining: false,
  up: false,
  check: null,
  sessions: 0,
  ...more,
});
const A = 'aaaaaaaaaaaa';
const B = 'bbbbbbbbbbbb';
const C = 'cccccccccccc';

describe('the proxy of a slot', () => {
  it('spreads a release’s share over its ready replicas', () => {
    const routes = [
      { releaseId: 'new', percent: 10 },
      { releaseId: 'old', percent: 90 },
    ];
    const weights = weightsOf([backend(A, 'new'), backend(B, 'old'), backend(C, 'old')], routes);
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    expect(weights.get(A)! / total).toBeCloseTo(0.1, 2);
    expect(weights.get(B)).toBe(weights.get(C));
    expect(weightsOf([backend(B, 'old', false), backend(C, 'old')], routes).get(B)).toBeUndefined();
    expect(weightsOf([backend(B, 'old', false)], routes).get(B)).toBe(256);
  });

  it('keeps the place of a container, gives a free one to a new container, and rests the others', () => {
    const servers = [
      server('s1', { container: A, weight: 256, resting: false, up: true }),
      server('s2', { container: C, weight: 256, resting: false }),
    ];
    const table = proxyTable([backend(B, 'new'), backend(A, 'new')], [{ releaseId: 'new', percent: 100 }], servers, ['s1', 's2', 's3']);
    expect(table.map(({ server: name, container, weight }) => [name, container, weight])).toEqual([
      ['s2', B, 256],
      ['s1', A, 256],
    ]);
    const commands = proxyCommands(table, servers);
    expect(commands).toContain(`set server slot/s2 fqdn ${B}`);
    expect(commands.indexOf('set server slot/s2 state maint')).toBeLessThan(commands.indexOf('set server slot/s2 state ready'));
    expect(commands.some((command) => command.includes('slot/s1'))).toBe(false);
    expect(proxyCommands([], servers)).toEqual(
      expect.arrayContaining(['set server slot/s1 state maint', 'set server slot/s2 state maint']),
    );
  });

  it('writes a configuration with which a restarted proxy begins where it was', () => {
    const table = proxyTable([backend(A, 'new')], [{ releaseId: 'new', percent: 100 }], [], ['s1', 's2']);
    const text = proxyConfig(table, 'probed');
    expect(text.split('\n')[0]).toBe(`# slipway ${configKey('probed')}`);
    expect(text).toContain(`server s1 ${A}:8080 weight 256\n`);
    expect(text).toContain('server s2 127.0.0.1:1 weight 0 disabled\n');
    expect(probesMap(table)).toBe('s1 /ready\n');
    expect(configKey('any')).not.toBe(configKey('probed'));
  });

  it('reads what the proxy shows: up is a server whose check has passed', () => {
    const stat = [
      '# pxname,svname,scur,status,check_status,check_code,',
      'slot,s1,2,UP,L7OK,200,',
      'slot,s2,0,DRAIN,,,',
      'slot,s3,0,DOWN,* L7STS,503,',
      'slot,s4,0,MAINT,,,',
    ];
    const state = [1, 2, 3, 4].map(
      (n) =>
        `3 slot ${n} s${n} 172.18.0.2 2 ${n === 4 ? 5 : 68} ${n === 1 ? 256 : 0} 0 1 15 3 3 6 0 0 0 ${n === 4 ? '-' : A} 8080 - 0 0 - - 0`,
    );
    const servers = readProxyServers(`${stat.join('\n')}\n\n1\n# be_id be_name\n${state.join('\n')}\n`)!;
    expect(servers.map(({ up, check, resting, weight, sessions }) => ({ up, check, resting, weight, sessions }))).toEqual([
      { up: true, check: 'L7OK 200', resting: false, weight: 256, sessions: 2 },
      { up: false, check: null, resting: false, weight: 0, sessions: 0 },
      { up: false, check: 'L7STS 503', resting: false, weight: 0, sessions: 0 },
      { up: false, check: null, resting: true, weight: 0, sessions: 0 },
    ]);
    expect(servers[3]?.container).toBeUndefined();
    expect(readProxyServers('')).toBeUndefined();
  });

  it('takes quantiles from buckets of two percent', () => {
    const bucketOf = (ms: number) => Math.floor(Math.log(ms * 1000) / Math.log(1.02));
    const buckets = new Map([
      [bucketOf(1), 98],
      [bucketOf(50), 1],
      [bucketOf(400), 1],
    ]);
    expect(quantile(buckets, 0.5)).toBeCloseTo(1, 1);
    expect(quantile(buckets, 0.99)! / 50).toBeCloseTo(1, 1);
    expect(quantile(buckets, 1)! / 400).toBeCloseTo(1, 1);
    expect(quantile(new Map(), 0.5)).toBeUndefined();
  });
});
