import { Refresher } from './refresher';

type Round = { key: string; rows: readonly string[] };

/** A refresher whose rounds take `ms`, and what it has asked for. */
function refresher(ms = 30) {
  const asked: Round[] = [];
  const refresh = (key: readonly string[], rows: ReadonlySet<string> | undefined): Promise<void> => {
    asked.push({ key: key.join('/'), rows: [...(rows ?? [])] });
    return new Promise((done) => setTimeout(done, ms));
  };
  const of = new Refresher(refresh);
  return {
    asked,
    of,
    /** What an event of an approval tells to be old. */
    tell: (ticket: string): void => {
      of.old(['tickets'], ticket);
      of.old(['ticket', ticket], ticket);
      of.old(['release', `rel-${ticket}`], ticket);
      of.old(['audit'], `evt-${ticket}`);
    },
    roundsOf: (key: string): Round[] => asked.filter((round) => round.key === key),
  };
}
const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

describe('Refresher', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks once for what comes together, naming the rows', async () => {
    const { of, asked } = refresher();
    of.old(['tickets'], 'tkt-1');
    of.old(['tickets'], 'tkt-2');
    of.old(['ticket', 'tkt-2'], 'tkt-2');
    await pass(1_000);
    expect(asked).toEqual([
      { key: 'tickets', rows: ['tkt-1', 'tkt-2'] },
      { key: 'ticket/tkt-2', rows: [] },
    ]);
  });

  it('shows the steps of one deployment as they come', async () => {
    const { tell, roundsOf } = refresher();
    for (let step = 0; step < 10; step++) {
      tell('tkt-1');
      await pass(400);
    }
    expect(roundsOf('tickets')).toHaveLength(10);
  });

  it('asks a few times while 500 events arrive in three seconds, misses none of them, and comes to rest', async () => {
    const { tell, roundsOf, asked } = refresher();
    for (let event = 0; event < 500; event++) {
      tell(`tkt-${event}`);
      await pass(6);
    }
    const during = roundsOf('tickets').length;
    await pass(2_200);
    expect(during).toBeLessThanOrEqual(5);
    expect(roundsOf('tickets').length).toBeLessThanOrEqual(6);
    expect(roundsOf('tickets').flatMap(({ rows }) => rows)).toHaveLength(500);
    expect(new Set(roundsOf('audit').flatMap(({ rows }) => rows)).size).toBe(500);
    const whole = asked.length;
    await pass(60_000);
    expect(asked).toHaveLength(whole);
  });

  it('has one round at a time where the gateway is slow, and rests for as long as a round takes', async () => {
    const { tell, roundsOf } = refresher(1_500);
    for (let second = 0; second < 12; second++) {
      tell('tkt-1');
      await pass(1_000);
    }
    expect(roundsOf('tickets').length).toBeLessThanOrEqual(5);
  });

  it('is itself again after a storm', async () => {
    const { tell, roundsOf } = refresher();
    for (let event = 0; event < 500; event++) tell(`tkt-${event}`);
    await pass(10_000);
    const before = roundsOf('tickets').length;
    tell('tkt-9');
    await pass(130);
    expect(roundsOf('tickets')).toHaveLength(before + 1);
  });

  it('asks nothing more once it is stopped', async () => {
    const { of, asked, tell } = refresher();
    tell('tkt-1');
    of.stop();
    await pass(5_000);
    expect(asked).toEqual([]);
  });
});
