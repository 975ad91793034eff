import { diffJson } from './diff';

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
});
