import type { GroupView, TimelineEntry } from '../api/client';
import { asTravelled, entriesOf, groupProgress, groupTitle, whoseOf } from './group-text';

const member = (service: string, status: GroupView['status']) => ({
  release_id: `rel-${service}`,
  service_name: service,
  artifact_version: '2',
  status,
});
const group = (status: GroupView['status'], members: ReturnType<typeof member>[]) =>
  ({ group_id: 'grp-1', status, approval_required: false, rollback: null, members }) as unknown as GroupView;
const entry = (type: string, id: string, detail: Record<string, unknown> = {}) =>
  ({ resource_type: type, resource_id: id, detail }) as unknown as TimelineEntry;

describe('a group in words', () => {
  const two = group('applying', [member('api', 'applied'), member('web', 'pending_approval')]);

  it('names its members and how far they are', () => {
    expect(groupTitle(two)).toBe('api 2 + web 2');
    expect(groupProgress(two)).toEqual({ done: 1, all: 2 });
  });

  it('has run once a member has', () => {
    expect(asTravelled(two).execution_id).toBe('grp-1');
    expect(asTravelled(group('cancelled', [member('api', 'previewed')])).execution_id).toBeNull();
  });

  it('tells its members apart in its timeline', () => {
    const claimed = entry('execution', 'exe-1', { release_id: 'rel-web' });
    const entries = [
      entry('group', 'grp-1'),
      entry('release', 'rel-api'),
      claimed,
      entry('execution', 'exe-1'),
      entry('release', 'rel-web'),
    ];
    expect(entriesOf(entries, 'rel-web')).toEqual([claimed, entries[3], entries[4]]);
    const whose = whoseOf(two, entries);
    expect(entries.map(whose)).toEqual([undefined, 'api', 'web', 'web', 'web']);
  });
});
