import { LineSearch } from './line-search';

const searchOf = (...lines: string[]): LineSearch => {
  const search = new LineSearch();
  for (const line of lines) search.add(line);
  return search;
};

describe('LineSearch', () => {
  it('numbers lines from 1 on, a line as often as it has the words', () =>
    expect(searchOf('needle and needle', 'hay', 'a needle').find('needle')).toEqual([1, 1, 3]));

  it('minds neither case nor colour', () => expect(searchOf('\u001b[31mRead\u001b[0my to serve', 'nothing').find('READY')).toEqual([1]));

  it('finds what came since for the same words, and begins anew for others', () => {
    const search = searchOf('one needle', 'two');
    expect(search.find('needle')).toEqual([1]);
    search.add('three');
    search.add('four needle');
    expect(search.find('needle')).toEqual([1, 4]);
    expect(search.find('t')).toEqual([2, 3]);
    expect(search.find('needle')).toEqual([1, 4]);
  });

  it('finds nothing without words', () => expect(searchOf('needle').find('')).toEqual([]));

  it('finds nothing of what it let go, and numbers the rest from 1 on', () => {
    const search = searchOf('needle', 'hay', 'needle');
    expect(search.find('needle')).toEqual([1, 3]);
    search.forget(1);
    expect(search.find('needle')).toEqual([2]);
    search.forget(2);
    search.add('hay');
    search.add('needle');
    expect(search.find('needle')).toEqual([2]);
  });
});
