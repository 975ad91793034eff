import { changesBetween, problemsOf, tidy } from './policy-input';
import { memberText, valueText, type Policy } from './policy-words';

const policy = {
  approval_for: ['apply', 'rollback'],
  required_permission: 'deploy:release:approve',
  required_role: null,
  approvers: [],
  quorum: 1,
  four_eyes: true,
  ticket_ttl_s: 1800,
  preview_ttl_s: 900,
  sla_s: null,
  priority: 'P1',
  reminder_before_s: null,
  escalate_to_role: null,
  rules: [{ risk: 'critical', priority: 'P0', sla_s: 900 }],
  automatic_approval: null,
  allowed_strategies: ['rolling', 'canary'],
  promotion: null,
  change_required: false,
  working_hours: null,
  automatic_rollback: true,
  rollback_without_ticket: [],
  rollback_time_bound_s: 300,
} as Policy;

describe('changesBetween', () => {
  it('sends what differs, and nothing else', () => {
    expect(changesBetween(policy, { ...policy, quorum: 2, promotion: { after: ['dev'], soak_s: 60 } })).toEqual({
      quorum: 2,
      promotion: { after: ['dev'], soak_s: 60 },
    });
  });
  it('does not take another order for a change', () =>
    expect(changesBetween(policy, { ...policy, approval_for: ['rollback', 'apply'] })).toEqual({}));
});

describe('tidy', () => {
  it('drops rules that ask for nothing, and names that are empty', () => {
    const edited = {
      ...policy,
      rules: [
        { risk: 'high', quorum: undefined },
        { risk: 'critical', quorum: 2 },
      ],
      required_role: ' ',
    } as Policy;
    expect(tidy(edited)).toMatchObject({ rules: [{ risk: 'critical', quorum: 2 }], required_role: null });
  });
});

describe('problemsOf', () => {
  it('finds nothing in what the platform has', () => expect(problemsOf(policy)).toEqual({}));
  it('counts the named approvers against the highest quorum', () => {
    const rules = [{ risk: 'critical', quorum: 3 }] as Policy['rules'];
    expect(problemsOf({ ...policy, approvers: ['ann', 'bob'], rules }).quorum).toMatch(/3 approvals cannot come from 2/);
  });
  it('asks for what a condition is about', () => {
    expect(problemsOf({ ...policy, promotion: { after: [], soak_s: 0 } }).promotion).toMatch(/where/);
    expect(problemsOf({ ...policy, allowed_strategies: [] }).allowed_strategies).toMatch(/at least one/);
  });
});

describe('valueText', () => {
  it.each([
    ['sla_s', null, 'no limit'],
    ['preview_ttl_s', 900, '15 min'],
    ['four_eyes', true, 'yes'],
    ['approvers', [], 'whoever may'],
    ['rules', policy.rules, 'from critical risk: P0, SLA 15 min'],
    ['promotion', { after: ['dev'], soak_s: 3600 }, 'dev, after 1 h there'],
    ['something_new', { a: 1 }, '{"a":1}'],
  ])('%s', (member, value, text) => expect(valueText(member, value)).toBe(text));
  it('calls members by their names', () => expect([memberText('sla_s'), memberText('something_new')]).toEqual(['SLA', 'something new']));
});
