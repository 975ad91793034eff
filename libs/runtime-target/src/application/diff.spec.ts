import { diffJson } from './diff';

const containers = (env: readonly object[]) => ({ containers: [{ name: 'web', image: 'a', env }] });

describe('diffJson', () => {
  it('does not take the order of members for a difference, in objects or inside of lists', () => {
    const before = { ports: [{ name: 'http', port: 80 }], env: { A: '1', B: '2' } };
    const after = { env: { B: '2', A: '1' }, ports: [{ port: 80, name: 'http' }] };
    expect(diffJson(before, after)).toEqual({ entries: [], truncated: false });
  });

  it('takes the order of a list for one, and shows the list whole', () => {
    expect(diffJson({ args: ['a', 'b'] }, { args: ['b', 'a'] }).entries).toEqual([
      { op: 'replace', path: '/args', before: ['a', 'b'], after: ['b', 'a'] },
    ]);
    expect(diffJson({ ports: [{ port: 80 }] }, { ports: [{ port: 81 }] }).entries).toMatchObject([{ op: 'replace', path: '/ports' }]);
  });

  it('tells what came and what went from what changed', () => {
    expect(diffJson({ a: 1, b: null }, { b: 2, c: 3 }).entries).toEqual([
      { op: 'remove', path: '/a', before: 1 },
      { op: 'replace', path: '/b', before: null, after: 2 },
      { op: 'add', path: '/c', after: 3 },
    ]);
  });

  it('names the variable that changed, not the whole list', () => {
    const before = containers([
      { name: 'A', value: '1' },
      { name: 'GONE', value: 'x' },
    ]);
    const after = containers([
      { name: 'A', value: '2' },
      { name: 'B', value: '3' },
    ]);
    expect(diffJson(before, after)).toEqual({
      entries: [
        { op: 'remove', path: '/containers/0/env/1', before: { name: 'GONE', value: 'x' } },
        { op: 'replace', path: '/containers/0/env/0/value', before: '1', after: '2' },
        { op: 'add', path: '/containers/0/env/1', after: { name: 'B', value: '3' } },
      ],
      truncated: false,
    });
  });
  it('is of the whole list where items have no names, names twice, or another order', () => {
    const whole = (before: unknown, after: unknown) =>
      expect(diffJson(before, after).entries).toEqual([{ op: 'replace', path: '', before, after }]);
    whole(['a', 'b'], ['a', 'c']);
    whole([{ name: 'a' }, { name: 'a', x: 1 }], [{ name: 'a' }]);
    whole([{ name: 'a' }, { name: 'b' }], [{ name: 'b' }, { name: 'a' }]);
  });
});
