import { Injectable } from '@nestjs/common';
import { environmentId, slotId, type Promotion } from '@slipway/contracts';
import { DataSource } from 'typeorm';
import type { RunThere } from '../domain/draft/draft.input';
import { BasisReader } from './basis.reader';
import { slotBasis } from './slot.basis';

const TARGETS = 'SELECT environment_id, target_id FROM target_index WHERE environment_id = ANY($1) ORDER BY target_id';

/** Where, and how long, the same content was what a slot ran, for a policy that asks for promotion; from the slots' own log. */
@Injectable()
export class PromotionReader {
  constructor(
    private readonly source: DataSource,
    private readonly basis: BasisReader,
  ) {}

  async ranIn(promotion: Promotion | null, projectId: string, serviceId: string, artifactDigest: string): Promise<readonly RunThere[]> {
    if (!promotion) return [];
    const names = new Map(promotion.after.map((name) => [environmentId(projectId, name), name]));
    const targets = await this.source.query<{ environment_id: string; target_id: string }[]>(TARGETS, [[...names.keys()]]);
    const perSlot = targets.map(async ({ environment_id, target_id }) => {
      const { state } = await this.basis.load(slotBasis, { projectId, type: 'slot', id: slotId(serviceId, target_id) });
      const ofContent = state.runs.filter((run) => run.artifactDigest === artifactDigest);
      return ofContent.map(({ since, until }) => ({ environment: names.get(environment_id)!, since, until }));
    });
    return (await Promise.all(perSlot)).flat();
  }
}
