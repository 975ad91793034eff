/**
 * Text of others for a terminal, which obeys some characters rather than shows them: a comment on a ticket could move the cursor and
 * repaint the line that says how risky it is. What would be obeyed is shown instead, and nothing is swallowed.
 */

/** Control characters (C0, DEL, C1) but for line feed and tab. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** The same but for the colours of `paint`: all that a line may ask of a terminal. */
const ALL_BUT_OWN_COLOURS = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]|\u001b(?!\[(?:0|1|2|31|32|33|36)m)/g;
const ALL_BUT_COLOURS = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]|\u001b(?!\[[0-9;:]*m)/g;
/** Reorder or hide what a person reads: marks of direction, line separators, zero-width characters, tags. Joiners stay: scripts and emoji need them. */
const HIDING = /[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;
const SEQUENCES = /\u001b(?:\[[0-9;?<=>]*[@-ln-~]|\][^\u0007\u001b\n]*(?:\u0007|\u001b\\))/g;

/** Where a line goes on that has more than one: text cannot begin a line as our own begin. */
const CONTINUED = '\n          | ';

/** The character that stands for a control. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

const shown = (text: string, obeyed: RegExp): string => text.replace(/\r\n/g, '\n').replace(HIDING, '').replace(obeyed, picture);
const ours = (text: string, colours: boolean): string => shown(text, colours ? ALL_BUT_OWN_COLOURS : CONTROLS);

/** A line of ours that may hold text of others. */
export const harmlessLine = (text: string, colours: boolean): string => ours(text, colours).replaceAll('\n', CONTINUED);

/** A cell of a table: one line. */
export const harmlessCell = (text: string, colours: boolean): string => ours(text, colours).replace(/\s*\n\s*/g, ' ');

/** A line of a log: its colours stay, and end with it; what else a program asks of its terminal is left out. */
export function harmlessLog(text: string): string {
  const line = shown(text.trimEnd().replace(SEQUENCES, ''), ALL_BUT_COLOURS);
  return line.includes('\u001b') ? `${line}\u001b[0m` : line;
}

/** The same JSON with every character escaped that a terminal would obey; JSON.stringify leaves some. */
export const harmlessJson = (json: string): string =>
  json.replace(new RegExp(`[\\u007f-\\u009f]|${HIDING.source}`, 'gu'), (found) =>
    [...Array(found.length).keys()].map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
