import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { databaseUrl } from '@slipway/embedded';
import { startPlatform, type Platform } from '@slipway/platform-driver';
import { eventually, testRun } from '@slipway/testing';

let platform: Platform;
const directory = mkdtempSync(join(testRun(), 'rebuild-'));
beforeAll(async () => {
  chmodSync(testRun(), 0o755);
  chmodSync(directory, 0o755);
  platform = await startPlatform({ dataDir: directory });
  const developer = platform.as('developer');
  await developer.push('1.0.0');
  await developer.push('2.0.0', { health: 'bad' });
  await developer.deploy({ artifact: '1.0.0' });
  await developer.deploy({ artifact: '2.0.0' });
  const production = await developer.start({ artifact: '1.0.0', environment: 'prod' });
  await platform.as('approver').approve(production.approval_ticket!);
  await developer.untilEnded(production.release_id);
}, 180_000);
afterAll(() => platform?.stop(), 60_000);

const SCHEMAS = "('release', 'approval_inbox', 'provisioning', 'runtime_executor', 'audit')";

async function withDatabase<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl(platform.settings) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** One digest per table of every read model, over its rows in the order of their text. */
const readModels = (): Promise<Record<string, string>> =>
  withDatabase(async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ${SCHEMAS} AND tablename NOT IN ('checkpoint', 'migrations') ORDER BY 1`,
    );
    const digests: Record<string, string> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`);
      digests[name] = `${rows.length} ${createHash('sha256')
        .update(rows.map(({ row }) => row).join('\n'))
        .digest('hex')}`;
    }
    return digests;
  });

const settled = () =>
  eventually(
    async () => {
      const { data } = await platform.api('admin').GET('/api/v1/platform/projections', {});
      return data!.items.length > 0 && data!.items.every((item) => item.lag === 0) && data!.items;
    },
    { timeoutMs: 60_000 },
  );

describe('the read models', () => {
  it('are the same, byte for byte, after every schema was dropped and replayed', async () => {
    await settled();
    const before = await readModels();
    expect(Object.keys(before).length).toBeGreaterThan(8);
    await withDatabase(async (client) => {
      const { rows } = await client.query<{ nspname: string }>(`SELECT nspname FROM pg_namespace WHERE nspname IN ${SCHEMAS}`);
      expect(rows).toHaveLength(5);
      for (const { nspname } of rows) await client.query(`DROP SCHEMA "${nspname}" CASCADE`);
    });
    await platform.stop();
    platform = await startPlatform({ dataDir: directory, demo: false });
    await settled();
    expect(await readModels()).toEqual(before);
  }, 180_000);

  it('are rebuilt while they serve', async () => {
    await settled();
    const before = await readModels();
    for (const { name, service, kind } of await settled()) {
      if (kind !== 'projection') continue;
      await platform
        .api('admin')
        .POST('/api/v1/platform/projections/{service}/{name}/rebuild' as never, { params: { path: { service, name } } } as never);
      expect((await platform.as('viewer').api.GET('/api/v1/deploy/releases', {})).data!.items.length).toBeGreaterThan(0);
    }
    await settled();
    expect(await readModels()).toEqual(before);
  }, 180_000);
});
