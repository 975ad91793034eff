import { LineSearch } from './line-search';
import { attributedText, type LogLine } from './log-line';

const lineOf = (text: string, index: number): LogLine => ({ number: index + 1, at: null, by: null, text });
const linesOf = (...texts: string[]): readonly LogLine[] => texts.map(lineOf);
const find = (search: LineSearch, words: string, lines: readonly LogLine[]): readonly number[] => {
  expect(search.look(words, lines)).toBe(true);
  return search.matches;
};

describe('LineSearch', () => {
  it('tells lines by their number, a line as often as it has the words', () =>
    expect(find(new LineSearch(attributedText), 'needle', linesOf('needle and needle', 'hay', 'a needle'))).toEqual([1, 1, 3]));

  it('minds neither case nor colour, and reads what is shown', () => {
    const lines = [{ number: 7, at: '2026-11-20T12:00:01.234Z', by: 'start', text: '\u001b[31mRead\u001b[0my to serve' }];
    expect(find(new LineSearch(attributedText), '01.234  START · ready', lines)).toEqual([7]);
  });

  it('looks only at what came since for the same words, and begins anew for others', () => {
    const read: number[] = [];
    const search = new LineSearch((line) => {
      read.push(line.number);
      return line.text;
    });
    const lines = linesOf('one needle', 'two');
    expect(find(search, 'needle', lines)).toEqual([1]);
    const more = [...lines, lineOf('three', 2), lineOf('four needle', 3)];
    expect(find(search, 'needle', more)).toEqual([1, 4]);
    expect(find(search, 't', more)).toEqual([2, 3]);
    expect(read).toEqual([1, 2, 3, 4]);
  });

  it('begins anew where the oldest lines were let go', () => {
    const search = new LineSearch(attributedText);
    const lines = linesOf('needle', 'hay', 'needle');
    find(search, 'needle', lines);
    expect(find(search, 'needle', lines.slice(1))).toEqual([3]);
  });

  it('pauses when it is told to, and goes on from there', () => {
    const search = new LineSearch(attributedText);
    const lines = Array.from({ length: 1_000 }, (_, index) => lineOf('needle', index));
    let asked = 0;
    const third = (): boolean => ++asked === 3;
    expect(search.look('needle', lines, third)).toBe(false);
    expect(search.matches).toHaveLength(512);
    expect(search.look('needle', lines)).toBe(true);
    expect(search.matches).toHaveLength(1_000);
  });

  it('finds nothing without words', () => expect(find(new LineSearch(attributedText), '', linesOf('needle'))).toEqual([]));
});
