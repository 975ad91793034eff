import type { TimelineEntry } from '../api/client';
import { canaryPoints } from './canary';
import { executionsOf } from './executions';
import { phasesOf, spent } from './phases';
import { isMinor, rowsOf } from './timeline-rows';
import { closedGate } from './waiting';

const start = Date.parse('2026-11-20T12:00:00.000Z');
let position = 0;
const entry = (second: number, action: string, detail: Record<string, unknown> = {}, id = 'x-1'): TimelineEntry =>
  ({
    position: (position += 1),
    action,
    resource_type: action.split('.')[0],
    resource_id: id,
    occurred_at: new Date(start + second * 1000).toISOString(),
    detail,
  }) as TimelineEntry;
const step = (ordinal: number) => ({ step: `s${ordinal}`, ordinal, title: `Step ${ordinal}` });

describe('executionsOf', () => {
  it('follows steps to the one that failed and mutes the rest', () => {
    const [apply, rollback] = executionsOf([
      entry(0, 'execution.claimed', { act: 'apply', attempt: 2 }),
      entry(0, 'execution.started', { act: 'apply', steps: [step(1), step(2), step(3)] }),
      entry(1, 'execution.step_started', { ...step(1), started_at: 'then' }),
      entry(2, 'execution.step_succeeded', { ...step(1), duration_ms: 900, observed: { a: 1 } }),
      entry(2, 'execution.step_started', step(2)),
      entry(3, 'execution.step_failed', { ...step(2), outcome: 'errored', summary: 'no answer', duration_ms: 10 }),
      entry(3, 'execution.failed', { act: 'apply' }),
      entry(4, 'execution.claimed', { act: 'rollback', attempt: 1 }, 'x-2'),
      entry(4, 'execution.started', { act: 'rollback', steps: [step(1)] }, 'x-2'),
      entry(4, 'execution.step_started', step(1), 'x-2'),
    ]);
    expect(apply).toMatchObject({ act: 'apply', attempt: 2, ended: true });
    expect(apply!.steps.map(({ state, summary, durationMs }) => [state, summary, durationMs])).toEqual([
      ['succeeded', null, 900],
      ['errored', 'no answer', 10],
      ['skipped', null, null],
    ]);
    expect(rollback).toMatchObject({ act: 'rollback', ended: false, steps: [{ state: 'running' }] });
  });

  it('keeps what is done when another executor starts again, takes a late step in, and pauses', () => {
    const [execution] = executionsOf([
      entry(0, 'execution.started', { steps: [step(1), step(2)] }),
      entry(0, 'execution.step_succeeded', step(1)),
      entry(1, 'execution.started', { steps: [step(1), step(2)] }),
      entry(1, 'execution.paused', { ...step(2), why: 'too little traffic' }),
      entry(2, 'execution.step_started', step(3)),
    ]);
    expect(execution!.steps.map(({ state }) => state)).toEqual(['succeeded', 'paused', 'running']);
    const [resumed] = executionsOf([
      entry(0, 'execution.started', { steps: [step(1)] }),
      entry(0, 'execution.paused', step(1)),
      entry(1, 'execution.resumed'),
    ]);
    expect(resumed!.steps[0]).toMatchObject({ state: 'running', summary: null });
  });
});

describe('phasesOf', () => {
  it('tells a group’s time by its own entries, whatever its members do', () => {
    const phases = phasesOf([
      entry(0, 'release.previewed'),
      entry(1, 'group.previewed'),
      entry(2, 'group.approval_requested', { approval: { act: 'apply' } }),
      entry(5, 'group.approved'),
      entry(5, 'group.applying'),
      entry(6, 'release.applying'),
      entry(7, 'release.applied'),
      entry(9, 'group.applied'),
      entry(10, 'group.approval_requested', { approval: { act: 'rollback' } }),
    ]);
    expect(phases.map(({ name, to }) => [name, to === null])).toEqual([
      ['Review', false],
      ['Approval', false],
      ['Queue', false],
      ['Applying', false],
      ['Rollback approval', true],
    ]);
    expect(spent(phases, 'working', start)).toBe(4_000);
  });

  it('keeps waiting apart from working, and what lies between applied and a rollback out', () => {
    const phases = phasesOf([
      entry(0, 'release.previewed'),
      entry(10, 'release.pending_approval'),
      entry(70, 'release.approved'),
      entry(71, 'release.applying'),
      entry(71, 'execution.started'),
      entry(80, 'release.verifying'),
      entry(82, 'release.applied'),
      entry(500, 'release.rollback_requested', { approval: null }),
      entry(501, 'release.rolling_back'),
    ]);
    expect(phases.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'Review waiting',
      'Approval waiting',
      'Queue waiting',
      'Applying working',
      'Verifying working',
      'Rollback queue waiting',
      'Rolling back working',
    ]);
    expect(spent(phases, 'waiting', start + 510_000)).toBe(72_000);
    expect(spent(phases, 'working', start + 510_000)).toBe(20_000);
  });
});

describe('canaryPoints', () => {
  it('has one point for each judged share', () => {
    const figures = { requests: 200, errors: 4, p50_ms: 1, p95_ms: 2, p99_ms: null };
    const executions = executionsOf([
      entry(0, 'execution.started', { act: 'apply', steps: [step(1), step(2)] }),
      entry(1, 'execution.step_succeeded', { ...step(1), observed: { percent: 10, canary: figures, stable: { ...figures, errors: 0 } } }),
      entry(1, 'execution.step_succeeded', { ...step(2), observed: { percent: 50 } }),
    ]);
    expect(canaryPoints(executions)).toEqual([
      {
        share: '10 %',
        canary: { requests: 200, errorRate: 0.02, p50: 1, p95: 2, p99: null },
        stable: { requests: 200, errorRate: 0, p50: 1, p95: 2, p99: null },
      },
    ]);
  });
});

describe('rowsOf', () => {
  it('names the day and its zone where it changes, and how much later each was', () => {
    const day = 86_400;
    const rows = rowsOf([entry(0, 'release.previewed'), entry(4, 'release.approved'), entry(4 + day, 'release.applying')]);
    expect(rows.map(({ afterMs }) => afterMs)).toEqual([undefined, 4_000, day * 1_000]);
    expect(rows[1]!.day).toBeUndefined();
    expect(rows[0]!.day).toMatch(/2026.*[A-Z]{2,}/);
    expect(rows[2]!.day).not.toBe(rows[0]!.day);
  });

  it('keeps that something waits among what matters', () => {
    expect(isMinor(entry(0, 'execution.claimed'))).toBe(true);
    expect(isMinor(entry(0, 'execution.waiting'))).toBe(false);
    expect(isMinor(entry(0, 'release.applying'))).toBe(false);
  });
});

describe('closedGate', () => {
  const waiting = entry(1, 'execution.waiting', { code: 'frozen', why: 'the fair', next_open: null });

  it('is what the executor said last', () => {
    expect(closedGate([entry(0, 'execution.claimed'), waiting, entry(2, 'approval.commented')])).toEqual({
      code: 'frozen',
      why: 'the fair',
      nextOpen: null,
    });
    expect(closedGate([waiting, entry(2, 'execution.started')])).toBeUndefined();
    expect(closedGate([])).toBeUndefined();
  });
});
