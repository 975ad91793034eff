import type { GateEvent, NewGateEvent, SetWindow } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { gateType, type Gate } from '@slipway/gates';
import { removeFreezeWindow, resumeLine, setFreezeWindow, stopLine } from './gate.decider';

const NOW = '2026-01-01T00:00:00.000Z';
const place = { scope: 'environment', environmentId: 'env-000000000000000000000000' } as const;
const gate = (...history: NewGateEvent[]) =>
  new DeciderSpec<Gate, GateEvent, NewGateEvent>(gateType, { projectId: 'shop', type: 'gate', id: place.environmentId }).given(...history);
const request: SetWindow = { name: 'weekend', start: '2026-01-02T17:00', duration_s: 3600, rrule: 'FREQ=WEEKLY;BYDAY=FR', reason: 'rest' };
const set: NewGateEvent = {
  action: 'gate.window_set',
  status: 'open',
  environmentId: place.environmentId,
  detail: {
    scope: 'environment',
    window: { ...request, rrule: request.rrule!, kind: 'deny', timezone: 'UTC', acts: ['apply'], owner: 'ann' },
  },
};
const stopped: NewGateEvent = {
  action: 'gate.stopped',
  status: 'stopped',
  environmentId: place.environmentId,
  detail: { scope: 'environment', reason: 'incident', owner: 'ann', acts: ['apply'] },
};
const setWindow =
  (given: Partial<SetWindow> = {}) =>
  (state: Gate) =>
    setFreezeWindow({ ...request, ...given }, 'ann', NOW, place, state);

describe('gate', () => {
  it('gets a window once, and another of the same name instead of it', async () => {
    await gate().when(setWindow()).thenEvents(set);
    await gate(set).when(setWindow()).thenNothing();
    const { state } = gate(set, {
      ...set,
      detail: { ...set.detail, window: { ...set.detail.window, reason: 'other' } },
    }).fold();
    expect(state.windows.map(({ reason }) => reason)).toEqual(['other']);
  });
  it('refuses a window that makes none', () =>
    gate()
      .when(setWindow({ rrule: 'FREQ=NEVER' }))
      .thenRefused('invalid_request'));
  it('holds a bounded number of windows', () => {
    const many = Array.from({ length: 50 }, (_, n) => ({
      ...set,
      detail: { ...set.detail, window: { ...set.detail.window, name: `w${n}` } },
    }));
    return gate(...many)
      .when(setWindow())
      .thenRefused('invalid_request');
  });
  it('loses a window that it has', async () => {
    const removed: NewGateEvent = {
      action: 'gate.window_removed',
      status: 'open',
      environmentId: place.environmentId,
      detail: { name: 'weekend', reason: null },
    };
    await gate(set)
      .when((state) => removeFreezeWindow('weekend', undefined, place, state))
      .thenEvents(removed);
    await gate()
      .when((state) => removeFreezeWindow('weekend', undefined, place, state))
      .thenRefused('unknown_resource');
  });
  it('is stopped and resumed, each once', async () => {
    await gate()
      .when((state) => stopLine({ reason: 'incident' }, 'ann', place, state))
      .thenEvents(stopped);
    await gate(stopped)
      .when((state) => stopLine({ reason: 'incident' }, 'ann', place, state))
      .thenNothing();
    const resumed: NewGateEvent = {
      action: 'gate.resumed',
      status: 'open',
      environmentId: place.environmentId,
      detail: { by: 'bob', reason: 'fixed' },
    };
    await gate(stopped)
      .when((state) => resumeLine({ reason: 'fixed' }, 'bob', place, state))
      .thenEvents(resumed);
    await gate(stopped, resumed)
      .when((state) => resumeLine({}, 'bob', place, state))
      .thenNothing();
  });
});
