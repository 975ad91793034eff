import type { Diagnosis, ReplicaDiagnosis } from '@slipway/runtime-target';
import { Redactor } from '@slipway/secrets';

const AGAIN_AFTER_MS = 5_000;
const HIDDEN = '[hidden: the secrets of its release cannot be read right now]';

/**
 * Takes the secrets of a slot's releases out of what its replicas say. During a change replicas of several releases run, and whoever
 * follows a slot outlives a release: so each release's secrets are learnt when something of it comes first. What cannot be cleaned is hidden.
 */
export class SlotRedaction {
  private readonly redactor = new Redactor();
  private readonly learnt = new Map<string, Promise<boolean>>();

  constructor(
    /** Teaches the redactor what a release has. @throws when it cannot be read */
    private readonly learn: (releaseId: string, redactor: Redactor) => Promise<void>,
    private readonly againAfterMs = AGAIN_AFTER_MS,
  ) {}

  /** A text that a replica of the release wrote. */
  async text(releaseId: string, text: string): Promise<string> {
    return (await this.knows(releaseId)) ? this.redactor.text(text) : HIDDEN;
  }

  async diagnosis(diagnosis: Diagnosis): Promise<Diagnosis> {
    const releases = [...new Set(diagnosis.replicas.map(({ releaseId }) => releaseId))];
    const known = new Map(await Promise.all(releases.map(async (releaseId) => [releaseId, await this.knows(releaseId)] as const)));
    const whole = [...known.values()].every(Boolean);
    // Summary and events quote any replica.
    const { summary, replicas, events } = whole ? diagnosis : { ...diagnosis, summary: HIDDEN, events: [] };
    return this.redactor.json({ summary, events, replicas: replicas.map((one) => (known.get(one.releaseId) ? one : silenced(one))) });
  }

  private knows(releaseId: string): Promise<boolean> {
    const known = this.learnt.get(releaseId);
    if (known) return known;
    const learning = this.learn(releaseId, this.redactor).then(
      () => true,
      () => {
        // Not asked for every line while it is away.
        setTimeout(() => this.learnt.delete(releaseId), this.againAfterMs).unref();
        return false;
      },
    );
    this.learnt.set(releaseId, learning);
    return learning;
  }
}

const silenced = (replica: ReplicaDiagnosis): ReplicaDiagnosis => ({
  ...replica,
  message: replica.message === null ? null : HIDDEN,
  failingProbe: replica.failingProbe === null ? null : HIDDEN,
  lastLines: replica.lastLines.length === 0 ? [] : [HIDDEN],
});
