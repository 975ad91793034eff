import type { TargetView } from '@slipway/contracts';
import type { TargetFacts } from './target.state';

export const targetView = (target: TargetFacts): TargetView => ({
  target_id: target.id,
  project_id: target.projectId,
  environment_id: target.environmentId,
  name: target.name,
  runtime_type: target.runtimeType,
  connection: target.connection,
  credential: target.credential,
  prometheus_credential: target.prometheusCredential,
  version: target.version,
  created_at: target.createdAt,
  updated_at: target.updatedAt,
});
