import { defaultPolicy, policyChanges } from './environment.policy';

describe('policyChanges', () => {
  const policy = defaultPolicy('production');

  it('names each member that differs, with both values', () => {
    expect(policyChanges(policy, { ...policy, quorum: 2, approvers: ['ann'] })).toEqual([
      { member: 'approvers', before: [], after: ['ann'] },
      { member: 'quorum', before: 1, after: 2 },
    ]);
    expect(policyChanges(policy, { ...policy })).toEqual([]);
  });

  it('takes a rule for the same in whatever order its members stand', () => {
    const reordered = policy.rules.map((rule) => Object.fromEntries(Object.entries(rule).reverse()) as typeof rule);
    expect(JSON.stringify(reordered)).not.toBe(JSON.stringify(policy.rules));
    expect(policyChanges(policy, { ...policy, rules: reordered })).toEqual([]);
  });
});
