import type { GroupView, TimelineEntry } from '../api/client';
import { groupRecord } from './group-record';

const entry = (resource_type: string, action: string, occurred_at: string) => ({ resource_type, action, occurred_at }) as TimelineEntry;
const group = { group_id: 'grp_1', status: 'applied', reason: 'new prices', members: [{}, {}], version: 4 } as unknown as GroupView;
const ASKED = '2026-01-01T10:00:00Z';

describe('groupRecord', () => {
  it('has the group’s own stages, waiting apart from deploying, and no member’s', () => {
    const entries = [
      entry('group', 'group.previewed', '2026-01-01T09:59:00Z'),
      entry('group', 'group.approval_requested', ASKED),
      entry('group', 'group.approved', '2026-01-01T10:05:00Z'),
      entry('group', 'group.applying', '2026-01-01T10:05:01Z'),
      entry('release', 'release.applied', '2026-01-01T10:05:02Z'),
      entry('group', 'group.applied', '2026-01-01T10:05:11Z'),
      entry('group', 'group.approval_requested', '2026-01-01T11:00:00Z'),
    ];
    const record = groupRecord(group, entries, []);
    expect(record.stages.map(({ stage }) => stage)).toEqual([
      'previewed',
      'approval_requested',
      'approved',
      'applying',
      'applied',
      'rollback_approval_requested',
    ]);
    expect(record).toMatchObject({ group_id: 'grp_1', result: 'applied', reason: 'new prices', waiting_ms: 300_000, deploying_ms: 10_000 });
    expect(record).not.toHaveProperty('members');
  });

  it('has no duration of what has not ended', () => {
    expect(groupRecord(group, [entry('group', 'group.approval_requested', ASKED)], [])).toMatchObject({
      waiting_ms: null,
      deploying_ms: null,
    });
  });
});
