import type { VerificationCheck } from '../observation';
import { verificationCheck } from './verification-check';
import { verifyByEndpoints, type VerificationLook } from './verify-by-endpoints';

describe('a verification', () => {
  const log: string[] = [];
  const asked: string[] = [];
  const look = (given: Partial<VerificationLook> = {}): VerificationLook => ({
    verification: {
      health: { path: '/healthz', expect_status: 200 },
      smoke: [{ name: 'greets', path: '/hello', expect_status: 200 }],
      watch_ms: 0,
    },
    serves: true,
    ask: (path) => {
      asked.push(path);
      return Promise.resolve({ status: 200, body: '', failure: null });
    },
    figures: () => Promise.resolve({ restarts: 0, missing: [] }),
    pace: { everyMs: 1, healthWithinMs: 0, unreadyMs: 0 },
    context: { signal: new AbortController().signal, log: (line) => log.push(line) },
    ...given,
  });
  const names = (checks: readonly VerificationCheck[]): string[] => checks.map(({ name }) => name);
  const pass = verificationCheck('availability', 'pass', 'every replica is ready');
  beforeEach(() => {
    log.length = 0;
    asked.length = 0;
  });

  it('asks the endpoints, watches, and logs every check', async () => {
    expect(names(await verifyByEndpoints([pass], look()))).toEqual(['availability', 'health-endpoint', 'smoke-greets', 'watch']);
    expect(asked).toEqual(['/healthz', '/hello', '/healthz']);
    expect(log[0]).toBe('availability: pass: every replica is ready');
    expect(log).toHaveLength(4);
  });

  it('watches nothing that has failed already', async () => {
    const failed = verificationCheck('availability', 'fail', 'no replica is ready');
    expect(names(await verifyByEndpoints([failed], look()))).toEqual(['availability', 'health-endpoint', 'smoke-greets']);
  });

  it('asks nothing of a release that serves no requests', async () => {
    expect(names(await verifyByEndpoints([pass], look({ serves: false })))).toEqual(['availability', 'watch']);
    expect(asked).toEqual([]);
  });
});
