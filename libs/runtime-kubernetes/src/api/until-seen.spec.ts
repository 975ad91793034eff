import { KubeApiError } from './kube-errors';
import { untilSeen, type Watching } from './until-seen';

describe('what is waited for on watches', () => {
  const nothing = new AbortController().signal;
  /** One list whose look answers what `seen` holds. */
  const wait = (signal = nothing) => {
    const list: { seen?: string; hooks?: Watching } = {};
    const verdict = untilSeen(signal, async (watching) => {
      list.hooks = watching();
      return () => list.seen;
    });
    return { list, verdict };
  };

  it('is seen at once where it is there', async () => {
    await expect(untilSeen(nothing, async () => () => 'there')).resolves.toBe('there');
  });

  it('is seen when a change brings it, and ends the lists', async () => {
    const { list, verdict } = wait();
    await new Promise(setImmediate);
    list.seen = 'come';
    list.hooks!.onChange();
    await expect(verdict).resolves.toBe('come');
    expect(list.hooks!.signal.aborted).toBe(true);
  });

  it('ends with the signal', async () => {
    const stop = new AbortController();
    const { verdict } = wait(stop.signal);
    stop.abort(new Error('told to stop'));
    await expect(verdict).rejects.toThrow('told to stop');
  });

  it('cannot be told while a list is not current, and can once it is again', async () => {
    const broken = wait();
    broken.list.hooks!.onError(new Error('the watch broke'));
    broken.list.seen = 'late';
    await expect(broken.verdict).rejects.toMatchObject({
      code: 'dependency_unavailable',
      message: expect.stringContaining('the watch broke'),
    });
    const mended = wait();
    mended.list.hooks!.onError(new Error('the watch broke'));
    mended.list.seen = 'there';
    mended.list.hooks!.onChange();
    await expect(mended.verdict).resolves.toBe('there');
  });

  it('is told from looks where watching is not allowed', async () => {
    const { list, verdict } = wait();
    list.hooks!.onError(new KubeApiError(403, 'Forbidden', 'cannot watch endpoints', undefined));
    list.seen = 'looked at';
    await expect(verdict).resolves.toBe('looked at');
  });
});
