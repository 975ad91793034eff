import { growthOf, latest } from './growing';

describe('growthOf', () => {
  it.each([
    [['a', 'b', 'c'], ['a', 'b'], { gone: 0, kept: 2 }],
    [['b', 'c', 'd'], ['a', 'b', 'c'], { gone: 1, kept: 2 }],
    [['c'], ['a', 'b', 'c'], { gone: 2, kept: 1 }],
    [['a'], [], { gone: 0, kept: 0 }],
    [['a'], ['a'], { gone: 0, kept: 1 }],
  ])('of %j from %j', (list, earlier, growth) => expect(growthOf(list, earlier)).toEqual(growth));

  it.each([
    [['x', 'y'], ['a']],
    [
      ['a', 'c'],
      ['a', 'b'],
    ],
    [['a'], ['a', 'b']],
    [[], ['a']],
  ])('is none of %j from %j', (list, earlier) => expect(growthOf<string>(list, earlier)).toBeUndefined());
});

describe('latest', () => {
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

  it('lets go of the oldest once there are a tenth too many', () => {
    expect(latest(upTo(110), 100)).toHaveLength(110);
    const kept = latest(upTo(111), 100);
    expect(kept).toHaveLength(100);
    expect(kept.at(-1)).toBe(110);
  });
});
