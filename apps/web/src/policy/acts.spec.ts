import { ACTS, shownActs } from './acts';

it('only what somebody asks approval for is offered and shown', () => {
  expect(ACTS.map(({ value }) => value)).toEqual(['apply', 'rollback', 'policy_change']);
  expect(shownActs(['apply', 'rollback', 'install', 'infra_apply', 'infra_destroy', 'policy_change'])).toEqual([
    'apply',
    'rollback',
    'policy_change',
  ]);
});
