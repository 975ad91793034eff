import type { ProjectEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

/** A project as a release needs it; null: there is none. Written by provisioning. */
export type ProjectBasis = { readonly teamId: string } | null;

function evolve(project: ProjectBasis, event: ProjectEvent): ProjectBasis {
  return event.action === 'project.created' ? { teamId: event.detail.team_id } : project;
}

export const projectBasis: AggregateType<ProjectBasis, ProjectEvent> = { type: 'project', initial: null, evolve };
