import fastDiff from 'fast-diff';

const CONTEXT = 3;
const FIRST_CHARACTER = 0x100;

interface Line {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
}
const SIGN = new Map<number, Line['sign']>([
  [fastDiff.EQUAL, ' '],
  [fastDiff.INSERT, '+'],
  [fastDiff.DELETE, '-'],
]);

/** Line by line: every different line becomes one character, so that a character diff compares whole lines. */
function compare(before: string, after: string): Line[] {
  const characters = new Map<string, string>();
  const texts = new Map<string, string>();
  const encode = (text: string): string =>
    text
      .split('\n')
      .map((line) => {
        const known = characters.get(line) ?? String.fromCharCode(FIRST_CHARACTER + characters.size);
        characters.set(line, known);
        texts.set(known, line);
        return known;
      })
      .join('');
  return fastDiff(encode(before), encode(after)).flatMap(([kind, run]) =>
    [...run].map((character) => ({ sign: SIGN.get(kind)!, text: texts.get(character)! })),
  );
}

/** Unified diff hunks of two texts, three lines of context around each change; none where they are equal. */
export function unifiedHunks(before: string, after: string): string[] {
  const lines = compare(before, after);
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== ' '));
  const hunks: string[] = [];
  let [oldLine, newLine] = [1, 1];
  for (let index = 0; index < lines.length;) {
    if (!near[index]) {
      oldLine += 1;
      newLine += 1;
      index += 1;
      continue;
    }
    const end = near.indexOf(false, index);
    const part = lines.slice(index, end === -1 ? undefined : end);
    const count = (sign: string): number => part.filter((line) => line.sign !== sign).length;
    const [oldCount, newCount] = [count('+'), count('-')];
    hunks.push(`@@ -${oldLine},${oldCount} +${newLine},${newCount} @@\n${part.map(({ sign, text }) => sign + text).join('\n')}\n`);
    oldLine += oldCount;
    newLine += newCount;
    index += part.length;
  }
  return hunks;
}

/** The hunks as one unified diff of a file, with the header that its readers look for; none where the texts are equal. */
export function unifiedDiff(before: string, after: string, name = 'manifest.yaml'): string[] {
  const hunks = unifiedHunks(before, after);
  return hunks.length === 0 ? [] : [`--- a/${name}\n+++ b/${name}\n${hunks.join('')}`];
}
