import type { KubernetesManifest } from '../render/manifest';
import { rollingShares } from './rolling-share';

const serving = (replicas: number) => ({ processes: { web: { replicas, port: true } } }) as unknown as KubernetesManifest;

describe('shares of a rolling update', () => {
  it.each([
    [3, 3, 1, [33, 67, 100]],
    [3, 3, 2, [67, 100]],
    [4, 2, 1, [50, 100, 100, 100]],
    [1, 3, 1, [100]],
    [5, 5, 5, [100]],
  ])('%i replicas after %i, %i at a time', (after, before, batch, shares) => {
    expect(rollingShares(serving(after), serving(before), batch)).toEqual(shares);
  });
});
