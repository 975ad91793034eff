import { SharedReads } from './shared-reads';

/** A source whose reads end when told, and see what it holds when they begin. */
function source() {
  let value = 0;
  const open: (() => void)[] = [];
  let begun = 0;
  return {
    set: (to: number) => (value = to),
    read: () => {
      begun++;
      const seen = value;
      return new Promise<number>((resolve) => open.push(() => resolve(seen)));
    },
    endOne: () => open.shift()!(),
    begun: () => begun,
  };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('shared reads', () => {
  it('never hands out a read that began before it was asked for', async () => {
    const { set, read, endOne, begun } = source();
    const shared = new SharedReads<number>();
    const first = shared.read('k', read);
    set(1);
    const second = shared.read('k', read);
    const third = shared.read('k', read);
    expect(begun()).toBe(1);
    endOne();
    expect(await first).toBe(0);
    await turn();
    expect(begun()).toBe(2);
    set(2);
    const fourth = shared.read('k', read);
    endOne();
    expect([await second, await third]).toEqual([1, 1]);
    await turn();
    endOne();
    expect(await fourth).toBe(2);
    expect(begun()).toBe(3);
  });

  it('passes a failure to those who shared it, and reads again for the next', async () => {
    const shared = new SharedReads<number>();
    const failing = shared.read('k', () => Promise.reject(new Error('gone')));
    const after = shared.read('k', () => Promise.resolve(7));
    await expect(failing).rejects.toThrow('gone');
    expect(await after).toBe(7);
    expect(await shared.read('k', () => Promise.resolve(8))).toBe(8);
  });

  it('lets callers with time share the read after the gap, and never an earlier one', async () => {
    const { set, read, endOne, begun } = source();
    const shared = new SharedReads<number>();
    const first = shared.read('k', read, 20);
    endOne();
    expect(await first).toBe(0);
    set(1);
    const patient = [shared.read('k', read, 20), shared.read('k', read, 20)];
    expect(begun()).toBe(1);
    while (begun() < 2) await turn();
    endOne();
    expect(await Promise.all(patient)).toEqual([1, 1]);
    set(2);
    const hurried = shared.read('k', read);
    expect(begun()).toBe(3);
    endOne();
    expect(await hurried).toBe(2);
  });

  it('keeps keys apart and forgets them', async () => {
    const shared = new SharedReads<string>();
    const [a, b] = await Promise.all([shared.read('a', async () => 'a'), shared.read('b', async () => 'b')]);
    expect([a, b]).toEqual(['a', 'b']);
    await shared.read('c', async () => 'c', 5);
    while ((Reflect.get(shared, 'readings') as Map<string, unknown>).size > 0) await turn();
  });
});
