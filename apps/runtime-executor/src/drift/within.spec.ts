import { within } from './within';

describe('a look that is waited for', () => {
  const nothing = new AbortController().signal;
  const never = new Promise<never>(() => undefined);

  it('gives what it saw', async () => {
    await expect(within(Promise.resolve('seen'), 1000, nothing)).resolves.toBe('seen');
  });
  it('is given up when its target never answers', async () => {
    await expect(within(never, 20, nothing)).rejects.toMatchObject({ code: 'dependency_unavailable' });
  });
  it('is given up when its process ends', async () => {
    const stop = new AbortController();
    const look = within(never, 60_000, stop.signal);
    stop.abort();
    await expect(look).rejects.toMatchObject({ code: 'dependency_unavailable' });
  });
});
