import { randomBytes } from 'node:crypto';
import { STREAMS } from '@slipway/contracts';
import { freePorts } from '@slipway/local-servers';
import { eventually, startNats, type NatsServer } from '@slipway/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { natsServerConfig } from './nats-server-config';
import { inboxPrefix, NATS_USERS, type NatsUser } from './nats-users';
import { ensureStreams } from './streams';

const passwords = Object.fromEntries(NATS_USERS.map((user) => [user, randomBytes(12).toString('hex')])) as Record<NatsUser, string>;
let members: NatsServer[];
let bootstrap: NatsConnection;

beforeAll(async () => {
  const routes = await freePorts(3);
  const cluster = { routes: routes.map((port) => `127.0.0.1:${port}`), password: 'p/w:d@' };
  const member = (port: number, index: number) =>
    startNats({
      fullConfig: (options) =>
        natsServerConfig({
          ...options,
          passwords,
          syncInterval: '2m',
          serverName: `nats-${index}`,
          cluster: { ...cluster, listen: `127.0.0.1:${port}` },
        }),
    });
  members = await Promise.all(routes.map(member));
  const servers = members.map(({ url }) => url);
  const [user, pass] = ['bootstrap', passwords.bootstrap];
  bootstrap = await connect({
    servers,
    user,
    pass,
    inboxPrefix: inboxPrefix('bootstrap'),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
  });
});
afterAll(async () => {
  await bootstrap.close();
  await Promise.all(members.map((member) => member.stop()));
});

const replicasOf = async (stream: string): Promise<number> => {
  const manager = await jetstreamManager(bootstrap, { checkAPI: false });
  return (await manager.streams.info(stream)).config.num_replicas;
};
const untilMade = (replicas: number) => eventually(() => ensureStreams(bootstrap, { replicas }).then(() => true), { timeoutMs: 25_000 });

describe('a cluster of three', () => {
  it('keeps three copies of every stream, also of those that began with one', async () => {
    await untilMade(1);
    expect(await replicasOf(STREAMS.events)).toBe(1);
    await untilMade(3);
    for (const stream of ['EVENTS', 'LOGS', 'HEALTH', 'OBJ_BLOBS', 'KV_LOCKS', 'KV_SECRETS', 'KV_ENDPOINTS']) {
      expect([stream, await replicasOf(stream)]).toEqual([stream, 3]);
    }
    await ensureStreams(bootstrap);
    expect(await replicasOf(STREAMS.events)).toBe(3);
  });

  it('loses nothing acknowledged, and takes writes, when a member is killed', async () => {
    const js = jetstream(bootstrap, { timeout: 1_000 });
    const publish = (id: string) =>
      eventually(() => js.publish(`events.p.release.previewed.${id}`, id).catch(() => undefined), { timeoutMs: 20_000 });
    const before = await publish('before');
    await members[0]!.kill();
    const after = await publish('after');
    expect(after.seq).toBeGreaterThan(before.seq);
    const { streams } = await jetstreamManager(bootstrap, { checkAPI: false });
    const kept = await eventually(() => streams.getMessage(STREAMS.events, { seq: before.seq }).catch(() => undefined), {
      timeoutMs: 20_000,
    });
    expect(kept!.string()).toBe('before');
    await members[0]!.start();
  });
});
