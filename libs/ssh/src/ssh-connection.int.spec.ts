import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually, lackOfDockerHost, Sshd } from '@slipway/testing';
import { remoteCommand } from './remote-command';
import type { SshConnection } from './ssh-connection';
import { SshPool, type SshAccess } from './ssh-pool';

const lack = lackOfDockerHost();
const suite = lack === undefined ? describe : describe.skip;
const FOREVER = remoteCommand`echo begun; exec sleep 60`;
const UNAVAILABLE = { code: 'dependency_unavailable' };

suite(`an SSH connection that is lost${lack === undefined ? '' : ` (${lack})`}`, () => {
  let sshd: Sshd;
  let pool: SshPool;
  let access: SshAccess;
  let connection: SshConnection;
  let silent: Server;
  beforeAll(async () => {
    sshd = await Sshd.start();
    pool = new SshPool({ resolve: (host) => Promise.resolve(host) });
    const { port, user, hostKey, privateKey } = sshd;
    access = { key: 'host', endpoint: { host: '127.0.0.1', port, user, hostKey }, credential: () => Promise.resolve({ privateKey }) };
    silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(async () => (connection = await pool.connection(access)));
  /** Whatever was lost: the pool gives another one, which works. */
  afterEach(async () => {
    const another = await pool.connection(access);
    expect(another).not.toBe(connection);
    expect(await another.exec(remoteCommand`cat; exit 3`, { stdin: 'said' })).toMatchObject({ code: 3, stdout: 'said' });
    another.close();
  });
  afterAll(async () => {
    await pool.close();
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
    await sshd.stop();
  });

  it('ends commands under way, and those that wait for room', async () => {
    let begins = 0;
    const ends = Array.from({ length: 12 }, () => connection.exec(FOREVER, { onOutput: () => begins++ }).catch((error: unknown) => error));
    await eventually(() => begins === 8);
    expect(connection.roomy).toBe(false);
    sshd.dropSessions();
    for (const end of await Promise.all(ends)) expect(end).toMatchObject(UNAVAILABLE);
    expect(connection.alive).toBe(false);
  });

  it('ends a request under way through a forwarded port', async () => {
    const socket = await connection.forward('127.0.0.1', (silent.address() as AddressInfo).port);
    const arrived = new Promise((resolve) => silent.once('request', resolve));
    const failed = new Promise((resolve) => {
      request({ createConnection: () => socket, path: '/' })
        .on('error', resolve)
        .end();
    });
    await arrived;
    sshd.dropSessions();
    expect(await failed).toBeInstanceOf(Error);
  });

  it('ends a stream that nobody reads', async () => {
    const channel = await connection.open(FOREVER);
    const closed = new Promise((resolve) => channel.once('close', resolve));
    sshd.dropSessions();
    await closed;
    expect(connection.idleMs).toBeGreaterThan(0);
  });

  it('opens nothing more', async () => {
    const running = connection.exec(FOREVER).catch((error: unknown) => error);
    sshd.dropSessions();
    expect(await running).toMatchObject(UNAVAILABLE);
    await expect(connection.exec(FOREVER)).rejects.toMatchObject(UNAVAILABLE);
    await expect(connection.forward('127.0.0.1', 1)).rejects.toMatchObject(UNAVAILABLE);
  });

  it('ends what is under way when it is closed at this side', async () => {
    const running = connection.exec(FOREVER).catch((error: unknown) => error);
    connection.close();
    expect(await running).toMatchObject(UNAVAILABLE);
  });
});
