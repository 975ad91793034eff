import { Injectable } from '@nestjs/common';
import type { Promotion } from '@slipway/contracts';
import { DataSource } from 'typeorm';

// The statuses are among those of the partial index `release_ran_in_slot`; `succeeded` is historical.
const RAN_IN = `
  SELECT facts ->> 'environment_name' AS environment, min(facts ->> 'ended_at') AS since
  FROM release
  WHERE service_id = $1 AND facts ->> 'artifact_digest' = $2 AND facts ->> 'environment_name' = ANY($3)
    AND status IN ('applied', 'succeeded') AND facts ->> 'ended_at' IS NOT NULL
  GROUP BY 1`;

/** Where the same content has run, for a policy that asks for promotion. */
@Injectable()
export class PromotionReader {
  constructor(private readonly source: DataSource) {}

  async ranIn(
    promotion: Promotion | null,
    serviceId: string,
    artifactDigest: string,
  ): Promise<readonly { readonly environment: string; readonly since: string }[]> {
    return promotion ? this.source.query(RAN_IN, [serviceId, artifactDigest, promotion.after]) : [];
  }
}
