import { defaultPolicy, type NewGroupEvent } from '@slipway/contracts';
import { LATER, NOW } from '../../release/domain/release.fixture';
import {
  applyGroup,
  cancelGroup,
  expireGroup,
  grant,
  isApplicable,
  mayRollBack,
  previewGroup,
  refuse,
  rejudgeGroup,
  rollBackGroup,
  type Grant,
} from './group.decider';
import { groupDraft } from './group.draft';
import {
  drafted,
  folded,
  GROUP_ID,
  GROUP_REF,
  groupSubject,
  happened,
  history,
  previewOf,
  releaseIdOf,
  SERVICES,
  spec,
  TICKET,
} from './group.fixture';

const { previewed, approved, applying, applied, rollingBack } = history;
const asked = { now: NOW, actorId: 'developer', commandId: 'apply-command' };
const inForce = { policy: defaultPolicy('production'), policyVersion: 1 };
const drafts = SERVICES.map((service) => previewOf(service));
const applyFor = (given: Partial<typeof asked> = {}) =>
  applyGroup({ ...asked, actorType: 'human', inForce, drafts, ...given }, folded(previewed()));
const pending = (): NewGroupEvent => applyFor()[0]!;
const granted = (given: Partial<Grant> = {}): Grant => ({
  ticketId: TICKET,
  contentRef: GROUP_REF,
  approvedBy: ['approver'],
  stuck: null,
  ...given,
});
const back = (actorType: 'human' | 'agent' = 'human') => ({
  ...asked,
  commandId: 'back',
  actorType,
  reason: 'slow',
  inForce,
  warnings: [],
});

describe('the draft of a group', () => {
  it('names its members in order, is as risky as the riskiest and asks for as much as the strictest', () => {
    const strict = previewOf('storefront', { risk: { level: 'critical', reasons: ['one-way'] } });
    const { draft } = groupDraft(GROUP_ID, [
      drafts[0]!,
      { ...strict, preview: { ...strict.preview, approval: { ...strict.preview.approval, quorum: 2 } } },
    ]);
    expect(draft.members.map(({ ordinal, service_name }) => `${ordinal} ${service_name}`)).toEqual(['1 backend', '2 storefront']);
    expect(draft.risk).toEqual({ level: 'critical', reasons: ['backend: production', 'storefront: one-way'] });
    expect(draft.approval.quorum).toBe(2);
  });
  it('says which member has nothing to go back to, and whose checks fail', () => {
    const failing = previewOf('backend', { checks: [{ name: 'connection', result: 'fail', message: 'no route' }] });
    const { checks } = groupDraft(GROUP_ID, [
      failing,
      previewOf('storefront', { basis: { ...failing.preview.basis, slot_position: 4 } }),
    ]).draft;
    expect(checks).toMatchObject([
      { name: 'members', result: 'fail', message: 'Checks fail for backend' },
      { name: 'way-back', result: 'warn' },
    ]);
    expect(checks).toHaveLength(2);
  });
  it('is made once', async () => {
    const made = { subject: groupSubject, ...drafted(), teamId: '_' };
    await spec()
      .when((group) => previewGroup(made, group))
      .thenEvents(previewed());
    await spec(previewed())
      .when((group) => previewGroup(made, group))
      .thenNothing();
  });
});

