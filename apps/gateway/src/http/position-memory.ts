import { SlipwayError } from '@slipway/contracts';

const LIMIT = 10_000;

/**
 * The stream position of the latest that each caller did or saw, so that the caller's next query has seen it too, whichever read model
 * it asks. Bounded: the least recent go.
 */
export class PositionMemory {
  private readonly positions = new Map<string, number>();

  remember(actorId: string, position: number): void {
    const latest = Math.max(position, this.positions.get(actorId) ?? 0);
    this.positions.delete(actorId);
    this.positions.set(actorId, latest);
    if (this.positions.size > LIMIT) this.positions.delete(this.positions.keys().next().value as string);
  }

  /**
   * What a query must have seen: what its header asks for, or what is remembered, whichever is later.
   * @throws SlipwayError `invalid_request`
   */
  needed(actorId: string, header: unknown): number | null {
    const remembered = this.positions.get(actorId) ?? 0;
    const asked = header === undefined ? 0 : typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : NaN;
    if (Number.isNaN(asked)) throw new SlipwayError('invalid_request', 'Slipway-Position must be a stream position.');
    return Math.max(remembered, asked) || null;
  }
}
