import { NONE, SlipwayError, unknownResource, type CreateProject, type NewProjectEvent, type UpdateProject } from '@slipway/contracts';
import type { ActiveProject, Project } from './project.state';

/** @throws SlipwayError `already_exists` */
export function createProject(request: CreateProject, project: Project): NewProjectEvent[] {
  if (project.phase === 'active') {
    throw new SlipwayError('already_exists', `There is a project '${request.name}' already; choose another name, or use it.`, {
      project_id: request.name,
    });
  }
  const teamId = request.team ?? NONE;
  const detail = { name: request.name, title: request.title ?? request.name, team_id: teamId };
  return [{ action: 'project.created', status: 'active', teamId, detail }];
}

/** @throws SlipwayError `unknown_resource` */
export function updateProject(request: UpdateProject, project: Project, ref: string): NewProjectEvent[] {
  const { title, teamId } = activeProject(project, ref);
  return title === request.title ? [] : [{ action: 'project.updated', status: 'active', teamId, detail: { title: request.title } }];
}

/** @throws SlipwayError `unknown_resource` unless the project exists. */
export function activeProject(project: Project, ref: string): ActiveProject {
  if (project.phase !== 'active') throw unknownResource('project', ref);
  return project;
}
