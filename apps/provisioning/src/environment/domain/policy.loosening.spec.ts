import { APPROVAL_ACTS, defaultPolicy, type AutomaticApproval, type EnvironmentPolicy } from '@slipway/contracts';
import { loosenings } from './policy.loosening';

const automatic: AutomaticApproval = {
  max_risk: 'medium',
  strategies: ['rolling', 'canary'],
  actor_types: ['human', 'agent'],
  allow_warnings: false,
  allow_one_way: false,
};
const hours = { timezone: 'Europe/Berlin', days: ['MO', 'TU'], from: '09:00', to: '17:00' } as EnvironmentPolicy['working_hours'];
/** Something of every member, so that each can be loosened and tightened. */
const policy: EnvironmentPolicy = {
  ...defaultPolicy('production'),
  required_role: 'manager',
  approvers: ['ann', 'bob', 'cleo'],
  quorum: 2,
  escalate_to_role: 'lead',
  rules: [{ risk: 'high', quorum: 3, required_role: 'director', priority: 'P0', sla_s: 600 }],
  automatic_approval: automatic,
  allowed_strategies: ['rolling', 'canary'],
  promotion: { after: ['staging', 'test'], soak_s: 3600 },
  change_required: true,
  working_hours: hours,
  automatic_rollback: false,
  rollback_without_ticket: ['human'],
};
type Change = Partial<EnvironmentPolicy>;
const rule = policy.rules[0]!;

const LOOSER: readonly (readonly [string, Change, RegExp])[] = [
  ['fewer acts need approval', { approval_for: APPROVAL_ACTS.filter((act) => act !== 'rollback') }, /no approval any more for rollback/],
  ['other permission', { required_permission: 'deploy:approval:read' }, /deploy:approval:read instead of deploy:release:approve/],
  ['no role', { required_role: null }, /no role any more/],
  ['another role', { required_role: 'intern' }, /role intern instead of manager/],
  ['no named approvers', { approvers: [] }, /anybody/],
  ['another approver', { approvers: ['ann', 'bob', 'mallory'] }, /mallory may approve, too/],
  ['a smaller quorum', { quorum: 1 }, /1 instead of 2 approvals/],
  ['no four eyes', { four_eyes: false }, /their own requests/],
  ['tickets wait longer', { ticket_ttl_s: 7200 }, /tickets wait 7200 s instead of 1800 s/],
  ['tickets wait for ever', { ticket_ttl_s: null }, /without a limit/],
  ['previews hold longer', { preview_ttl_s: 7200 }, /previews hold/],
  ['a later answer', { sla_s: null }, /an answer may take/],
  ['a lower priority', { priority: 'P3' }, /priority P3 instead of P1/],
  ['no reminders', { reminder_before_s: null }, /no more/],
  ['later reminders', { reminder_before_s: 60 }, /later/],
  ['nobody is told', { escalate_to_role: null }, /nobody instead of lead/],
  ['a rule less', { rules: [] }, /at risk critical: 2 instead of 3 approvals, .*manager instead of director/],
  ['a rule for higher risk only', { rules: [{ ...rule, risk: 'critical' }] }, /at risk high: 2 instead of 3/],
  ['a rule that lowers', { rules: [{ risk: 'low', quorum: 1 }, rule] }, /at risk low: 1 instead of 2/],
  ['a rule without its role', { rules: [{ ...rule, required_role: null }] }, /no role any more/],
  ['a rule less urgent', { rules: [{ ...rule, priority: 'P2', sla_s: null }] }, /priority P2.*without a limit/],
  ['a higher risk in advance', { automatic_approval: { ...automatic, max_risk: 'high' } }, /max_risk/],
  ['another strategy in advance', { automatic_approval: { ...automatic, strategies: ['rolling', 'blue-green'] } }, /strategies/],
  ['services in advance', { automatic_approval: { ...automatic, actor_types: ['human', 'service'] } }, /actor_types/],
  ['warnings in advance', { automatic_approval: { ...automatic, allow_warnings: true } }, /allow_warnings/],
  ['one-way steps in advance', { automatic_approval: { ...automatic, allow_one_way: true } }, /allow_one_way/],
  ['another strategy', { allowed_strategies: ['rolling', 'blue-green'] }, /blue-green is allowed, too/],
  ['no promotion', { promotion: null }, /elsewhere first/],
  ['fewer places before', { promotion: { after: ['staging'], soak_s: 3600 } }, /in test first/],
  ['other places before', { promotion: { after: ['staging', 'dev'], soak_s: 3600 } }, /in test first/],
  ['a shorter soak', { promotion: { after: ['staging', 'test'], soak_s: 60 } }, /60 s instead of 3600 s/],
  ['no recorded change', { change_required: false }, /recorded change/],
  ['other hours', { working_hours: { ...hours!, to: '23:00' } }, /other hours/],
  ['no hours', { working_hours: null }, /other hours/],
  ['rollback by itself', { automatic_rollback: true }, /without a ticket/],
  ['others roll back', { rollback_without_ticket: ['agent'] }, /rollbacks by agent/],
  ['a slower rollback', { rollback_time_bound_s: 900 }, /a rollback may take/],
];

const STRICTER: readonly (readonly [string, Change])[] = [
  ['nothing', {}],
  ['fewer approvers', { approvers: ['ann', 'bob'] }],
  ['a larger quorum', { quorum: 3 }],
  ['shorter times', { ticket_ttl_s: 60, preview_ttl_s: 60, sla_s: 60, rollback_time_bound_s: 60 }],
  ['a higher priority, earlier reminders', { priority: 'P0', reminder_before_s: 1200 }],
  ['a stricter rule', { rules: [{ risk: 'medium', quorum: 3, required_role: 'manager' }, rule] }],
  ['a rule that the policy makes unnecessary', { quorum: 3, required_role: 'manager', rules: [{ ...rule, quorum: undefined }] }],
  ['less in advance', { automatic_approval: { ...automatic, max_risk: 'low', strategies: ['rolling'], actor_types: ['human'] } }],
  ['nothing in advance', { automatic_approval: null }],
  ['fewer strategies', { allowed_strategies: ['canary'] }],
  ['more places, longer', { promotion: { after: ['test', 'staging', 'dev'], soak_s: 7200 } }],
  ['nobody rolls back without', { rollback_without_ticket: [] }],
];

describe('loosenings', () => {
  it.each(LOOSER)('%s', (_what, change, words) => {
    const found = loosenings(policy, { ...policy, ...change });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(words);
  });

  it.each(STRICTER)('none: %s', (_what, change) => {
    expect(loosenings(policy, { ...policy, ...change })).toEqual([]);
  });

  it('takes what was not asked for as looser than whatever is', () => {
    const asked = {
      required_role: 'manager',
      approvers: ['ann'],
      promotion: { after: ['dev'], soak_s: 0 },
      working_hours: hours,
      sla_s: 60,
    };
    const plain = { ...defaultPolicy('development'), allowed_strategies: policy.allowed_strategies };
    expect(loosenings(plain, { ...plain, ...asked, escalate_to_role: 'lead', ticket_ttl_s: 60, reminder_before_s: 1 })).toEqual([]);
    expect(loosenings(plain, { ...plain, automatic_approval: automatic })).toEqual(['some changes are approved in advance']);
  });

  it('knows every member', () => {
    const tried = new Set(LOOSER.flatMap(([, change]) => Object.keys(change)));
    expect([...tried].sort()).toEqual(Object.keys(policy).sort());
  });
});
