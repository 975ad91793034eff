import { mentionAt, withMention } from './mentions';

describe('mentions', () => {
  it.each([
    ['@', 1, { from: 0, typed: '' }],
    ['look at this @an', 16, { from: 13, typed: 'an' }],
    ['ann@example', 11, undefined],
    ['@ann please', 11, undefined],
    ['@delegate:ann/bot', 17, { from: 0, typed: 'delegate:ann/bot' }],
  ])('%s, caret at %d', (text, caret, expected) => expect(mentionAt(text, caret)).toEqual(expected));

  it('completes in the middle of a text', () => expect(withMention('ask @an about it', 7, 'ann')).toBe('ask @ann  about it'));
});
