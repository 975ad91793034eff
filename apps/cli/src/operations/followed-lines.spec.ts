import { FollowedLines } from './followed-lines';

describe('lines that are followed over a break', () => {
  const followed = (tail = 100) => {
    const shown: string[] = [];
    const lines = new FollowedLines(tail, ({ replica, line }) => shown.push(`${replica} ${line}`));
    const take = (replica: string, ...written: string[]): void => {
      for (const line of written) lines.take({ at: null, release_id: 'rel-1', process: 'web', replica, line });
    };
    return { lines, take, shown };
  };

  it('are shown as they come, and the repeated ones once', () => {
    const { lines, take, shown } = followed();
    take('a', 'one', 'two', 'three');
    lines.broke();
    take('a', 'one', 'two', 'three', 'four');
    lines.broke();
    take('a', 'three', 'four', 'five');
    expect(shown).toEqual(['a one', 'a two', 'a three', 'a four', 'a five']);
  });

  it('of each replica are told apart, also one that is new', () => {
    const { lines, take, shown } = followed();
    take('a', 'up');
    take('b', 'up');
    lines.broke();
    take('b', 'up', 'b works');
    take('a', 'up', 'a works');
    take('c', 'up');
    expect(shown).toEqual(['a up', 'b up', 'b b works', 'a a works', 'c up']);
  });

  it('that say the same again and again are no more than the tail', () => {
    const { lines, take, shown } = followed(3);
    take('a', 'tick', 'tick', 'tick', 'tick', 'tick');
    lines.broke();
    take('a', 'tick', 'tick', 'tick', 'tick');
    expect(shown).toHaveLength(6);
  });

  it('are all shown when none of them was shown before', () => {
    const { lines, take, shown } = followed();
    take('a', 'one', 'two');
    lines.broke();
    take('a', 'seven', 'eight');
    lines.broke();
    take('a', 'two', 'nine');
    expect(shown).toEqual(['a one', 'a two', 'a seven', 'a eight', 'a two', 'a nine']);
  });

  it('begin with nothing old when no tail is asked for', () => {
    const { lines, take, shown } = followed(0);
    take('a', 'one');
    lines.broke();
    take('a', 'one');
    expect(shown).toEqual(['a one', 'a one']);
  });
});
