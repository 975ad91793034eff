import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PublicGet } from '../routes/handles';
import { API_PREFIX } from '../routes/route';
import { ROUTE_TABLE } from '../routes/route-table';
import { openApiDocument } from './openapi-document';

@Controller()
export class OpenApiController {
  private readonly document = JSON.stringify(openApiDocument(ROUTE_TABLE));

  @PublicGet(`${API_PREFIX}/openapi.json`)
  async openApi(@Res() reply: FastifyReply): Promise<void> {
    await reply.header('content-type', 'application/json').send(this.document);
  }
}
