import { DriftAges } from './drift-ages';

describe("what is known of a slot's drift", () => {
  let elapsed: number;
  let ages: DriftAges;
  beforeEach(() => {
    elapsed = 0;
    ages = new DriftAges(
      1000,
      () => `at ${elapsed}`,
      () => elapsed,
    );
  });

  it('is nothing before the first look', () => expect(ages.of('a')).toEqual({ checkedAt: null, known: false }));
  it('is what was seen, with its time', () => {
    ages.looked('a');
    expect(ages.of('a')).toEqual({ checkedAt: 'at 0', known: true });
    expect(ages.of('b')).toEqual({ checkedAt: null, known: false });
  });
  it('is unknown when looking fails, and keeps the time of the last look', () => {
    ages.looked('a');
    elapsed = 500;
    ages.failed('a');
    expect(ages.of('a')).toEqual({ checkedAt: 'at 0', known: false });
    ages.looked('a');
    expect(ages.of('a')).toEqual({ checkedAt: 'at 500', known: true });
  });
  it('is unknown when nobody looked for three intervals', () => {
    ages.looked('a');
    elapsed = 2999;
    expect(ages.of('a').known).toBe(true);
    elapsed = 3000;
    expect(ages.of('a')).toEqual({ checkedAt: 'at 0', known: false });
  });
});
