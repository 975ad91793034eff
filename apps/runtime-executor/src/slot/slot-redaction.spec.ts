import type { Diagnosis } from '@slipway/runtime-target';
import { setTimeout as pause } from 'node:timers/promises';
import { logLineView } from './queries/get-slot-logs/log-line.view';
import { SlotRedaction } from './slot-redaction';

const SECRETS: Record<string, string> = { 'rel-old': 'old-password', 'rel-canary': 'canary-password' };

describe("what a slot's replicas say", () => {
  let away: Set<string>;
  let asked: string[];
  let redaction: SlotRedaction;
  beforeEach(() => {
    away = new Set();
    asked = [];
    redaction = new SlotRedaction(async (releaseId, redactor) => {
      asked.push(releaseId);
      if (away.has(releaseId) || !SECRETS[releaseId]) throw new Error('cannot be read');
      redactor.know([SECRETS[releaseId]]);
    }, 20);
  });
  const shown = async (releaseId: string, line: string) =>
    (await logLineView({ at: null, releaseId, process: 'web', replica: 'web-1', line }, redaction)).line;

  it('shows no secret of any release that runs there, each learnt once, when its first line comes', async () => {
    expect(await shown('rel-old', 'uses old-password')).toBe('uses [redacted]');
    expect(asked).toEqual(['rel-old']);
    expect(await shown('rel-canary', 'uses canary-password')).toBe('uses [redacted]');
    expect(await shown('rel-canary', 'uses canary-password and old-password')).toBe('uses [redacted] and [redacted]');
    expect(asked).toEqual(['rel-old', 'rel-canary']);
  });

  it('is hidden while the secrets of its release cannot be read, and shown once they can', async () => {
    away.add('rel-canary');
    const lines = await Promise.all([shown('rel-canary', 'canary-password'), shown('rel-old', 'fine')]);
    expect(lines).toEqual([expect.stringContaining('[hidden'), 'fine']);
    expect(await shown('rel-canary', 'canary-password')).toContain('[hidden');
    expect(asked.filter((releaseId) => releaseId === 'rel-canary')).toHaveLength(1);
    away.clear();
    await pause(60);
    expect(await shown('rel-canary', 'uses canary-password')).toBe('uses [redacted]');
  });

  const replica = (releaseId: string, line: string): Diagnosis['replicas'][number] => ({
    name: `${releaseId}-1`,
    process: 'web',
    releaseId,
    state: 'failed',
    reason: null,
    message: line,
    ready: false,
    restarts: 0,
    exitCode: 1,
    signal: null,
    oomKilled: false,
    image: null,
    failingProbe: null,
    lastLines: [line],
  });
  const diagnosis: Diagnosis = {
    summary: 'web does not stay up; it said: canary-password',
    replicas: [replica('rel-old', 'old-password'), replica('rel-canary', 'canary-password')],
    events: [{ at: null, severity: 'warning', subject: 'web', reason: 'exit', message: 'canary-password', count: 1 }],
  };

  it('shows no secret in a diagnosis of several releases', async () => {
    const told = await redaction.diagnosis(diagnosis);
    expect(JSON.stringify(told)).not.toMatch(/old-password|canary-password/);
    expect(told).toMatchObject({ summary: 'web does not stay up; it said: [redacted]', events: [{ message: '[redacted]' }] });
  });

  it('is told of a diagnosis as far as it can be cleaned', async () => {
    away.add('rel-canary');
    const told = await redaction.diagnosis(diagnosis);
    expect(JSON.stringify(told)).not.toMatch(/old-password|canary-password/);
    expect(told).toMatchObject({
      events: [],
      replicas: [{ lastLines: ['[redacted]'] }, { exitCode: 1, lastLines: [expect.stringContaining('[hidden')] }],
    });
  });
});
