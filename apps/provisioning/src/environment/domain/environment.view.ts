import type { EnvironmentView } from '@slipway/contracts';
import type { EnvironmentFacts } from './environment.state';

export const environmentView = (environment: EnvironmentFacts): EnvironmentView => ({
  environment_id: environment.id,
  project_id: environment.projectId,
  name: environment.name,
  title: environment.title,
  type: environment.type,
  policy: environment.policy,
  version: environment.version,
  created_at: environment.createdAt,
  updated_at: environment.updatedAt,
});
