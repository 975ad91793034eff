import { unifiedDiff, unifiedHunks } from './line-diff';
import { manifestBefore } from './manifest-before';

describe('manifestBefore', () => {
  const after = { processes: { web: { replicas: 3, env: { 'a/b': 'new', kept: '1' } } }, verification: { watch_ms: 5 } };

  it('takes every difference back', () => {
    expect(
      manifestBefore(after, [
        { op: 'replace', path: '/processes/web/env/a~1b', before: 'old', after: 'new' },
        { op: 'remove', path: '/processes/web/env/gone', before: 'was' },
        { op: 'replace', path: '/processes/web/replicas', before: 1, after: 3 },
        { op: 'add', path: '/verification', after: { watch_ms: 5 } },
      ]),
    ).toEqual({ processes: { web: { replicas: 1, env: { 'a/b': 'old', gone: 'was', kept: '1' } } } });
    expect(after.processes.web.replicas).toBe(3);
  });

  it('puts items of lists back where they were', () => {
    const item = (name: string, value = name) => ({ name, value });
    const list = { env: [item('b', 'new'), item('x'), item('d')], deep: [{ name: 'web', env: [item('p')] }] };
    expect(
      manifestBefore(list, [
        { op: 'remove', path: '/deep/0/env/0', before: item('m') },
        { op: 'remove', path: '/deep/0/env/1', before: item('n') },
        { op: 'remove', path: '/env/0', before: item('a') },
        { op: 'remove', path: '/env/2', before: item('c') },
        { op: 'replace', path: '/env/0/value', before: 'old', after: 'new' },
        { op: 'add', path: '/env/1', after: item('x') },
      ]),
    ).toEqual({
      env: [item('a'), item('b', 'old'), item('c'), item('d')],
      deep: [{ name: 'web', env: [item('m'), item('n'), item('p')] }],
    });
  });

  it('knows a first deployment, and gives up where the differences do not fit', () => {
    expect(
      manifestBefore(after, [
        { op: 'add', path: '/processes' },
        { op: 'add', path: '/verification' },
      ]),
    ).toEqual({});
    expect(manifestBefore(after, [{ op: 'replace', path: '/nowhere/at/all', before: 1 }])).toBeUndefined();
  });
});

describe('unifiedHunks', () => {
  const text = (lines: (string | number)[]): string => lines.join('\n');
  const many = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);

  it('has nothing to say about equal texts', () => expect(unifiedHunks('a\nb', 'a\nb')).toEqual([]));

  it('keeps distant changes apart, with their line numbers', () => {
    const changed = [...many];
    changed[4] = 'changed';
    changed.splice(20, 1);
    const hunks = unifiedHunks(text(many), text(changed));
    expect(hunks.map((hunk) => hunk.split('\n')[0])).toEqual(['@@ -2,7 +2,7 @@', '@@ -18,7 +18,6 @@']);
    expect(hunks[0]).toContain('-line 5\n+changed\n');
    expect(hunks[1]).toContain('-line 21\n');
  });

  it('are one diff of a file, or none', () => {
    expect(unifiedDiff('a', 'a')).toEqual([]);
    expect(unifiedDiff('a', 'b', 'x')).toEqual(['--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\n+b\n']);
  });

  it('shows a first text as added', () => expect(unifiedHunks('', 'a\nb')[0]).toContain('+a\n+b'));
});
