import { environmentId, serviceId, type PreviewView, type ReleaseView } from '@slipway/contracts';
import { eventually } from '@slipway/testing';
import { DataSource } from 'typeorm';
import { good } from '../../../artifact/bundle/bundle.fixture';
import { startRelease, type Caller, type ReleaseUnderTest } from '../../../release-service.fixture';

describe('reading releases, services, changes and artifacts', () => {
  let world: ReleaseUnderTest;
  let developer: Caller;
  const made: PreviewView[] = [];
  beforeAll(async () => {
    world = await startRelease();
    developer = world.as('developer');
    await world.others.project('demo');
    for (const name of ['prod', 'dev'] as const) {
      const id = await world.others.environment('demo', name, name === 'prod' ? 'production' : 'development');
      await world.others.target('demo', id, 'main');
    }
    for (const service of ['one', 'two']) {
      await developer.call('create-service', { project: 'demo', name: service });
      const upload = await world.upload(await good());
      await developer.call('register-artifact', { project: 'demo', service, version: '1', upload });
      for (const environment of ['prod', 'dev', 'dev']) {
        made.push(await developer.call('preview-release', { project: 'demo', service, artifact: '1', environment }));
      }
    }
    await developer.call('cancel-release', { id: made[0]!.release_id });
  }, 60_000);
  afterAll(() => world?.stop());
  const source = () => world.app.get(DataSource, { strict: false });
  const ids = (releases: readonly { release_id: string }[]) => releases.map(({ release_id }) => release_id);
  const newestFirst = (filter: (view: PreviewView, index: number) => boolean) => ids(made.filter(filter)).reverse();

  it('lists newest first, page by page, without gaps or repeats', async () => {
    const seen: ReleaseView[] = [];
    let cursor: string | undefined;
    do {
      const page = await developer.call('list-releases', { project: 'demo', limit: 4, cursor });
      seen.push(...page.items);
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    expect(ids(seen)).toEqual(newestFirst(() => true));
    await expect(developer.call('list-releases', { cursor: 'rubbish' })).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('filters by every field, by name with and without project, and by id', async () => {
    const list = async (filter: Parameters<typeof query>[0]) => ids((await query(filter)).items);
    const query = (filter: {
      service?: string;
      environment?: string;
      project?: string;
      slot?: string;
      status?: 'cancelled';
      lifecycle_state?: 'failed' | 'preview';
    }) => developer.call('list-releases', filter);
    const ofTwo = newestFirst((_, index) => index >= 3);
    expect(await list({ project: 'demo', service: 'two' })).toEqual(ofTwo);
    expect(await list({ service: 'two' })).toEqual(ofTwo);
    expect(await list({ service: serviceId('demo', 'two') })).toEqual(ofTwo);
    const inDev = newestFirst(({ environment_name }) => environment_name === 'dev');
    expect(await list({ project: 'demo', environment: 'dev' })).toEqual(inDev);
    expect(await list({ environment: 'dev' })).toEqual(inDev);
    expect(await list({ environment: environmentId('demo', 'dev') })).toEqual(inDev);
    expect(await list({ slot: made[4]!.slot_id })).toEqual(newestFirst(({ slot_id }) => slot_id === made[4]!.slot_id));
    expect(await list({ status: 'cancelled' })).toEqual([made[0]!.release_id]);
    expect(await list({ lifecycle_state: 'failed' })).toEqual([made[0]!.release_id]);
    expect(await list({ lifecycle_state: 'preview', service: 'one', project: 'demo' })).toEqual(
      newestFirst((_, index) => index === 1 || index === 2),
    );
  });

  it('finds historical statuses by the canonical ones', async () => {
    const old = made[5]!.release_id;
    const write = (status: string) =>
      source().query(`UPDATE release SET status = $2, facts = facts || jsonb_build_object('status', $2::text) WHERE release_id = $1`, [
        old,
        status,
      ]);
    await write('succeeded');
    const found = await developer.call('list-releases', { status: 'applied' });
    expect(found.items).toMatchObject([{ release_id: old, status: 'applied', lifecycle_state: 'applied' }]);
    expect(ids((await developer.call('list-releases', { lifecycle_state: 'applied' })).items)).toEqual([old]);
    await write('rollback');
    expect(ids((await developer.call('list-releases', { lifecycle_state: 'rollback' })).items)).toEqual([old]);
    const next = await developer.call('preview-release', { project: 'demo', service: 'two', artifact: '1', environment: 'dev' });
    made.push(next);
    expect((await developer.call('list-releases', { limit: 1 })).items).toMatchObject([{ release_id: next.release_id }]);
    expect(next.preview.risk.reasons).toContain("1 of the slot's last 1 releases failed or were rolled back");
    await write('previewed');
  });

  it('rebuilds every read model to the same bytes while it serves', async () => {
    const tables = ['service', 'change', 'artifact', 'release', 'target_index'];
    const dump = async () =>
      JSON.stringify(await Promise.all(tables.map((name) => source().query(`SELECT t::text FROM ${name} t ORDER BY 1`))));
    await developer.call('record-change', { project: 'demo', services: ['one'], source_revision: 'abc', summary: 'seen' });
    await developer.call('list-changes', {});
    const before = await dump();
    for (const name of tables) await source().query(`DELETE FROM ${name}`);
    const admin = world.as('admin');
    for (const { name, kind } of (await admin.call('list-projections', {})).items) {
      if (kind === 'projection') await admin.call('rebuild-projection', { name });
    }
    await eventually(async () => (await dump()) === before);
    expect(ids((await developer.call('list-releases', {})).items)).toEqual(newestFirst(() => true));
  });

  it('keeps a service while something runs or is on its way, then deletes and makes it again', async () => {
    const approved = await developer.call('apply-release', { id: made[4]!.release_id, preview_ref: made[4]!.preview_ref });
    await expect(developer.call('delete-service', { id: 'two', project: 'demo' })).rejects.toMatchObject({ code: 'resource_in_use' });
    await developer.call('cancel-release', { id: approved.release_id });
    const renamed = await developer.call('update-service', { id: 'two', project: 'demo', title: 'Second' });
    expect(await developer.call('get-service', { id: renamed.service_id })).toEqual(renamed);
    await developer.call('delete-service', { id: 'two', project: 'demo' });
    await expect(developer.call('get-service', { id: 'two', project: 'demo' })).rejects.toMatchObject({ code: 'unknown_resource' });
    await expect(
      developer.call('preview-release', { project: 'demo', service: 'two', artifact: '1', environment: 'dev' }),
    ).rejects.toMatchObject({
      code: 'unknown_resource',
    });
    await developer.call('create-service', { project: 'demo', name: 'two' });
    await expect(developer.call('create-service', { project: 'demo', name: 'two' })).rejects.toMatchObject({ code: 'already_exists' });
    expect((await developer.call('list-services', { project: 'demo' })).items.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('tells as of which position it is, so that what its reader asks elsewhere is no older', async () => {
    const draft = await developer.call('preview-release', { project: 'demo', service: 'one', artifact: '1', environment: 'dev' });
    const [listing, getting] = [world.as('viewer'), world.as('viewer')];
    await eventually(async () => (await listing.call('list-releases', {})).items[0]?.release_id === draft.release_id);
    await getting.call('get-release', { id: draft.release_id });
    expect([listing.position, getting.position]).toEqual([developer.position, developer.position]);
  });
});
