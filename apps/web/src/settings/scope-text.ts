import type { EnvironmentView } from '../api/client';
import type { BindingView } from './access-queries';

/** Where a role holds, in words. */
export function scopeText(
  { kind, team_id: team, project_id: project, environment_id: id }: BindingView['scope'],
  environments: readonly EnvironmentView[],
): string {
  switch (kind) {
    case 'platform':
      return 'everywhere';
    case 'team':
      return `projects of the team ${team}`;
    case 'project':
      return `project ${project}`;
    case 'environment':
      return `${project} / ${environments.find(({ environment_id: of }) => of === id)?.name ?? id}`;
  }
}
