import { fileOf, rowsOf, writersOf, type LogLine } from './log-line';

const AT = '2026-11-29T17:00:00.123Z';
const written = (line: string, by: string | null = 'verify', at: string | null = AT): LogLine => ({ at, by, line });

describe('lines of a log', () => {
  it('have a row for each line that was written at once, of the same time and writer', () => {
    const one = written('all at once');
    expect(rowsOf(one)).toEqual([one]);
    expect(rowsOf(written('10 %\r20 %\r\n\ndone\r\n'))).toEqual(['10 %', '20 %', '', 'done'].map((line) => written(line)));
  });

  it('name their writers once, in the order in which they began', () =>
    expect(writersOf([written('a', 'prepare'), written('b', null), written('c', 'verify'), written('d', 'prepare')])).toEqual([
      'prepare',
      'verify',
    ]));

  it('keep UTC, writer and colours in a file', () =>
    expect(fileOf([written('\u001b[32mready\u001b[0m'), written('no time', 'web-1', null), written('nobody', null)])).toBe(
      `${AT} verify \u001b[32mready\u001b[0m\nweb-1 no time\n${AT} nobody\n`,
    ));
});
