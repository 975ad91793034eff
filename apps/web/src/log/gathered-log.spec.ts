import { GatheredLog, type Log } from './gathered-log';

const line = (text: string, by: string | null = 'start') => ({ at: null, by, text });

describe('GatheredLog', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const gathered = (most = 100) => {
    const shown: Log[] = [];
    return { shown, log: new GatheredLog(most, (log) => shown.push(log)) };
  };

  it('shows lines that come together at once, numbered', () => {
    const { log, shown } = gathered();
    log.add(line('one'));
    log.add(line('two'));
    expect(shown).toEqual([]);
    jest.runAllTimers();
    log.add(line('three'));
    jest.runAllTimers();
    expect(shown.map(({ lines }) => lines.map(({ number, text }) => `${number} ${text}`))).toEqual([
      ['1 one', '2 two'],
      ['1 one', '2 two', '3 three'],
    ]);
  });

  it('names who wrote, in the order in which they began; the same list while nobody new does', () => {
    const { log, shown } = gathered();
    [line('', 'start'), line('', null), line('', 'check'), line('', 'start')].forEach((written) => log.add(written));
    log.draw();
    expect(shown[0]!.writers).toEqual(['start', 'check']);
    log.add(line('', 'check'));
    log.draw();
    expect(shown[1]!.writers).toBe(shown[0]!.writers);
  });

  it('lets go of the oldest; the others keep their numbers', () => {
    const { log, shown } = gathered(10);
    for (let count = 0; count < 12; count++) log.add(line('x'));
    log.draw();
    expect(shown[0]!.lines.map(({ number }) => number)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('shows nothing any more once it is stopped', () => {
    const { log, shown } = gathered();
    log.add(line('one'));
    log.stop();
    jest.runAllTimers();
    expect(shown).toEqual([]);
  });
});