describe('applying a group', () => {
  it('asks for one approval of all', async () => {
    const [event] = applyFor();
    expect(event).toMatchObject({
      action: 'group.approval_requested',
      status: 'pending_approval',
      detail: {
        content_ref: GROUP_REF,
        approval: { act: 'apply', ticket_id: TICKET, title: 'Apply 2 releases to prod as one: backend 1.1.0, storefront 1.1.0' },
      },
    });
    await spec(previewed())
      .when(() => applyFor())
      .thenEvents(event!);
  });
  it('says who made the preview where somebody else applies, for four eyes bind both', () => {
    expect(applyFor()[0]!.detail).not.toHaveProperty('previewed_by');
    expect(applyFor({ actorId: 'colleague' })[0]!.detail).toMatchObject({ requested_by: 'colleague', previewed_by: 'developer' });
  });
  it('opens a ticket where it was approved in advance, but not for who applies it', () => {
    const [strategies, actor_types] = [['rolling' as const], ['human' as const]];
    const automatic_approval = { max_risk: 'high' as const, strategies, actor_types, allow_warnings: true, allow_one_way: true };
    const policy = { ...defaultPolicy('production'), automatic_approval };
    const group = folded(previewed());
    const free = { ...group, draft: { ...group.draft, approval: { ...group.draft.approval, required: false } } };
    const by = (actorType: 'human' | 'agent') => applyGroup({ ...asked, actorType, inForce: { policy, policyVersion: 1 }, drafts }, free);
    expect(by('agent')).toMatchObject([{ action: 'group.approval_requested' }]);
    expect(by('human')).toMatchObject([{ action: 'group.approved', detail: { automatic: true } }]);
  });
  it('must quote the preview, in time, of a group that is a draft', () => {
    const group = folded(previewed());
    const quoting =
      (ref: string | undefined, now = NOW, of = group) =>
      () =>
        isApplicable(ref, now, of);
    expect(isApplicable(GROUP_REF, NOW, group)).toBe(true);
    expect(quoting(undefined)).toThrow(expect.objectContaining({ code: 'preview_required' }));
    expect(quoting(`sha256:${'0'.repeat(64)}`)).toThrow(expect.objectContaining({ code: 'preview_mismatch' }));
    expect(quoting(GROUP_REF, LATER)).toThrow(expect.objectContaining({ code: 'preview_expired' }));
    expect(isApplicable(GROUP_REF, NOW, folded(previewed(), pending()))).toBe(false);
    expect(quoting(GROUP_REF, NOW, folded(previewed(), approved(), applying(), applied()))).toThrow(
      expect.objectContaining({ code: 'group_not_applicable' }),
    );
  });
});

describe('a ticket of a group', () => {
  it('counts for the draft it was given for, once', async () => {
    await spec(previewed(), pending())
      .when((group) => grant(granted(), group))
      .thenEvents(approved());
    for (const other of [granted({ ticketId: releaseIdOf('x') }), granted({ contentRef: `sha256:${'0'.repeat(64)}` })]) {
      await spec(previewed(), pending())
        .when((group) => grant(other, group))
        .thenNothing();
    }
    await spec(previewed(), pending(), approved())
      .when((group) => grant(granted(), group))
      .thenNothing();
  });
  it('that is refused ends the group', async () => {
    const refusal = { ticketId: TICKET, by: 'approver', comment: 'no', at: LATER };
    await spec(previewed(), pending())
      .when((group) => refuse({ ...refusal, why: 'rejected' }, group))
      .thenEvents(happened('group.rejected', 'rejected', { ticket_id: TICKET, rejected_by: 'approver', comment: 'no' }));
    await spec(previewed(), pending())
      .when((group) => refuse({ ...refusal, why: 'expired', by: null }, group))
      .thenEvents(happened('group.expired', 'expired', { what: 'ticket', expired_at: LATER }));
  });
  it('is withdrawn by cancelling', () =>
    spec(previewed(), pending())
      .when((group) => cancelGroup('wrong day', group!))
      .thenEvents(
        happened('group.approval_withdrawn', 'cancelled', {
          ticket_id: TICKET,
          cause: 'cancelled',
          why: 'the group was cancelled: wrong day',
        }),
      ));
});

