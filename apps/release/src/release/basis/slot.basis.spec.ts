import { deriveId, digestOf, type NewSlotEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { positionOf, slotBasis, slotReading } from './slot.basis';

const ref = { projectId: 'demo', type: 'slot', id: deriveId('slot', 'spec') } as const;
const id = (name: string) => deriveId('release', name);
const of = (name: string) => ({
  release_id: id(name),
  execution_id: deriveId('execution', name),
  fence: 1,
  service_id: deriveId('service', 'spec'),
  service_name: 'hello',
  target_id: deriveId('target', 'spec'),
  artifact_id: deriveId('artifact', name),
  artifact_version: name,
  artifact_digest: digestOf(name),
  manifest_digest: digestOf(name),
  url: null,
});
const deployed = (name: string): NewSlotEvent => ({
  action: 'slot.deployed',
  status: 'serving',
  detail: { ...of(name), previous_release_id: null },
});
const restored = (name: string, from: string, hold: { reason: string; by: string; since: string } | null = null): NewSlotEvent => ({
  action: 'slot.restored',
  status: 'serving',
  detail: { ...of(name), from_release_id: id(from), hold },
});
const drifted: NewSlotEvent = {
  action: 'slot.drifted',
  status: 'drifted',
  detail: { release_id: id('1'), findings: [{ kind: 'missing', what: 'web', detail: 'gone' }] },
};
const after = (...events: NewSlotEvent[]) => new DeciderSpec(slotBasis, ref).given(...events).fold();
const reading = (...events: NewSlotEvent[]) => {
  const slot = after(...events);
  const { current, previous, hold } = slotReading(slot, 0);
  return {
    current: current?.artifactVersion,
    previous: previous?.artifactVersion,
    held: hold !== null,
    position: positionOf(slot.head, slot.state.deployedVersion),
  };
};

describe('a slot as a release sees it', () => {
  it('runs nothing at first', () => expect(reading()).toMatchObject({ current: undefined, previous: undefined, held: false }));
  it('runs the last deployment, before which the one before ran', () =>
    expect(reading(deployed('1'), deployed('2'), deployed('3'))).toMatchObject({ current: '3', previous: '2', position: 3 }));
  it('goes back once, and once more', () => {
    const back = [deployed('1'), deployed('2'), deployed('3'), restored('2', '3')];
    expect(reading(...back)).toMatchObject({ current: '2', previous: '1', position: 4 });
    expect(reading(...back, restored('1', '2'))).toMatchObject({ current: '1', previous: undefined });
    expect(reading(...back, deployed('4'))).toMatchObject({ current: '4', previous: '2' });
  });
  it('stays where a release failed that never was deployed', () =>
    expect(reading(deployed('1'), deployed('2'), restored('2', 'failed'))).toMatchObject({ current: '2', previous: '1' }));
  it('knows the position of the last deployment behind drift and holds', () => {
    const slot = after(deployed('1'), drifted, { action: 'slot.held', status: 'held', detail: { reason: 'x', by: 'op' } });
    expect(slot.state.deployedVersion).toBe(1);
    const head = { version: 3, position: 30, digest: null, earlier: [10, 20] };
    expect([1, 2, 3].map((version) => positionOf(head, version))).toEqual([10, 20, 30]);
    expect(positionOf({ ...head, version: 400 }, 1)).toBeUndefined();
  });
  it('is held by a rollback until it is resumed', () => {
    const hold = { reason: 'bad prices', by: 'op', since: '2026-01-01T00:00:00.000Z' };
    const held = [deployed('1'), deployed('2'), restored('1', '2', hold)];
    expect(reading(...held)).toMatchObject({ held: true });
    expect(reading(...held, restored('1', '2'))).toMatchObject({ held: true });
    expect(reading(...held, { action: 'slot.resumed', status: 'serving', detail: { reason: null, by: 'op' } })).toMatchObject({
      held: false,
    });
  });
  describe('knows how long it ran a content', () => {
    const contents = (...events: NewSlotEvent[]) =>
      after(...events).state.runs.map(({ artifactDigest, until }) => [artifactDigest, until === null]);
    const [one, two, three] = ['1', '2', '3'].map((name) => digestOf(name));
    it('until the next deployment', () =>
      expect(contents(deployed('1'), deployed('2'))).toEqual([
        [one, false],
        [two, true],
      ]));
    it('going on under other settings, and where a release failed that never was deployed', () => {
      const again = { ...deployed('1'), detail: { ...deployed('1').detail, release_id: id('again') } } as NewSlotEvent;
      expect(contents(deployed('1'), again, restored('1', 'failed'))).toEqual([[one, true]]);
      expect(after(deployed('1'), again).state.runs[0]).toMatchObject({ since: expect.any(String), until: null });
    });
    it('and none of it once it was taken back', () =>
      expect(contents(deployed('1'), deployed('3'), deployed('2'), deployed('3'), restored('2', '3'))).toEqual([
        [one, false],
        [two, false],
        [two, true],
      ]));
    it('and from then on, when it comes again', () =>
      expect(contents(deployed('1'), deployed('3'), restored('1', '3'), deployed('3'))).toEqual([
        [one, false],
        [one, false],
        [three, true],
      ]));
  });
  it('remembers a bounded number of deployments', () => {
    const many = Array.from({ length: 80 }, (_, index) => deployed(String(index)));
    expect(after(...many).state.deployments).toHaveLength(50);
    expect(reading(...many)).toMatchObject({ current: '79', previous: '78' });
  });
});
