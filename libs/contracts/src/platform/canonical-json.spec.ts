import fc from 'fast-check';
import { canonicalJson, digestOf, sameJson } from './canonical-json';
import { deriveId, ID_PREFIX, isDerivedId, isName, type IdKind } from './names';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
};

describe('canonicalJson', () => {
  it('does not depend on the order of members', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))));
  });

  it('is JSON of the same value, so that different values have different digests', () => {
    const roundTrip = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(JSON.parse(canonicalJson(value))).toEqual(roundTrip(value))));
  });

  it('leaves out members that are undefined', () => {
    expect(canonicalJson({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
    expect(digestOf({ b: undefined, a: 1 })).toBe(digestOf({ a: 1 }));
  });
});

describe('sameJson', () => {
  it('sees values and the order of lists, not the order of members, at any depth', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(sameJson([{ value }], [shuffled({ value })])).toBe(true)));
    expect(sameJson([{ a: 1, b: 2 }], [{ b: 2, a: 1 }])).toBe(true);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson({ a: 1 }, { a: '1' })).toBe(false);
  });
});

describe('deriveId', () => {
  const kinds = fc.constantFrom(...(Object.keys(ID_PREFIX) as IdKind[]));
  const parts = fc.array(fc.string(), { maxLength: 4 });

  it('gives a name that is recognised as an id', () => {
    fc.assert(
      fc.property(kinds, parts, (kind, given) => {
        const id = deriveId(kind, ...given);
        expect([isDerivedId(id), isName(id), id.startsWith(`${ID_PREFIX[kind]}-`)]).toEqual([true, true, true]);
      }),
    );
  });

  it('is the same for the same cause, and for no other', () => {
    fc.assert(
      fc.property(kinds, parts, parts, (kind, one, other) => {
        expect(deriveId(kind, ...one) === deriveId(kind, ...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
    expect(deriveId('release', 'ab', 'c')).not.toBe(deriveId('release', 'a', 'bc'));
  });
});
