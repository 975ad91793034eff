import { SegmentedControl } from '@mantine/core';
import type { EnvironmentView } from '../api/client';
import { mayIn } from '../session/grants';
import { useSession } from '../session/session';
import type { GatePlace, GateScope } from './gate-queries';

const WIDEST_LAST = ['environment', 'project', 'platform'] as const satisfies readonly GateScope[];
const WHOLE = '*';

/** A gate of an environment, or of what is around it. */
export const placeOf = (scope: GateScope, { project_id: project, environment_id: environment }: EnvironmentView): GatePlace => ({
  scope,
  project,
  environment,
});

export const scopeName = (scope: GateScope, { name, project_id: project }: EnvironmentView): string =>
  ({ environment: name, project: `the project ${project}`, platform: 'the whole platform' })[scope];

/** How wide one may act, by permissions that must all be held there; what is around an environment takes them in all of it. */
export function useScopes(environment: EnvironmentView, permissions: readonly string[]): GateScope[] {
  const grants = useSession()?.grants ?? [];
  const { project_id: project, environment_id: id } = environment;
  const places = {
    environment: { project, environment: id },
    project: { project, environment: WHOLE },
    platform: { project: WHOLE, environment: WHOLE },
  };
  return WIDEST_LAST.filter((scope) => permissions.every((permission) => mayIn(grants, permission, places[scope])));
}

interface ScopeChoiceProps {
  environment: EnvironmentView;
  scopes: readonly GateScope[];
  value: GateScope;
  onChange: (scope: GateScope) => void;
}
/** Where it holds: here, or in all that is around it. */
export const ScopeChoice = ({ environment: { name, project_id: project }, scopes, value, onChange }: ScopeChoiceProps) => {
  const labels = { environment: `Only ${name}`, project: `All of ${project}`, platform: 'Everywhere' };
  return scopes.length > 1 ? (
    <SegmentedControl<GateScope>
      aria-label="Where"
      size="xs"
      value={value}
      onChange={onChange}
      data={scopes.map((scope) => ({ value: scope, label: labels[scope] }))}
    />
  ) : null;
};
