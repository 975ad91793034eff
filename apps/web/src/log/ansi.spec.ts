import { partsOf, withoutAnsi } from './ansi';

const ESC = '\u001b';

describe('partsOf', () => {
  it('is the text itself where nothing colours it', () => expect(partsOf('plain')).toEqual([{ text: 'plain', style: undefined }]));

  it('gives colours and weights, each until it ends', () =>
    expect(partsOf(`${ESC}[1;31mbad${ESC}[22m still red${ESC}[0m done`)).toEqual([
      { text: 'bad', style: { color: '#ff7b72', fontWeight: 700 } },
      { text: ' still red', style: { color: '#ff7b72' } },
      { text: ' done', style: {} },
    ]));

  it('knows the 256 colours and true ones', () =>
    expect(partsOf(`${ESC}[38;5;196mred${ESC}[0m ${ESC}[48;2;1;2;3mon dark`).map(({ style }) => style)).toEqual([
      { color: '#ff0000' },
      {},
      { backgroundColor: '#010203' },
    ]));

  it('leaves out what moves a cursor, clears a line or names a window', () =>
    expect(partsOf(`${ESC}[2K${ESC}[1Gstep ${ESC}]0;title${'\u0007'}one${ESC}M`).map(({ text }) => text)).toEqual(['step one']));
});

describe('withoutAnsi', () => {
  it('keeps the words', () => expect(withoutAnsi(`${ESC}[31mRead${ESC}[0my ${ESC}[2Kto serve`)).toBe('Ready to serve'));
});
