import { leadingSentence, withoutPeriod } from './wording';

describe('withoutPeriod', () => {
  it.each([
    ['The port is taken.', 'The port is taken'],
    ['The port is taken', 'The port is taken'],
    ['Wait for 1.2.', 'Wait for 1.2'],
    ['', ''],
  ])('%j -> %j', (message, expected) => expect(withoutPeriod(message)).toBe(expected));
});

describe('leadingSentence', () => {
  it.each([
    ['Ticket 42', 'Ticket 42. '],
    ['Ticket 42.', 'Ticket 42. '],
    ['', ''],
    [null, ''],
  ])('%j -> %j', (message, expected) => expect(leadingSentence(message)).toBe(expected));
});