describe('a person who takes a group back', () => {
  const done = [previewed(), approved(), applying(), applied()];
  it('needs a ticket where policy asks for one, and leaves it running until then', async () => {
    const [event] = rollBackGroup(back(), folded(...done));
    expect(event).toMatchObject({
      action: 'group.approval_requested',
      status: 'applied',
      detail: { approval: { act: 'rollback', risk: 'medium' } },
    });
    const waiting = folded(...done, event!);
    expect(waiting).toMatchObject({
      status: 'applied',
      asked: { act: 'rollback' },
      rollback: { status: 'pending_approval', requested_by: 'developer', reason: 'slow' },
    });
    expect(mayRollBack(waiting)).toBe(false);
    const ticketId = waiting.approval_ticket!;
    await spec(...done, event!)
      .when((group) => grant(granted({ ticketId, contentRef: 'whatever' }), group))
      .thenEvents(
        happened('group.rolling_back', 'rolling_back', {
          automatic: false,
          reason: 'slow',
          requested_by: 'developer',
          ticket_id: ticketId,
          approved_by: ['approver'],
          release_ids: [...SERVICES].reverse().map(releaseIdOf),
        }),
      );
    await spec(...done, event!)
      .when((group) => cancelGroup(null, group!))
      .thenEvents(
        happened('group.approval_withdrawn', 'applied', { ticket_id: ticketId, cause: 'cancelled', why: 'the group was cancelled' }),
      );
  });
  it('asks anew when the policy asks its approvers for something else meanwhile', async () => {
    const [event] = rollBackGroup(back(), folded(...done));
    const policy = defaultPolicy('production');
    const judged = (changed: Partial<typeof policy>) =>
      spec(...done, event!).when((group) => rejudgeGroup({ ...policy, ...changed }, null, group));
    await judged({}).thenNothing();
    await judged({ quorum: 2 }).thenEvents(
      happened('group.approval_withdrawn', 'applied', {
        ticket_id: folded(...done, event!).approval_ticket!,
        cause: 'superseded',
        why: 'the policy of prod changed and asks for another approval of rollbacks; ask for it again',
      }),
    );
    await spec(previewed(), pending())
      .when((group) => rejudgeGroup({ ...policy, quorum: 2 }, null, group))
      .thenNothing();
  });
  it('waits no longer when there is no way back, also if its ticket is approved first', async () => {
    const [event] = rollBackGroup(back(), folded(...done));
    const ticketId = folded(...done, event!).approval_ticket!;
    const stuck = 'storefront: it no longer runs in its slot; roll back the release that does.';
    const why = `the group cannot go back any more: ${stuck}`;
    const withdrawn = happened('group.approval_withdrawn', 'applied', { ticket_id: ticketId, cause: 'superseded', why });
    await spec(...done, event!)
      .when((group) => rejudgeGroup(defaultPolicy('production'), stuck, group))
      .thenEvents(withdrawn);
    await spec(...done, event!)
      .when((group) => grant(granted({ ticketId, stuck }), group))
      .thenEvents(withdrawn);
  });
  it('needs none where policy asks for none', () => {
    const free = { ...back(), inForce: { policy: defaultPolicy('development'), policyVersion: 1 } };
    expect(rollBackGroup(free, folded(...done))).toMatchObject([
      { action: 'group.rolling_back', detail: { automatic: false, ticket_id: null } },
    ]);
  });
  it('can do so only while something of it runs', () => {
    expect(() => mayRollBack(folded(previewed()))).toThrow(expect.objectContaining({ code: 'rollback_unavailable' }));
    expect(() => mayRollBack(folded(previewed(), approved(), applying()))).toThrow(/cancel it instead/);
    expect(mayRollBack(folded(...done, rollingBack(false)))).toBe(false);
  });
});

describe('the preview of a group', () => {
  it('runs out at its time, and not before', async () => {
    await spec(previewed())
      .when((group) => expireGroup(NOW, group))
      .thenNothing();
    await spec(previewed())
      .when((group) => expireGroup(LATER, group))
      .thenEvents(happened('group.expired', 'expired', { what: 'preview', expired_at: drafted().draft.expires_at }));
  });
  it('is thrown away by cancelling, and what runs is told to stop', async () => {
    await spec(previewed())
      .when((group) => cancelGroup(null, group!))
      .thenEvents(happened('group.cancelled', 'cancelled', { reason: null }));
    await spec(previewed(), approved(), applying())
      .when((group) => cancelGroup(null, group!))
      .thenEvents(history.cancelRequested());
    await spec(previewed(), approved(), applying(), applied())
      .when((group) => cancelGroup(null, group!))
      .thenRefused('group_not_cancellable');
  });
});
