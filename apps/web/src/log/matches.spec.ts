import { cut, occurrences } from './matches';

const RED = { color: 'red' };

describe('occurrences', () => {
  it('are found regardless of case, none within another', () => {
    expect(occurrences('Needle in a needle', 'NEEDLE')).toEqual([0, 12]);
    expect(occurrences('aaaa', 'aa')).toEqual([0, 2]);
    expect(occurrences('anything', '')).toEqual([]);
  });
});

describe('cut', () => {
  it('leaves a line alone that has nothing of it', () =>
    expect(cut([{ text: 'hay', style: RED }], 'needle')).toEqual([{ text: 'hay', style: RED, match: undefined }]));

  it('counts the occurrences of a line', () =>
    expect(cut([{ text: 'a needle, a Needle', style: undefined }], 'needle').map(({ text, match }) => [text, match])).toEqual([
      ['a ', undefined],
      ['needle', 0],
      [', a ', undefined],
      ['Needle', 1],
    ]));

  it('marks words that are of two colours', () =>
    expect(
      cut(
        [
          { text: 'a nee', style: RED },
          { text: 'dle.', style: undefined },
        ],
        'needle',
      ),
    ).toEqual([
      { text: 'a ', style: RED, match: undefined },
      { text: 'nee', style: RED, match: 0 },
      { text: 'dle', style: undefined, match: 0 },
      { text: '.', style: undefined, match: undefined },
    ]));
});
