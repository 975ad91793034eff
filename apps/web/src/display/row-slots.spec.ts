import { RowSlots } from './row-slots';

describe('RowSlots', () => {
  it('gives each row in sight a slot of its own', () => expect(new RowSlots().of(['a', 'b', 'c'])).toEqual([0, 1, 2]));

  it('keeps the slots of rows that stay, wherever they have moved to', () => {
    const slots = new RowSlots();
    slots.of(['a', 'b', 'c']);
    expect(slots.of(['new', 'a', 'b', 'c'])).toEqual([3, 0, 1, 2]);
  });

  it('gives rows that come the slots of those that went, in their order', () => {
    const slots = new RowSlots();
    slots.of(['a', 'b', 'c']);
    expect(slots.of(['c', 'd', 'e'])).toEqual([2, 0, 1]);
    expect(slots.of(['x', 'y', 'z'])).toHaveLength(3);
    expect(new Set(slots.of(['x', 'y', 'z']))).toEqual(new Set([0, 1, 2]));
  });

  it('makes no more than are in sight at once', () => {
    const slots = new RowSlots();
    slots.of(['a', 'b', 'c']);
    slots.of(['d']);
    expect(slots.of(['e', 'f'])).toHaveLength(2);
    expect(Math.max(...slots.of(['g', 'h']))).toBeLessThan(5);
  });
});
