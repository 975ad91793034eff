import { TargetRounds, type Look } from './target-rounds';

interface Slot {
  readonly targetId: string;
  readonly slotId: string;
}
const slots = (targetId: string, count: number): Slot[] =>
  Array.from({ length: count }, (_, index) => ({ targetId, slotId: `${targetId}-${index}` }));

describe('rounds over the slots of many targets', () => {
  let elapsed: number;
  let seen: string[];
  let passed: string[];
  let answers: (slot: Slot) => Promise<Look>;
  let rounds: TargetRounds<Slot>;
  beforeEach(() => {
    elapsed = 0;
    [seen, passed] = [[], []];
    answers = async () => 'done';
    rounds = new TargetRounds({
      look: (slot) => {
        seen.push(slot.slotId);
        return answers(slot);
      },
      passOver: ({ slotId }) => passed.push(slotId),
      intervalMs: 1000,
      elapsedMs: () => elapsed,
    });
  });

  it('look at every slot while one target never answers, again and again', async () => {
    answers = ({ targetId }) => (targetId === 'dead' ? new Promise<never>(() => undefined) : Promise.resolve('done'));
    const all = [...slots('dead', 2), ...slots('a', 2), ...slots('b', 1)];
    void rounds.go(all);
    await new Promise(setImmediate);
    void rounds.go(all);
    await new Promise(setImmediate);
    const others = ['a-0', 'a-1', 'b-0'];
    expect(seen.filter((slotId) => slotId !== 'dead-0').sort()).toEqual([...others, ...others].sort());
    expect(seen.filter((slotId) => slotId === 'dead-0')).toHaveLength(1);
  });

  it('pass over the other slots of a silent target, and ask it again later and later', async () => {
    answers = async () => 'silent';
    const asked: number[] = [];
    for (; elapsed < 12_000; elapsed += 1000) {
      await rounds.go(slots('dead', 3));
      if (seen.length > 0) asked.push(elapsed);
      seen.length = 0;
    }
    expect(asked).toEqual([0, 2000, 6000, 10_000]);
    expect(passed.slice(0, 5)).toEqual(['dead-1', 'dead-2', 'dead-0', 'dead-1', 'dead-2']);
  });

  it('look at all of a target once it answers again', async () => {
    answers = async () => 'silent';
    await rounds.go(slots('a', 2));
    answers = async () => 'done';
    elapsed = 2000;
    await rounds.go(slots('a', 2));
    elapsed = 3000;
    await rounds.go(slots('a', 2));
    expect(seen).toEqual(['a-0', 'a-0', 'a-1', 'a-0', 'a-1']);
  });

  it('go on past a slot that is wrong by itself', async () => {
    answers = async ({ slotId }) => (slotId === 'a-0' ? 'failed' : 'done');
    await rounds.go(slots('a', 2));
    await rounds.go(slots('a', 2));
    expect(seen).toEqual(['a-0', 'a-1', 'a-0', 'a-1']);
  });

  it('ask sixteen targets at once, and the others when one of them is through', async () => {
    let answer: (look: Look) => void = () => undefined;
    answers = () => new Promise((resolve) => (answer = resolve));
    const all = Array.from({ length: 20 }, (_, index) => ({ targetId: `t${index}`, slotId: `t${index}` }));
    void rounds.go(all);
    await new Promise(setImmediate);
    expect(seen).toHaveLength(16);
    answer('done');
    await new Promise(setImmediate);
    expect(seen).toHaveLength(17);
  });
});
