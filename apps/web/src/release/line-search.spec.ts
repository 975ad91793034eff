import { LineSearch } from './line-search';

const searchOf = (...lines: string[]): LineSearch => {
  const search = new LineSearch();
  search.add(lines);
  return search;
};

describe('LineSearch', () => {
  it('numbers lines from 1 on, a line as often as it has the words', () =>
    expect(searchOf('needle and needle', 'hay', 'a needle').find('needle')).toEqual([1, 1, 3]));

  it('minds neither case nor colour', () => expect(searchOf('\u001b[31mRead\u001b[0my to serve', 'nothing').find('READY')).toEqual([1]));

  it('finds what came since for the same words, and begins anew for others', () => {
    const search = searchOf('one needle', 'two');
    expect(search.find('needle')).toEqual([1]);
    search.add(['three', 'four needle']);
    expect(search.find('needle')).toEqual([1, 4]);
    expect(search.find('t')).toEqual([2, 3]);
    expect(search.find('needle')).toEqual([1, 4]);
  });

  it('finds nothing without words, and nothing of what was cleared', () => {
    const search = searchOf('needle');
    expect(search.find('')).toEqual([]);
    search.find('needle');
    search.clear();
    search.add(['hay', 'needle']);
    expect(search.find('needle')).toEqual([2]);
  });
});
