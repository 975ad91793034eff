import type { ProjectView } from '@slipway/contracts';
import type { ActiveProject } from './project.state';

export const projectView = (project: ActiveProject): ProjectView => ({
  project_id: project.id,
  name: project.id,
  title: project.title,
  team_id: project.teamId,
  created_at: project.createdAt,
  updated_at: project.updatedAt,
});
