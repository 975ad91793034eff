import type { Schemas } from '@slipway/api-client';
import { startPlatform, type Actor, type Platform } from '@slipway/platform-driver';
import { eventually } from '@slipway/testing';
import { Commands } from '../driver/commands';

type GroupView = Schemas['GroupView'];

/** A shop's backend and storefront, released and rolled back as one. */
let platform: Platform;
let developer: Actor;
let commands: Commands;
beforeAll(async () => {
  platform = await startPlatform();
  const { data, httpPort } = platform.settings;
  commands = new Commands(data.root, httpPort);
  developer = platform.as('developer');
  for (const service of ['backend', 'storefront']) {
    await developer.createService(service);
    for (const version of ['1', '2', '3']) await developer.push(version, { greeting: `${service} ${version}` }, service);
  }
  await developer.push('bad', { health: 'bad' }, 'storefront');
}, 180_000);
afterAll(() => platform?.stop(), 60_000);

async function preview(environment: string, backend: string, storefront: string): Promise<Schemas['GroupPreviewView']> {
  const members = [
    { service: 'backend', artifact: backend },
    { service: 'storefront', artifact: storefront },
  ];
  const body = { project: 'demo', environment, members };
  return (await developer.api.POST('/api/v1/deploy/groups/preview', { params: {}, body })).data!;
}
const apply = async (group: GroupView): Promise<GroupView> =>
  (
    await developer.api.POST('/api/v1/deploy/groups/{id}/apply', {
      params: { path: { id: group.group_id } },
      body: { preview_ref: group.preview_ref },
    })
  ).data!;
const read = async ({ group_id: id }: GroupView): Promise<GroupView> =>
  (await developer.api.GET('/api/v1/deploy/groups/{id}', { params: { path: { id } } })).data!;
const reaches = (group: GroupView, status: GroupView['status']): Promise<GroupView> =>
  eventually(
    async () => {
      const view = await read(group);
      if (view.status !== status)
        throw new Error(`the group is ${view.status}: ${view.diagnostics_json?.summary ?? JSON.stringify(view.members)}`);
      return view;
    },
    { timeoutMs: 120_000, intervalMs: 100 },
  );
/** As far at least as the group and its members are seen. */
async function timeline(group: GroupView): Promise<Schemas['TimelineEntry'][]> {
  const { group_id: id, version, members } = await read(group);
  const releases = await Promise.all(members.map(({ release_id }) => developer.release(release_id)));
  const seen = [{ id, version }, ...releases.map((release) => ({ id: release.release_id, version: release.version }))];
  return eventually(async () => {
    const { data } = await developer.api.GET('/api/v1/deploy/groups/{id}/timeline', { params: { path: { id }, query: { limit: 200 } } });
    const { entries } = data as Schemas['GroupTimelineView'];
    const count = (of: string): number => entries.filter(({ resource_id }) => resource_id === of).length;
    return seen.every((one) => count(one.id) >= one.version) && entries;
  });
}
/** What each member's slot answers. */
const served = (group: GroupView): Promise<string[]> =>
  Promise.all(group.members.map(async ({ slot_id }) => (await fetch((await developer.slot(slot_id)).url!)).text()));

describe('two services as one', () => {
  let first: GroupView;

  it('are previewed, applied in their order and followed from a terminal', async () => {
    const members = ['-m', 'backend@1', '-m', 'storefront@1'];
    const { code, output } = await commands.slipway('group', 'deploy', '-e', 'dev', ...members, '--as', 'developer');
    expect(output).toMatch(/As one: 2 releases to dev[\s\S]*Previewed together[\s\S]*Applied: every slot runs what the group brought/);
    expect(code).toBe(0);
    const { data } = await developer.api.GET('/api/v1/deploy/groups', { params: { query: { project: 'demo' } } });
    first = data!.items[0]!;
    expect(first).toMatchObject({ status: 'applied', members: [{ status: 'applied' }, { status: 'applied' }] });
    expect(await served(first)).toEqual(['backend 1', 'storefront 1']);
    const entries = await timeline(first);
    expect(entries.map(({ position }) => position)).toEqual(entries.map(({ position }) => position).sort((a, b) => a - b));
    const releases = entries.filter(({ action }) => action === 'release.applying' || action === 'release.applied');
    const [backend, storefront] = first.members.map(({ release_id }) => release_id);
    expect(releases.map(({ resource_id, action }) => `${resource_id} ${action}`)).toEqual([
      `${backend} release.applying`,
      `${backend} release.applied`,
      `${storefront} release.applying`,
      `${storefront} release.applied`,
    ]);
    expect(new Set(entries.map(({ resource_type }) => resource_type))).toEqual(new Set(['group', 'release', 'execution', 'slot']));
  }, 120_000);

  it('both go back when the second is broken', async () => {
    const broken = await apply(await preview('dev', '2', 'bad'));
    const ended = await reaches(broken, 'rolled_back');
    expect(ended).toMatchObject({
      rollback: { automatic: true, status: 'completed' },
      members: [{ status: 'rolled_back' }, { status: 'rolled_back' }],
    });
    expect(ended.diagnostics_json?.summary).toMatch(/^storefront bad: /);
    expect(await served(first)).toEqual(['backend 1', 'storefront 1']);
    const back = (await timeline(broken))
      .filter(({ action }) => action === 'release.rollback_completed')
      .map(({ resource_id }) => resource_id);
    expect(back).toEqual(broken.members.map(({ release_id }) => release_id).reverse());
  }, 150_000);

  it('survive kill -9 of the release service and of the executor in the middle, each member deployed once', async () => {
    const group = await apply(await preview('dev', '2', '2'));
    await eventually(async () => (await read(group)).members[0]!.status !== 'pending_approval', { timeoutMs: 30_000, intervalMs: 20 });
    await Promise.all([platform.kill('release'), platform.kill('runtime-executor')]);
    await platform.ready();
    await reaches(group, 'applied');
    expect(await served(group)).toEqual(['backend 2', 'storefront 2']);
    const actions = (await timeline(group)).map(({ action }) => action);
    const times = (wanted: string): number => actions.filter((action) => action === wanted).length;
    expect([times('slot.deployed'), times('release.applied'), times('group.applying'), times('group.applied')]).toEqual([2, 2, 1, 1]);
  }, 240_000);

  it('are approved in production by one ticket, and taken back by another', async () => {
    const approver = platform.as('approver');
    for (const version of ['2', '3']) {
      const group = await apply(await preview('prod', version, version));
      expect(group).toMatchObject({ status: 'pending_approval' });
      await approver.approve(group.approval_ticket!, 'both together');
      const applied = await reaches(group, 'applied');
      expect(applied.approved_by).toEqual(['approver']);
      expect(await served(applied)).toEqual([`backend ${version}`, `storefront ${version}`]);
      const tickets = (await timeline(group)).filter(({ action }) => action === 'approval.opened');
      expect(tickets).toHaveLength(1);
      first = applied;
    }
    const params = { path: { id: first.group_id } };
    const asked = (await developer.api.POST('/api/v1/deploy/groups/{id}/rollback', { params, body: { reason: 'prices' } })).data!;
    expect(asked).toMatchObject({ status: 'applied', rollback: { status: 'pending_approval' } });
    await approver.approve(asked.approval_ticket!);
    await reaches(first, 'rolled_back');
    expect(await served(first)).toEqual(['backend 2', 'storefront 2']);
    for (const { slot_id } of first.members) expect((await developer.slot(slot_id)).hold).toMatchObject({ reason: 'prices' });
  }, 240_000);
});
