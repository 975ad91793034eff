import { tellingLine } from './telling-line';

describe('the line of a log that says what is wrong', () => {
  it.each([
    [['Error: no database', '    at Module._compile (node:internal/error:1)', '', 'Node.js v20.20.2'], 'Error: no database'],
    [['web-1: TypeError: x', 'web-1:     at main (error.js:3)', 'web-1: Node.js v20'], 'web-1: TypeError: x'],
    [['starting', 'cannot start: the database is not there'], 'cannot start: the database is not there'],
    [['starting', 'bye'], 'bye'],
    [[], undefined],
  ])('of %j is %j', (lines, expected) => expect(tellingLine(lines)).toBe(expected));
});
