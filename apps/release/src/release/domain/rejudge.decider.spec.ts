import { defaultPolicy, type EnvironmentPolicy } from '@slipway/contracts';
import type { RejudgeRelease } from './release.commands';
import { given, happened, history, TICKET_ID } from './release.fixture';

const { previewed, pending, approved, applying, applied, rollbackRequested } = history;
const policy = defaultPolicy('production');
const now = (
  version: number,
  changed: Partial<EnvironmentPolicy> = {},
  target: RejudgeRelease['target'] = { version: 1, deleted: false },
): RejudgeRelease => ({
  type: 'RejudgeRelease',
  environment: { version, policy: { ...policy, ...changed }, policyVersion: version, policyReason: 'two pairs of eyes' },
  target,
});
const superseded = (why: string) => happened('release.superseded', 'superseded', { by_release_id: null, why });
const POLICY = 'The policy of prod changed (version 2: two pairs of eyes) after its preview; preview it again.';

describe('a release that waits', () => {
  it('for its ticket or for its turn ends when the policy changes, and says what to do', async () => {
    await given(previewed(), pending()).when(now(2)).thenEvents(superseded(POLICY));
    await given(previewed(), pending(), approved()).when(now(2)).thenEvents(superseded(POLICY));
  });
  it('ends when its target changes, or goes', async () => {
    const changed = superseded('The target main changed after its preview; preview it again.');
    await given(previewed(), pending())
      .when(now(1, {}, { version: 3, deleted: false }))
      .thenEvents(changed);
    const deleted = superseded('The target main was deleted; choose another.');
    await given(previewed(), pending())
      .when(now(1, {}, { version: 3, deleted: true }))
      .thenEvents(deleted);
  });
  it('stays while nothing that it was previewed with moved', () => given(previewed(), pending()).when(now(1)).thenNothing());
  it('says it in its diagnostics', () => {
    expect(given(previewed(), pending(), superseded(POLICY)).fold()).toMatchObject({
      phase: 'superseded',
      facts: { diagnostics_json: { summary: POLICY }, expires_at: null },
    });
  });
});

it.each([
  ['merely previewed, is told when it is applied', [previewed()]],
  ['under way, goes on by what was approved', [previewed(), pending(), approved(), applying()]],
  ['applied, is what runs', [previewed(), pending(), approved(), applying(), applied()]],
])('a release %s', (_, events) =>
  given(...events)
    .when(now(2))
    .thenNothing(),
);

describe('a rollback that waits for its ticket', () => {
  const asked = [previewed(), approved(), applying(), applied(), rollbackRequested(TICKET_ID)];
  it('ends when the policy asks its approvers for something else', () =>
    given(...asked)
      .when(now(2, { quorum: 2 }))
      .thenEvents(
        happened('release.rollback_rejected', 'applied', {
          ticket_id: TICKET_ID,
          why: 'superseded',
          by: null,
          comment:
            'The policy of prod changed (version 2: two pairs of eyes) and asks for another approval of rollbacks; ask for the rollback again.',
        }),
      ));
  it('stays when a change is about something else, or asks for no ticket any more', async () => {
    await given(...asked)
      .when(now(2, { allowed_strategies: ['canary'] }))
      .thenNothing();
    await given(...asked)
      .when(now(2, { approval_for: ['apply'], quorum: 2 }))
      .thenNothing();
  });
});
