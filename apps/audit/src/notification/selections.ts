import {
  environmentId,
  isDerivedId,
  requireProject,
  SlipwayError,
  type Principal,
  type Selection,
  type Subscriber,
} from '@slipway/contracts';

type Asked = Partial<Selection>;

/**
 * What a request selects, completed from `before`: a project's subscription is of that project, and environments may be named.
 * @throws SlipwayError `unknown_resource`, `invalid_request`
 */
export function selectionOf(asked: Asked, before: Selection, owner: Subscriber, principal: Principal): Selection {
  const projects = owner.kind === 'project' ? [owner.ref] : (asked.projects ?? before.projects);
  for (const project of projects) requireProject(principal, project);
  return {
    name: asked.name ?? before.name,
    topics: [...new Set(asked.topics ?? before.topics)],
    projects,
    environments: (asked.environments ?? before.environments).flatMap((ref) => environmentsNamed(ref, projects)),
  };
}

function environmentsNamed(ref: string, projects: readonly string[]): string[] {
  if (isDerivedId(ref)) return [ref];
  if (projects.length > 0) return projects.map((project) => environmentId(project, ref));
  throw new SlipwayError('invalid_request', `Say in which 'projects' the environment '${ref}' is meant, or give its id.`, {
    field: 'environments',
  });
}
