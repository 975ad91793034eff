import { EVENT_TYPES } from '../platform/registry';
import type { EventEnvelope } from '../platform/envelope';
import type { ResourceType } from '../platform/ownership';
import { auditEvent, ReleaseMembership, releasesNamedBy, timelineEntry } from './timeline-entry';

const event = (action: string, resourceId: string, detail: object = {}): EventEnvelope =>
  ({ action, resource_type: action.split('.')[0] as ResourceType, resource_id: resourceId, detail, status: 's' }) as EventEnvelope;

describe('timeline entries', () => {
  it.each(Object.keys(EVENT_TYPES))('%s has a line, even where its detail lacks what the line quotes', (action) => {
    expect(timelineEntry(1, event(action, 'x')).summary).not.toBe('');
    expect(auditEvent(1, event(action, 'x')).preview_ref).toBeNull();
  });

  it('quote what matters', () => {
    const failed = event('release.failed', 'r', { outcome: 'aborted', diagnostics: { summary: '5 % errors' } });
    expect(timelineEntry(7, failed)).toMatchObject({ position: 7, summary: 'Ended aborted: 5 % errors' });
    const rollback = event('release.rollback_requested', 'r', {
      automatic: false,
      requested_by: 'ann',
      to_artifact_version: '1.0',
      reason: 'slow',
    });
    expect(timelineEntry(8, rollback).summary).toBe('Rollback by ann to 1.0: slow');
    expect(timelineEntry(9, event('slot.drifted', 's', { findings: [{}] })).summary).toBe('Drift: 1 finding');
  });
});

describe('who may do what', () => {
  const scope = { kind: 'platform', team_id: '_', project_id: '_', environment_id: '_' };
  const token = { kind: 'personal', name: 'laptop', actor_id: 'ann', expires_at: '2027-01-01T10:00:00.000Z' };
  it.each([
    ['account.created', { kind: 'agent', name: 'bot', parent: { actor_id: 'ann' } }, "Agent account 'bot' created, on behalf of ann"],
    ['account.seen', { actor_id: 'ann', name: 'Ann', issuer: 'https://id' }, 'Ann (ann) signed in by https://id'],
    ['account.disabled', { reason: 'left' }, 'Account disabled: left'],
    ['token.created', token, "Token 'laptop' of ann created, valid until 2027-01-01"],
    ['token.created', { ...token, kind: 'session' }, 'Session of ann began, valid until 2027-01-01'],
    ['token.revoked', { reason: '' }, 'Token revoked'],
    ['role.defined', { name: 'reader', permissions: ['deploy:release:read'] }, "Role 'reader' allows deploy:release:read"],
    ['binding.created', { role: 'admin', subject: { kind: 'actor', ref: 'ann' }, scope }, "ann became 'admin' on the whole platform"],
    [
      'binding.created',
      { role: 'viewer', subject: { kind: 'group', ref: 'web' }, scope: { ...scope, kind: 'project', project_id: 'shop' } },
      "Group 'web' became 'viewer' in project 'shop'",
    ],
    ['binding.deleted', { reason: 'moved' }, 'Role taken away: moved'],
    ['team.changed', { name: 'web', members: ['ann', 'bob'] }, "Team 'web' has 2 members: ann, bob"],
  ])('%s reads as people say it', (action, detail, summary) => {
    expect(timelineEntry(1, event(action, 'x', detail)).summary).toBe(summary);
  });
});

describe('releasesNamedBy', () => {
  it.each([
    [event('release.applied', 'rel-1'), ['rel-1']],
    [event('execution.claimed', 'exe-1', { release_id: 'rel-1', to_release_id: 'rel-0' }), ['rel-1']],
    [event('execution.step_started', 'exe-1'), []],
    [event('approval.reviewed', 'tkt-1'), []],
    [event('slot.restored', 'slt-1', { release_id: 'rel-0', from_release_id: 'rel-1' }), ['rel-1', 'rel-0']],
    [event('slot.held', 'slt-1'), []],
    [event('artifact.registered', 'art-1', { release_id: 'rel-1' }), []],
    [event('group.applied', 'grp-1'), ['grp-1']],
    [event('approval.opened', 'tkt-1', { release_id: null, resource_type: 'group', resource_id: 'grp-1' }), ['grp-1']],
    [event('approval.opened', 'tkt-1', { release_id: null, resource_type: 'policy', resource_id: 'pol-1' }), []],
  ])('%#', (given, releases) => expect(releasesNamedBy(given)).toEqual(releases));
});

describe('ReleaseMembership', () => {
  it('follows executions and tickets by their first event, and nothing of others', () => {
    const membership = new ReleaseMembership('rel-1');
    expect(membership.includes(event('execution.step_started', 'exe-1'))).toBe(false);
    expect(membership.includes(event('execution.claimed', 'exe-1', { release_id: 'rel-1' }))).toBe(true);
    expect(membership.includes(event('execution.step_started', 'exe-1'))).toBe(true);
    expect(membership.includes(event('execution.claimed', 'exe-2', { release_id: 'rel-2' }))).toBe(false);
    expect(membership.includes(event('execution.step_started', 'exe-2'))).toBe(false);
    expect(membership.includes(event('slot.deployed', 'slt-1', { release_id: 'rel-1' }))).toBe(true);
    expect(membership.includes(event('slot.held', 'slt-1'))).toBe(false);
  });

  it('of a group takes in its members, and what happens to them', () => {
    const membership = new ReleaseMembership('grp-1');
    expect(membership.includes(event('release.approved', 'rel-1'))).toBe(false);
    membership.remember(timelineEntry(1, event('group.previewed', 'grp-1', { draft: { members: [{ release_id: 'rel-1' }] } })));
    expect(membership.includes(event('release.approved', 'rel-1'))).toBe(true);
    expect(membership.includes(event('execution.claimed', 'exe-1', { release_id: 'rel-1' }))).toBe(true);
    expect(membership.includes(event('execution.step_started', 'exe-1'))).toBe(true);
    expect(membership.includes(event('release.approved', 'rel-2'))).toBe(false);
    expect(membership.includes(event('group.applied', 'grp-1'))).toBe(true);
  });

  it('knows what was told before', () => {
    const membership = new ReleaseMembership('rel-1');
    membership.remember({ resource_type: 'approval', resource_id: 'tkt-1', action: 'approval.opened', detail: {} });
    expect(membership.includes(event('approval.reviewed', 'tkt-1'))).toBe(true);
  });
});
