import { outputOf } from './output';

const ESC = '\u001b';
function printed(act: (output: ReturnType<typeof outputOf>) => void, { json = false, colours = false } = {}) {
  const [out, err] = [[] as string[], [] as string[]];
  const into = (lines: string[]) => ({ write: (text: string) => lines.push(text) }) as unknown as NodeJS.WriteStream;
  act(outputOf(into(out), json, colours ? { FORCE_COLOR: '1' } : {}, into(err)));
  return { out: out.join(''), err: err.join('') };
}

describe('text of others', () => {
  const hostile = `fine${ESC}[3A${ESC}[2K  risk low\r${ESC}]0;title\u0007\u009b2J\u007f`;
  const harmless = 'fine␛[3A␛[2K  risk low␍␛]0;title␇\ufffd2J␡';

  it('asks nothing of the terminal: it is shown what it would have obeyed', () => {
    expect(printed((output) => output.line(`by ann: ${hostile}`)).out).toBe(`by ann: ${harmless}\n`);
    expect(printed((output) => output.table(['WHAT'], [[hostile]])).out).toBe(`WHAT\n${harmless}\n`);
    expect(printed((output) => output.note(hostile)).err).toBe(`  ${harmless}\n`);
  });

  it('is not reordered and hides nothing', () => {
    expect(printed((output) => output.line('a\u202Eb\u2066c\u200Bd\uFEFFe\u{E0041}f')).out).toBe('abcdef\n');
    expect(printed((output) => output.line('👩\u200D💻 میی\u200Cخواهم')).out).toBe('👩\u200D💻 میی\u200Cخواهم\n');
  });

  it('cannot begin a line as ours begin, nor a row of a table', () => {
    expect(printed((output) => output.line('why: one\r\n  risk      low')).out).toBe('why: one\n          |   risk      low\n');
    expect(printed((output) => output.table(['A', 'B'], [['one\ntwo', 'three']])).out).toBe('A        B\none two  three\n');
  });

  it('keeps our colours, and none where there are none', () => {
    const line = (output: ReturnType<typeof outputOf>): void => output.line(`${output.paint('red', 'high')} ${ESC}[8mhidden${ESC}[5m`);
    expect(printed(line, { colours: true }).out).toBe(`${ESC}[31mhigh${ESC}[0m ␛[8mhidden␛[5m\n`);
    expect(printed(line).out).toBe('high ␛[8mhidden␛[5m\n');
  });

  it('in JSON is the same value, escaped', () => {
    const value = { comment: `${hostile}\u202E\u{E0041}é\n` };
    for (const print of ['document', 'record'] as const) {
      const { out } = printed((output) => output[print](value), { json: true });
      expect(JSON.parse(out)).toEqual(value);
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u{e0041}]/u);
      expect(out).toContain('é');
    }
  });
});

it('a line of a log keeps its colours, which end with it, and no other sequence', () => {
  const line = (text: string): string => printed((output) => output.logLine('12:00 | ', text)).out;
  expect(line(`${ESC}[1;38;5;9mred`)).toBe(`12:00 | ${ESC}[1;38;5;9mred${ESC}[0m\n`);
  expect(line(`${ESC}[2K${ESC}[1Gdone ${ESC}]8;;http://x\u0007link${ESC}]8;;\u0007\r`)).toBe('12:00 | done link\n');
  expect(line(`a\rb${ESC}]0;unended`)).toBe('12:00 | a␍b␛]0;unended\n');
});

it('notes are no part of the answer: of people on standard error, for programs as JSON', () => {
  expect(printed((output) => output.note('no logs'))).toEqual({ out: '', err: '  no logs\n' });
  expect(JSON.parse(printed((output) => output.note('no logs'), { json: true }).err)).toEqual({ kind: 'note', detail: 'no logs' });
});
