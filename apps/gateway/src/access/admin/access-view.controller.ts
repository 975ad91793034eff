import { Controller, Req, Res } from '@nestjs/common';
import { environmentId, resolveRef, type AccessView, type ListAccess } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handles } from '../../routes/handles';
import { AccessCommands } from './access-commands';
import { AccessOverview } from './access-overview';

/** Who may do what where, and why. */
@Controller()
export class AccessViewController {
  constructor(
    private readonly commands: AccessCommands,
    private readonly overview: AccessOverview,
  ) {}

  @Handles('viewAccess')
  async view(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccessView> {
    const { input } = await this.commands.open('viewAccess', request, reply);
    const { project, environment, subject, permission } = input.query as ListAccess;
    const id = environment === undefined ? undefined : resolveRef(environment, (name) => environmentId(project, name));
    const place = { projectId: project, ...(id === undefined ? {} : { environmentId: id }) };
    return { project_id: project, environment_id: id ?? null, items: this.overview.at(place, { subject, permission }) };
  }
}
