import type { TargetEventNote } from '@slipway/runtime-target';
import type { EngineClient } from '../engine/engine-client';

interface EngineEvent {
  readonly Action: string;
  readonly timeNano: number;
  readonly Actor: { readonly Attributes: Readonly<Record<string, string>> };
}

const WINDOW_MS = 15 * 60_000;
const MAX_EVENTS = 50;
const TOLD = ['create', 'start', 'die', 'oom', 'kill', 'stop', 'destroy', 'health_status', 'rename', 'update', 'pause'];

/** What the engine did with these containers in the last quarter of an hour; newest last. `nowMs`: the host's clock. */
export async function recentEvents(
  engine: EngineClient,
  labels: readonly string[],
  nowMs: number | undefined,
  signal: AbortSignal,
): Promise<readonly TargetEventNote[]> {
  if (nowMs === undefined) return [];
  const query = {
    filters: JSON.stringify({ type: ['container'], label: labels, event: TOLD }),
    since: String(Math.floor((nowMs - WINDOW_MS) / 1000)),
    until: (nowMs / 1000).toFixed(3),
  };
  const answer = await engine.open('/events', query, signal);
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += String(chunk);
  const events = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as EngineEvent);
  return events.slice(-MAX_EVENTS).map(noteOf);
}

function noteOf({ Action, timeNano, Actor: { Attributes } }: EngineEvent): TargetEventNote {
  const code = Attributes['exitCode'];
  const bad = Action === 'oom' || Action.includes('unhealthy') || (Action === 'die' && code !== '0');
  return {
    at: new Date(timeNano / 1e6).toISOString(),
    severity: bad ? 'warning' : 'normal',
    subject: Attributes['name'] ?? '',
    reason: Action.split(':')[0] ?? Action,
    message: code === undefined ? Action : `${Action}, exit code ${code}`,
    count: 1,
  };
}
