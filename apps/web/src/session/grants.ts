import type { Schemas } from '@slipway/api-client';

export interface Place {
  readonly project?: string;
  readonly environment?: string;
}

const covers = (scope: readonly string[], id: string | undefined): boolean => id === undefined || scope.includes('*') || scope.includes(id);

/** Whether the grants that cover a place hold a permission; without a place, whether any grant does. */
export const mayIn = (grants: readonly Schemas['Grant'][], permission: string, { project, environment }: Place = {}): boolean =>
  grants.some(
    (grant) =>
      covers(grant.projects, project) &&
      covers(grant.environments, environment) &&
      (grant.permissions as readonly string[]).includes(permission),
  );
