import { continues, growing, latest } from './growing';

describe('growing', () => {
  it('makes only what is new, and keeps what it made', () => {
    const seen: string[] = [];
    const made = growing((line: string) => {
      seen.push(line);
      return line === 'b' ? undefined : line.toUpperCase();
    });
    const first = made(['a', 'b', 'c']);
    expect(first).toEqual(['A', 'C']);
    expect(made(['a', 'b', 'c', 'd'])).toEqual(['A', 'C', 'D']);
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is the same list while nothing of it is new', () => {
    const made = growing((line: string) => (line === 'b' ? undefined : line));
    const first = made(['a']);
    expect(made(['a', 'b'])).toBe(first);
  });

  it('begins anew where the beginning was let go, or another log is shown', () => {
    const made = growing((line: string) => line);
    made(['a', 'b', 'c']);
    expect(made(['b', 'c', 'd'])).toEqual(['b', 'c', 'd']);
    expect(made([])).toEqual([]);
    expect(made(['x'])).toEqual(['x']);
  });
});

describe('continues', () => {
  it('tells more at the end from anything else', () => {
    expect(continues(['a', 'b', 'c'], ['a', 'b'])).toBe(true);
    expect(continues(['a', 'b'], ['a', 'b'])).toBe(true);
    expect(continues(['b', 'c'], ['a', 'b'])).toBe(false);
    expect(continues(['a'], ['a', 'b'])).toBe(false);
    expect(continues(['a'], [])).toBe(false);
  });
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
