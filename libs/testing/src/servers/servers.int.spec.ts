import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { runSql } from '@slipway/local-servers';
import { startNats } from './nats';
import { startPostgres, startPostgresAlone } from './postgres';

describe('servers for tests', () => {
  it('starts nats-server, which keeps acknowledged messages over kill -9', async () => {
    const nats = await startNats();
    const before = await connect({ servers: nats.url });
    await (await jetstreamManager(before)).streams.add({ name: 'S', subjects: ['s.>'] });
    await jetstream(before).publish('s.1', 'kept');
    await before.close();
    await nats.kill();
    await nats.start();
    const after = await connect({ servers: nats.url });
    expect((await (await jetstreamManager(after)).streams.info('S')).state.messages).toBe(1);
    await after.close();
    await nats.stop();
  });

  it('gives each caller an empty database on one shared server', async () => {
    const [first, second] = await Promise.all([startPostgres(), startPostgres()]);
    await runSql(first.url, 'CREATE TABLE t (a int)');
    await runSql(second.url, 'CREATE TABLE t (a int)');
    expect(new URL(first.url).port).toBe(new URL(second.url).port);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('recovers a PostgreSQL of its own after kill -9', async () => {
    const server = await startPostgresAlone();
    await runSql(server.url, 'CREATE TABLE t AS SELECT 7 AS a');
    await server.kill();
    const pidFile = join(server.directory, 'postmaster.pid');
    // The pid has gone to another process since.
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)));
    await server.start();
    expect(await runSql(server.url, 'SELECT a FROM t')).toEqual([{ a: 7 }]);
    await server.stop();
  });
});
