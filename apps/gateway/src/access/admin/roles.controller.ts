import { Controller, Req, Res } from '@nestjs/common';
import { BUILT_IN_ROLES, unknownResource, type BindingView, type Page, type RoleView, type TeamView } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessDirectory } from '@slipway/service-kit';
import { Handles } from '../../routes/handles';
import { AccessCommands } from './access-commands';
import { VisibleAccess } from './visible-access';
import { bindingView } from './views';

/** Roles, whom they are bound to, and teams. */
@Controller()
export class RolesController {
  constructor(
    private readonly commands: AccessCommands,
    private readonly directory: AccessDirectory,
    private readonly visible: VisibleAccess,
  ) {}

  @Handles('listRoles')
  async list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<{ items: RoleView[] }> {
    await this.commands.open('listRoles', request, reply);
    const builtIn = Object.entries(BUILT_IN_ROLES).map(([name, permissions]): RoleView => {
      return { name, title: name, permissions: [...permissions], built_in: true, updated_at: null };
    });
    const defined = [...this.directory.state.roles.keys()].sort().map((name) => this.role(name));
    return { items: [...builtIn, ...defined] };
  }

  @Handles('defineRole')
  async define(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<RoleView> {
    const opened = await this.commands.open('defineRole', request, reply);
    const { id } = await this.commands.run('define-role', { ...opened.input.body, ...opened.input.params }, opened);
    return this.role(id);
  }

  @Handles('deleteRole')
  async remove(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<{ name: string }> {
    const opened = await this.commands.open('deleteRole', request, reply);
    const { id } = await this.commands.run('delete-role', { ...opened.input.query, ...opened.input.params }, opened);
    return { name: id };
  }

  @Handles('listBindings')
  async listBindings(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Page<BindingView>> {
    const { input } = await this.commands.open('listBindings', request, reply);
    const { items, next_cursor } = this.visible.bindings(input.query, request.access!.principal);
    return { items: items.map(bindingView), next_cursor };
  }

  @Handles('createBinding')
  async bind(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<BindingView> {
    const opened = await this.commands.open('createBinding', request, reply);
    const { id } = await this.commands.run('create-binding', opened.input.body, opened);
    const binding = this.directory.state.bindings.get(id);
    if (!binding) throw unknownResource('binding', id);
    return bindingView(binding);
  }

  @Handles('deleteBinding')
  async unbind(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<BindingView> {
    const opened = await this.commands.open('deleteBinding', request, reply);
    const binding = this.visible.binding(opened.input.params['id']!, request.access!.principal);
    const ref = { id: binding.id, project_id: binding.scope.project_id };
    await this.commands.run('delete-binding', { ...ref, ...opened.input.query }, opened);
    return bindingView(binding);
  }

  @Handles('listTeams')
  async listTeams(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<{ items: TeamView[] }> {
    await this.commands.open('listTeams', request, reply);
    return { items: [...this.directory.state.teams.keys()].sort().map((name) => this.team(name, request)) };
  }

  @Handles('changeTeam')
  async changeTeam(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<TeamView> {
    const opened = await this.commands.open('changeTeam', request, reply);
    const { id } = await this.commands.run('change-team', { ...opened.input.body, ...opened.input.params }, opened);
    return this.team(id, request);
  }

  @Handles('deleteTeam')
  async deleteTeam(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<{ team_id: string }> {
    const opened = await this.commands.open('deleteTeam', request, reply);
    const { id } = await this.commands.run('delete-team', { ...opened.input.query, ...opened.input.params }, opened);
    return { team_id: id };
  }

  private role(name: string): RoleView {
    const role = this.directory.state.roles.get(name);
    if (!role) throw unknownResource('role', name);
    return { name, title: role.title, permissions: [...role.permissions], built_in: false, updated_at: role.updatedAt };
  }

  /** Projects are shown as far as the caller sees them. */
  private team(name: string, request: FastifyRequest): TeamView {
    const team = this.directory.state.teams.get(name);
    if (!team) throw unknownResource('team', name);
    const { projects } = request.access!.principal;
    const own = this.directory.state.projectsOfTeam(name).filter((project) => projects.includes('*') || projects.includes(project));
    return { team_id: name, title: team.title, members: [...team.members], projects: own.sort(), updated_at: team.updatedAt };
  }
}
