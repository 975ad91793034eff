import { canaryShare, MAX_STABLE_FOR_SHARE } from './canary-share';

describe('replicas that make a share of the traffic', () => {
  it.each([
    [10, 2, 2, { canary: 1, stable: 9 }],
    [50, 2, 2, { canary: 2, stable: 2 }],
    [10, 20, 20, { canary: 2, stable: 20 }],
    [25, 4, 4, { canary: 1, stable: 4 }],
    [100, 3, 2, { canary: 3, stable: 2 }],
    [1, 2, 2, { canary: 1, stable: MAX_STABLE_FOR_SHARE }],
  ])('%s %% with %s new and %s old at full strength', (percent, full, stable, expected) => {
    expect(canaryShare(percent, full, stable)).toMatchObject(expected);
  });

  it('need nobody to grow where a Gateway weighs', () => {
    expect(canaryShare(10, 3, 3, true)).toEqual({ canary: 1, stable: 3, real: 10 });
    expect(canaryShare(50, 3, 3, true)).toEqual({ canary: 2, stable: 3, real: 50 });
  });

  it('are never more than asked for, but where that would take too many', () => {
    for (let percent = 5; percent < 100; percent++)
      for (let full = 1; full <= 12; full++) expect(canaryShare(percent, full, full).real).toBeLessThanOrEqual(percent);
  });
});
