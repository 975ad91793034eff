import type { TimelineEntry } from '../api/client';
import { changedBy, joinsGroupTimeline, joinsTimeline } from './changed-queries';

const event = (action: string, id: string, detail: Record<string, unknown> = {}, position = 9) => ({
  action,
  resource_type: action.split('.')[0]!,
  resource_id: id,
  detail,
  position,
});
const known = [{ position: 5, resource_id: 'exe-1' }] as TimelineEntry[];

describe('changedBy', () => {
  it('names what an event makes old', () => {
    expect(changedBy(event('release.applied', 'rel-1'))).toEqual([['releases'], ['release', 'rel-1'], ['record', 'rel-1']]);
    expect(changedBy(event('approval.opened', 'tkt-1', { release_id: 'rel-1' }))).toEqual([
      ['tickets'],
      ['ticket', 'tkt-1'],
      ['release', 'rel-1'],
    ]);
    expect(changedBy(event('group.applied', 'grp-1'))).toEqual([['groups'], ['group', 'grp-1'], ['tickets']]);
    expect(changedBy(event('approval.opened', 'tkt-2', { resource_type: 'group', resource_id: 'grp-1' }))).toEqual([
      ['tickets'],
      ['ticket', 'tkt-2'],
      ['group', 'grp-1'],
    ]);
    expect(changedBy(event('execution.step_started', 'exe-1'))).toEqual([['lock']]);
    expect(changedBy(event('artifact.registered', 'art-1'))).toEqual([['artifacts']]);
    expect(changedBy(event('subscription.paused', 'sub-1'))).toEqual([['notifications']]);
    expect(changedBy(event('something.else', 'x'))).toEqual([]);
  });
});

describe('joinsTimeline', () => {
  it.each([
    ['the release itself', event('release.applied', 'rel-1'), true],
    ['another release', event('release.applied', 'rel-2'), false],
    ['an execution that names it', event('execution.claimed', 'exe-9', { release_id: 'rel-1' }), true],
    ['a step of a known execution', event('execution.step_started', 'exe-1'), true],
    ['a step of an unknown execution', event('execution.step_started', 'exe-2'), false],
    ['an execution of another release', event('execution.claimed', 'exe-1', { release_id: 'rel-2' }), false],
    ['the slot, restored from it', event('slot.restored', 'slt-1', { release_id: 'rel-0', from_release_id: 'rel-1' }), true],
    ['what is there already', event('release.applied', 'rel-1', {}, 5), false],
    ['anything else', event('artifact.registered', 'art-1', { release_id: 'rel-1' }), false],
  ])('%s', (_what, given, expected) => expect(joinsTimeline(known, 'rel-1', given)).toBe(expected));
});

describe('joinsGroupTimeline', () => {
  const members = [{ release_id: 'rel-1' }, { release_id: 'rel-2' }];
  it.each([
    ['the group itself', event('group.applied', 'grp-1'), true],
    ['another group', event('group.applied', 'grp-2'), false],
    ['its ticket', event('approval.opened', 'tkt-1', { resource_type: 'group', resource_id: 'grp-1' }), true],
    ['a member', event('release.applying', 'rel-2'), true],
    ['an execution of a member', event('execution.claimed', 'exe-2', { release_id: 'rel-2' }), true],
    ['no member', event('release.applying', 'rel-3'), false],
    ['what is there already', event('group.applied', 'grp-1', {}, 5), false],
  ])('%s', (_what, given, expected) => expect(joinsGroupTimeline(known, 'grp-1', members, given)).toBe(expected));
});
