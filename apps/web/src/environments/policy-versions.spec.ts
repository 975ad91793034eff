import type { AuditEvent } from '../api/client';
import { policyVersions } from './policy-versions';

const fact = (action: string, detail: object, actor = 'ann'): AuditEvent =>
  ({ action, detail, actor_id: actor, actor_type: 'human', occurred_at: '2026-11-20T12:00:00.000Z' }) as AuditEvent;

describe('policyVersions', () => {
  it('tells each version with what became different, newest first', () => {
    const versions = policyVersions([
      fact('environment.policy_changed', { policy: { quorum: 2, four_eyes: true }, reason: 'audit asked for it' }, 'bob'),
      fact('environment.updated', { title: 'Prod' }),
      fact('environment.created', { policy: { quorum: 1, four_eyes: true } }),
    ]);
    expect(versions.map(({ version, by, reason, changes }) => [version, by, reason, changes])).toEqual([
      [2, 'bob', 'audit asked for it', [{ member: 'quorum', before: '1', after: '2' }]],
      [1, 'ann', null, []],
    ]);
  });
});
