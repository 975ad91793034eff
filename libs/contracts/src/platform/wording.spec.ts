import { withoutPeriod } from './wording';

describe('withoutPeriod', () => {
  it.each([
    ['The port is taken.', 'The port is taken'],
    ['The port is taken', 'The port is taken'],
    ['Wait for 1.2.', 'Wait for 1.2'],
    ['', ''],
  ])('%j -> %j', (message, expected) => expect(withoutPeriod(message)).toBe(expected));
});
