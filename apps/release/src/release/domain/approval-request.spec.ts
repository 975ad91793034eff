import { approvalRequest } from './approval-request';
import { current, draft, given, happened, NOW, subject } from './release.fixture';
import type { DraftedRelease } from './release.state';

describe('what an approver reads', () => {
  const asked = { now: NOW, commandId: 'apply-command' };
  const release = (reason: string | null, warnings: readonly string[]): DraftedRelease => {
    const checks = warnings.map((message, index) => ({ name: `check-${index}`, result: 'warn' as const, message }));
    const previewed = happened('release.previewed', 'previewed', { subject: subject({ reason }), draft: draft({ checks }) });
    return given(previewed).fold() as DraftedRelease;
  };

  it('is one text, whether its parts end in a period or not', () => {
    const { summary } = approvalRequest(release('The sale begins.', ['One replica alone.', 'no probe']), 'apply', current(), asked);
    expect(summary).toBe(
      'The sale begins. 0 actions, 0 differences, rolling. Risk medium because production. Warnings: One replica alone; no probe.',
    );
  });

  it('says of a rollback what lies between', () => {
    const rollback = { toArtifactVersion: '1.0.0', reason: 'It is slow.', warnings: ['a migration ran'] };
    const { title, summary, risk } = approvalRequest(release(null, []), 'rollback', current(), asked, rollback);
    expect({ title, summary, risk }).toEqual({
      title: 'Roll hello in prod/main back from 1.1.0 to 1.0.0',
      summary: 'It is slow. What lies between: a migration ran.',
      risk: 'high',
    });
  });
});
