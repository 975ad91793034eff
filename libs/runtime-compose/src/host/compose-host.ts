import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isSlipwayError, SlipwayError } from '@slipway/contracts';
import type { SshAccess, SshConnection, SshPool } from '@slipway/ssh';
import { HELPER, HELPER_ABSENT, HELPER_DIGEST, PLACE_HELPER, RUN_HELPER } from './helper';
import type { HostDocument } from './host-document';
import { lookAgain } from './look-again';
import { hostFailed } from './host-failure';
import { readReport, type HostReport } from './host-report';

/** Where in a host a slot lives. */
export interface SlotPlace {
  readonly project: string;
  readonly slot: string;
}

/** An effect: what to do, by whose claim, under which name. */
export interface Effect {
  readonly fence: number;
  /** Attached to when it is under way. */
  readonly name: string;
  /** Never done twice: the recorded end of an earlier run is answered, and one that died is told what it has begun. */
  readonly once?: boolean;
  readonly signal?: AbortSignal;
  log?(line: string): void;
}

/** How long a host may stay away, from the moment at which the connection to it was lost. */
const PLACE_DEADLINE_MS = 120_000;
/** A run stopped because a newer claim was announced. */
const OUTRUN = 75;
const AGAIN_AFTER_MS = 250;

/** A Docker host, as its login sees it: what is done goes through the helper, fenced there; a dropped connection is taken up again. */
export class ComposeHost {
  constructor(
    private readonly pool: SshPool,
    private readonly access: SshAccess,
  ) {}

  connection(purpose?: string): Promise<SshConnection> {
    return this.pool.connection(this.access, purpose);
  }

  /** For a stream that stays open. */
  streamConnection(): Promise<SshConnection> {
    return this.pool.roomyConnection(this.access, 'streams');
  }

  /** Looks without changing anything. */
  async look(place: SlotPlace, document: HostDocument): Promise<HostReport> {
    return this.see(`slot ${place.project} ${place.slot}\n${document.toString()}end\n`);
  }

  /**
   * Looks as the slot's newest claim: once what an older one began is over or was cut off by this one. So what is seen is changed by
   * nobody else.
   * @throws SlipwayError `stale_fence`
   */
  async claim(place: SlotPlace, document: HostDocument, { fence, signal }: Pick<Effect, 'fence' | 'signal'>): Promise<HostReport> {
    return this.see(`slot ${place.project} ${place.slot}\nfence ${fence}\n${document.toString()}end\n`, { fence, signal });
  }

  /**
   * Does what the document says, once under the effect's name; returns when it is done, whatever the connection does meanwhile.
   * @throws SlipwayError `stale_fence`; `dependency_failed` with the tools' last lines; `dependency_unavailable` when the host stays away.
   */
  async effect(place: SlotPlace, document: HostDocument, effect: Effect): Promise<HostReport> {
    const report = await this.attempt(place, document, effect);
    if (report.exit === 0) return report;
    if (report.stale !== undefined || report.exit === OUTRUN) throw staleFence(effect.fence, report.stale);
    throw hostFailed(report, effect.name);
  }

  /** As `effect`, but how it ended is the caller's to judge: a non-zero exit is an answer. */
  async attempt(place: SlotPlace, document: HostDocument, effect: Effect): Promise<HostReport> {
    const id = createHash('sha256').update(effect.name).digest('hex').slice(0, 24);
    const head = `slot ${place.project} ${place.slot}\nfence ${effect.fence}\nrun ${id} ${effect.once ? 'once' : 'again'}\n`;
    const text = `${head}${document.toString()}end\n`;
    let giveUpAt = performance.now() + PLACE_DEADLINE_MS;
    for (;;) {
      effect.signal?.throwIfAborted();
      let heard = false;
      const report = await this.speak(text, effect, () => (heard = true)).catch((error: unknown) => {
        if (heard) giveUpAt = performance.now() + PLACE_DEADLINE_MS;
        if (!isSlipwayError(error) || error.code !== 'dependency_unavailable' || performance.now() > giveUpAt) throw error;
        return undefined;
      });
      if (report?.error !== undefined) throw hostFailed(report, effect.name);
      const outrun = report?.exit === OUTRUN && report.began !== 'started';
      if (report && (report.exit !== undefined || report.stale !== undefined) && !outrun) return report;
      if (performance.now() > giveUpAt)
        throw new SlipwayError('dependency_unavailable', 'The host does not say how it ended: the connection or the run keeps dropping.');
      await pause(AGAIN_AFTER_MS, undefined, { signal: effect.signal });
    }
  }

  private async see(text: string, claim: Partial<Effect> = {}): Promise<HostReport> {
    const report = await lookAgain(() => this.speak(text, claim));
    if (report.stale !== undefined) throw staleFence(claim.fence ?? 0, report.stale);
    if (report.error !== undefined || report.exit !== 0) throw hostFailed(report, 'looking at the host');
    return report;
  }

  private async speak(text: string, { signal, log }: Partial<Effect> = {}, heard?: () => void): Promise<HostReport> {
    const connection = await this.connection();
    const lines = lineTeller(log);
    const tell = (said: string): void => {
      heard?.();
      lines(said);
    };
    for (let placed = false; ; placed = true) {
      const result = await connection.exec(RUN_HELPER, { stdin: `${HELPER_DIGEST}\n${text}`, signal, onOutput: tell });
      if (result.code !== HELPER_ABSENT || placed) {
        if (result.code === null)
          throw new SlipwayError('dependency_unavailable', `The helper at the host was ended by ${result.signal ?? 'a closed channel'}.`);
        if (result.code === 0 || result.code === 64) return readReport(result.stdout);
        throw new SlipwayError('dependency_failed', `The helper at the host ended with ${result.code}: ${result.stderr.slice(-500)}`);
      }
      const done = await connection.exec(PLACE_HELPER, { stdin: `${HELPER_DIGEST}\n${HELPER}`, signal });
      if (done.code !== 0) {
        throw new SlipwayError('dependency_failed', `The helper cannot be placed in ~/.slipway of the host: ${done.stderr.slice(-500)}`);
      }
    }
  }
}

/** Passes on what tools write, line by line as it comes. */
function lineTeller(log?: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('| ')) log?.(line.slice(2));
  };
}

const staleFence = (fence: number, newest: number | undefined): SlipwayError =>
  new SlipwayError(
    'stale_fence',
    `A newer claim${newest === undefined ? '' : ` (${newest})`} has touched this slot; claim ${fence} stops.`,
    {
      fence,
    },
  );
