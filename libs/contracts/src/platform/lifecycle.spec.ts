import { canonicalStatus, lifecycleState, RELEASE_STATUSES, statusesIn, storedStatuses } from './lifecycle';

describe('historical statuses', () => {
  it.each([
    ['succeeded', 'applied', 'applied'],
    ['rolled_back', 'rolled_back', 'rollback'],
    ['rollback', 'rolled_back', 'rollback'],
    ['preview', 'previewed', 'preview'],
  ])('%s reads as %s, in state %s', (stored, status, state) => {
    expect(canonicalStatus(stored)).toBe(status);
    expect(lifecycleState(stored)).toBe(state);
    expect(storedStatuses([canonicalStatus(stored)])).toContain(stored);
  });
  it('are found by the states of today', () => {
    expect(storedStatuses(statusesIn('applied'))).toEqual(['applied', 'succeeded']);
    expect(storedStatuses(statusesIn('rollback'))).toEqual(['rolling_back', 'rolled_back', 'rollback_failed', 'rollback']);
  });
  it('of today are themselves', () => expect(RELEASE_STATUSES.map(canonicalStatus)).toEqual(RELEASE_STATUSES));
  it('that never were have no state', () => expect(() => lifecycleState('exploded')).toThrow(TypeError));
});
