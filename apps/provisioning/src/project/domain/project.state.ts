import type { ProjectEvent } from '@slipway/contracts';
import type { AggregateType } from '@slipway/event-sourcing';

export interface ActiveProject {
  readonly phase: 'active';
  readonly id: string;
  readonly title: string;
  readonly teamId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}
export type Project = { readonly phase: 'absent' } | ActiveProject;

const ignore = <S>(_event: never, state: S): S => state;

function evolve(project: Project, event: ProjectEvent): Project {
  switch (event.action) {
    case 'project.created': {
      const { detail, occurred_at, resource_id } = event;
      return {
        phase: 'active',
        id: resource_id,
        title: detail.title,
        teamId: detail.team_id,
        createdAt: occurred_at,
        updatedAt: occurred_at,
      };
    }
    case 'project.updated':
      return project.phase === 'active' ? { ...project, title: event.detail.title, updatedAt: event.occurred_at } : project;
    default:
      return ignore(event, project);
  }
}

/** Ownership and access scope of everything else. Its id is its name. */
export const ProjectAggregate: AggregateType<Project, ProjectEvent> = { type: 'project', initial: { phase: 'absent' }, evolve };
