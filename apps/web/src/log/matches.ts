import type { Part } from './ansi';

/** A piece of a line; `match` says which occurrence of the wanted words it belongs to, from 0 on. */
export interface Piece extends Part {
  readonly match: number | undefined;
}

/** Where words begin in a text, regardless of case. */
export function occurrences(text: string, words: string): readonly number[] {
  if (words === '') return [];
  const found: number[] = [];
  const [within, wanted] = [text.toLowerCase(), words.toLowerCase()];
  for (let at = within.indexOf(wanted); at !== -1; at = within.indexOf(wanted, at + wanted.length)) found.push(at);
  return found;
}

/** Cuts the parts of a line where wanted words begin and end. */
export function cut(parts: readonly Part[], words: string): readonly Piece[] {
  const starts = occurrences(parts.map(({ text }) => text).join(''), words);
  const edges = starts.flatMap((start) => [start, start + words.length]);
  let from = 0;
  return parts.flatMap(({ text, style }) => {
    const to = from + text.length;
    const inside = [from, ...edges.filter((edge) => edge > from && edge < to), to];
    from = to;
    return inside.slice(1).map((end, nth) => {
      const start = inside[nth]!;
      const match = starts.findIndex((at) => at <= start && end <= at + words.length);
      return { text: text.slice(start - to + text.length, end - to + text.length), style, match: match === -1 ? undefined : match };
    });
  });
}
