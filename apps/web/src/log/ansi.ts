import { createColorPalette, parseAnsiSequences, type Color, type DecorationType } from 'ansi-sequence-parser';
import type { CSSProperties } from 'react';

/** Text of one look. */
export interface Part {
  readonly text: string;
  readonly style: CSSProperties | undefined;
}

const ESCAPE = '\u001b';
/** Control sequences, commands to the terminal, and escapes of one letter. */
const SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const LOOK = /^\u001b\[[\d;]*m$/;

/** What can be read on the dark ground of log-text.css. */
const PALETTE = createColorPalette({
  black: '#8b949e',
  red: '#ff7b72',
  green: '#3fb950',
  yellow: '#e3b341',
  blue: '#79b8ff',
  magenta: '#d2a8ff',
  cyan: '#56d4dd',
  white: '#e6edf3',
  brightBlack: '#a5afba',
  brightRed: '#ffa198',
  brightGreen: '#7ee787',
  brightYellow: '#f2cc60',
  brightBlue: '#a5d6ff',
  brightMagenta: '#e2c5ff',
  brightCyan: '#b3f0ff',
  brightWhite: '#ffffff',
});

const DECORATIONS: Readonly<Record<DecorationType, CSSProperties>> = {
  bold: { fontWeight: 700 },
  dim: { opacity: 0.8 },
  italic: { fontStyle: 'italic' },
  underline: { textDecoration: 'underline' },
  overline: { textDecoration: 'overline' },
  strikethrough: { textDecoration: 'line-through' },
  reverse: { filter: 'invert(1)' },
  hidden: { visibility: 'hidden' },
};

/** Text without ANSI sequences. */
export const withoutAnsi = (text: string): string => (text.includes(ESCAPE) ? text.replace(SEQUENCE, '') : text);

/** Text by how its ANSI sequences want it to look; sequences that ask for something else are left out. */
export function partsOf(text: string): readonly Part[] {
  if (!text.includes(ESCAPE)) return [{ text, style: undefined }];
  const looks = text.replace(SEQUENCE, (sequence) => (LOOK.test(sequence) ? sequence : ''));
  return parseAnsiSequences(looks).map(({ value, foreground, background, decorations }) => ({
    text: value,
    style: Object.assign(
      {},
      colour('color', foreground),
      colour('backgroundColor', background),
      ...[...decorations].map((name) => DECORATIONS[name]),
    ),
  }));
}

const colour = (property: 'color' | 'backgroundColor', value: Color | null): CSSProperties =>
  value === null ? {} : { [property]: PALETTE.value(value) };
