import { eventually } from '@slipway/testing';
import { ENVIRONMENT, ExecutorPlatform, PROJECT, slotOf } from './testing/executor-platform.fixture';

jest.setTimeout(120_000);
let platform: ExecutorPlatform;
beforeAll(async () => {
  platform = await ExecutorPlatform.start();
});
afterAll(() => platform?.stop());

describe('an executor on real servers', () => {
  it('brings an approved release into its slot and serves it', async () => {
    await platform.executor();
    const { approved, end } = await platform.deployed({ version: 'v1' });
    expect(end).toMatchObject({ action: 'execution.succeeded', detail: { changed: true } });
    const answer = await fetch(String(end.detail['url']));
    expect(await answer.text()).toBe('v1');
    const slot = await platform.call('get-slot', { id: slotOf() });
    expect(slot).toMatchObject({ release_id: approved.event.resource_id, artifact_version: 'v1', hold: null });
  });
});
