import type { NewProjectEvent, ProjectEvent } from '@slipway/contracts';
import { DeciderSpec } from '@slipway/event-sourcing';
import { createProject, updateProject } from './project.decider';
import { ProjectAggregate, type Project } from './project.state';

const created: NewProjectEvent = {
  action: 'project.created',
  status: 'active',
  teamId: '_',
  detail: { name: 'shop', title: 'shop', team_id: '_' },
};
const project = (...history: NewProjectEvent[]) =>
  new DeciderSpec<Project, ProjectEvent, NewProjectEvent>(ProjectAggregate, { projectId: 'shop', type: 'project', id: 'shop' }).given(
    ...history,
  );

describe('project', () => {
  it('is created with its name as title unless another is given', async () => {
    await project()
      .when((state) => createProject({ name: 'shop' }, state))
      .thenEvents(created);
    await project()
      .when((state) => createProject({ name: 'shop', title: 'The shop', team: 'web' }, state))
      .thenEvents({ ...created, teamId: 'web', detail: { name: 'shop', title: 'The shop', team_id: 'web' } });
  });

  it('is unique by name', () =>
    project(created)
      .when((state) => createProject({ name: 'shop' }, state))
      .thenRefused('already_exists'));

  it('gets a new title, and nothing happens when it has it', async () => {
    await project(created)
      .when((state) => updateProject({ title: 'Shop' }, state, 'shop'))
      .thenEvents({ action: 'project.updated', status: 'active', teamId: '_', detail: { title: 'Shop' } });
    await project(created)
      .when((state) => updateProject({ title: 'shop' }, state, 'shop'))
      .thenNothing();
  });

  it('cannot be changed before it exists', () =>
    project()
      .when((state) => updateProject({ title: 'Shop' }, state, 'shop'))
      .thenRefused('unknown_resource'));
});
