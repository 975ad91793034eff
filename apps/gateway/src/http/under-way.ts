import { SlipwayError } from '@slipway/contracts';

export interface UnderWayBounds {
  readonly ofActor: number;
  /** Of all callers together; default: any number. */
  readonly ofAll?: number;
  /** What one who has too many is told. */
  readonly refusal: string;
}

/** What is being worked on, counted for each caller. */
export class UnderWay {
  private readonly byActor = new Map<string, number>();
  private count = 0;
  constructor(private readonly bounds: UnderWayBounds) {}

  /** @returns how to say that it is done; twice does no harm. @throws SlipwayError `too_many_requests` */
  begin(actorId: string): () => void {
    const { ofActor, ofAll = Infinity, refusal } = this.bounds;
    const own = this.byActor.get(actorId) ?? 0;
    if (this.count >= ofAll || own >= ofActor) throw new SlipwayError('too_many_requests', refusal);
    this.count++;
    this.byActor.set(actorId, own + 1);
    let isDone = false;
    return () => {
      if (isDone) return;
      isDone = true;
      this.count--;
      const left = this.byActor.get(actorId)! - 1;
      if (left > 0) this.byActor.set(actorId, left);
      else this.byActor.delete(actorId);
    };
  }
}
