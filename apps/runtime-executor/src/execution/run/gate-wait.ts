import { setTimeout as delay } from 'node:timers/promises';
import type { GateVerdict } from '@slipway/contracts';
import { closedInWords, gateType, readGates, verdictOf } from '@slipway/gates';
import { takeTurn, type Turn, type TurnRequest } from './environment-turn';
import { mayPass } from './journal';
import type { RunPorts } from './run.ports';

const LOOK_AGAIN_MS = 1_000;

export interface GatedTurn extends TurnRequest {
  readonly projectId: string;
  /** Called once per reason: the place is closed, and why. */
  readonly onClosed: (verdict: GateVerdict) => Promise<void>;
}

/**
 * A turn in the environment behind open gates. What has not begun waits, without the environment's lock, until freeze window and
 * stop-the-line are over; nothing is lost. What has begun is never held up: half done is worse.
 */
export async function takeOpenTurn(ports: RunPorts, request: GatedTurn): Promise<Turn> {
  if (request.execution.phase !== 'claimed') return takeTurn(ports, request);
  for (;;) {
    await waitUntilOpen(ports, request);
    const turn = await takeTurn(ports, request);
    if (turn.obstacle || !(await closedNow(ports, request))) return turn;
    await turn.lock.release();
  }
}

async function waitUntilOpen(ports: RunPorts, request: GatedTurn): Promise<void> {
  for (let told = ''; ;) {
    const verdict = await closedNow(ports, request);
    if (!verdict) return;
    const why = closedInWords(verdict);
    if (why !== told) {
      request.onWait(why);
      await request.onClosed(verdict);
    }
    told = why;
    await delay(LOOK_AGAIN_MS, undefined, { signal: request.signal });
  }
}

/** The verdict while closed, from the log's head; while the log is away it is asked again. */
async function closedNow(ports: RunPorts, request: GatedTurn): Promise<GateVerdict | undefined> {
  const { execution, projectId, signal, onWait } = request;
  for (;;) {
    signal.throwIfAborted();
    try {
      const gates = await readGates((ref) => ports.runner.load(gateType, ref), projectId, execution.environmentId);
      const verdict = verdictOf(gates, execution.act, ports.clock.now());
      return verdict.closed ? verdict : undefined;
    } catch (error) {
      if (!mayPass(error)) throw error;
      onWait(error instanceof Error ? error.message : String(error));
    }
    await delay(LOOK_AGAIN_MS, undefined, { signal });
  }
}
