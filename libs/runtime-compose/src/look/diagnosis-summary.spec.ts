import type { ReplicaDiagnosis } from '@slipway/runtime-target';
import type { ContainerDetails } from '../engine/container';
import type { ComposeManifest } from '../manifest/compose-manifest';
import { summaryOf, type SummarisedStatus } from './diagnosis-summary';

const RELEASE = 'rel-2';
const replica = (given: Partial<ReplicaDiagnosis> = {}): ReplicaDiagnosis => ({
  name: 'shop-web-1',
  process: 'web',
  releaseId: RELEASE,
  state: 'running',
  reason: null,
  message: null,
  ready: true,
  restarts: 0,
  exitCode: null,
  signal: null,
  oomKilled: false,
  image: null,
  failingProbe: null,
  lastLines: [],
  ...given,
});
const unwell = (given: Partial<ReplicaDiagnosis>): ReplicaDiagnosis => replica({ ready: false, ...given });
const database = replica({ name: 'shop-db', process: 'db' });

/** Two replicas of web behind the proxy, and db, which has data. */
const status = (given: Partial<SummarisedStatus> = {}): SummarisedStatus => {
  const scale = { web: 2, db: 1 };
  const manifest = { scale, kept: ['db'] } as Partial<ComposeManifest> as ComposeManifest;
  const file = { release_id: RELEASE, artifact_digest: '', manifest_digest: '', manifest, scale: { web: 2 } };
  const shape = { full: { web: 2 }, serving: 'web', patienceMs: 0, scale: { web: 2 }, removing: false, removeAt: null };
  const proxy = { container: undefined, servers: [], config: undefined };
  return { current: RELEASE, releases: [{ releaseId: RELEASE, ...shape, file }], proxy, ...given };
};
const silentProxy = (container: ContainerDetails | undefined): SummarisedStatus =>
  status({ proxy: { container, servers: undefined, config: undefined } });

describe('a slot on a Docker host in one line', () => {
  const all = [replica(), replica({ name: 'shop-web-2' }), database];
  const of = (...replicas: ReplicaDiagnosis[]): string => summaryOf(replicas, status(), undefined);

  it('says that all is well, and what nobody may overlook', () => {
    expect(of(...all)).toBe('All 3 containers are ready.');
    expect(of(replica({ restarts: 2 }), replica({ restarts: 1 }), database)).toBe('All 3 containers are ready; they restarted 3 times.');
  });

  it('says that nothing runs where there is nothing', () => {
    expect(summaryOf([], null, undefined)).toBe('Nothing of it runs at the host.');
    expect(summaryOf([], status(), 'rel-unknown')).toBe('Nothing of it runs at the host.');
  });

  it('counts what is missing, of another release without what has data', () => {
    expect(of(replica())).toBe('1 of 2 containers of web is missing; 1 of 1 containers of db is missing.');
    expect(of(database)).toBe('2 of 2 containers of web are missing.');
    expect(summaryOf([replica()], status({ current: 'rel-1' }), RELEASE)).toBe('1 of 2 containers of web is missing.');
  });

  it('names a proxy that does not answer, and one that is gone, where requests are served', () => {
    const exited = { State: { Status: 'exited' } } as Partial<ContainerDetails> as ContainerDetails;
    expect(summaryOf(all, silentProxy(exited), undefined)).toMatch(/^The slot's proxy is exited and does not answer: nothing reaches/);
    expect(summaryOf(all, silentProxy(undefined), undefined)).toMatch(/^The slot's proxy was removed: nothing reaches/);
    const idle = silentProxy(undefined);
    const releases = idle.releases.map((release) => ({ ...release, serving: undefined }));
    expect(summaryOf(all, { ...idle, releases }, undefined)).toBe('All 3 containers are ready.');
  });

  it.each([
    [{ oomKilled: true, exitCode: 137, restarts: 3 }, 'ran out of memory and was killed, restarted 3 times'],
    [{ exitCode: 143, signal: 'SIGTERM' }, 'was ended by SIGTERM'],
    [{ exitCode: 1, restarts: 1 }, 'exited with code 1, restarted once'],
    [{ exitCode: 127 }, 'exited with code 127 (its command was not found)'],
    [{ failingProbe: 'readiness probe: GET /: it answers 503' }, 'fails its readiness probe: GET /: it answers 503'],
    [{ state: 'created', reason: 'it was created and never started' }, 'is created (it was created and never started)'],
    [{ state: 'starting' }, 'is starting'],
  ])('tells of a container %j', (given, fault) => {
    expect(of(unwell(given), replica({ name: 'shop-web-2' }), database)).toBe(`1 of 3 containers are not ready: shop-web-1 ${fault}.`);
  });

  it('names the container that ended before one that only waits, with what it said', () => {
    const ended = unwell({ name: 'shop-web-2', exitCode: 1, lastLines: ['Error: no database', 'bye'] });
    expect(of(unwell({ state: 'starting' }), ended, database)).toBe(
      '2 of 3 containers are not ready: shop-web-2 exited with code 1; it said: Error: no database.',
    );
  });
});
