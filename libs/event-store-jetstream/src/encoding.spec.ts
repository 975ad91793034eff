import { subjectMatcher } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { decodeEarlier, encodeEarlier } from './earlier';
import { consumerFilters } from './filters';

const ascending = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 40 }), { maxLength: 256 }).map((list) => list.sort((a, b) => a - b));

describe('the list of earlier positions', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(ascending, fc.integer({ min: 0, max: 20 }), (positions, inBatch) => {
        const position = (positions.at(-1) ?? 0) + 1 + inBatch;
        const distances = Array.from({ length: inBatch }, (_, index) => inBatch - index);
        const near = distances.map((distance) => position - distance);
        expect(decodeEarlier(encodeEarlier({ positions, distances }), position)).toEqual([...positions, ...near]);
      }),
    );
  });

  it('is short for the latest 256 of an aggregate in a log of millions', () => {
    const positions = Array.from({ length: 256 }, (_, index) => 1_000_000 + index * 1000);
    expect(encodeEarlier({ positions, distances: [] }).length).toBeLessThan(1024);
  });

  it.each(['5', '5;1', 'x', '1.0', ';9', '-1'])('refuses what names no positions before the event: %s', (text) => {
    expect(() => decodeEarlier(text, 5)).toThrow(RangeError);
  });
});

describe('consumerFilters', () => {
  const token = fc.constantFrom('a', 'b', '*');
  const filter = fc
    .tuple(fc.array(token, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([tokens, open]) => [...tokens, ...(open ? ['>'] : [])].join('.'));
  const subject = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 }).map((tokens) => tokens.join('.'));

  it('lets through everything that was asked for', () => {
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 5 }), subject, (filters, given) => {
        if (subjectMatcher(filters)(given)) expect(subjectMatcher(consumerFilters(filters))(given)).toBe(true);
      }),
    );
  });

  it('never gives two that match the same subject', () => {
    fc.assert(
      fc.property(fc.array(filter, { maxLength: 5 }), subject, (filters, given) => {
        expect(consumerFilters(filters).filter((each) => subjectMatcher([each])(given)).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keeps filters that stand apart, and the outer of nested ones', () => {
    expect(consumerFilters(['events.*.release.>', 'events.*.slot.>'])).toEqual(['events.*.release.>', 'events.*.slot.>']);
    expect(consumerFilters(['events.*.release.>', 'events.*.release.applied.*'])).toEqual(['events.*.release.>']);
    expect(consumerFilters(['events.a.*.x.1', 'events.*.b.x.1'])).toEqual([]);
  });

  it('filters nothing where several whole types are asked for: on a long log that costs more than sending it all', () => {
    const types = ['release', 'approval', 'execution'].map((type) => `events.*.${type}.>`);
    expect(consumerFilters(types)).toEqual([]);
    const actions = ['approved', 'rejected', 'expired'].map((action) => `events.*.approval.${action}.*`);
    expect(consumerFilters(actions)).toEqual(actions);
  });
});
