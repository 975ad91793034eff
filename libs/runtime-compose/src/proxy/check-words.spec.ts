import { probeWords } from './check-words';

describe('what a readiness probe got', () => {
  it.each([
    [null, 'nothing yet'],
    ['L7STS 503', 'it answers 503'],
    ['L4CON', 'the connection is refused'],
    ['L4TOUT', 'it cannot be reached in time'],
    ['L7TOUT', 'it does not answer in time'],
    ['L7RSP', 'it does not speak HTTP'],
    ['SOCKERR', 'SOCKERR'],
  ])('%s: %s', (check, words) => {
    expect(probeWords({ check }, '/ready')).toBe(`readiness probe: GET /ready: ${words}`);
  });
});
