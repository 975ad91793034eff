import { randomBytes } from 'node:crypto';
import { Controller, Req, Res } from '@nestjs/common';
import { SlipwayError, type CreateIntent, type RecordIntent } from '@slipway/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config';
import { GatewayCalls } from '../http/gateway-calls';
import { UnderWay } from '../http/under-way';
import { Handles } from '../routes/handles';
import { routeNamed } from '../routes/route-table';
import { ToolBenches, type ToolUser } from '../tools/tool-bench';
import { COMMAND_CENTRE, CommandCentre } from './command-centre';
import { maskSecrets } from './mask-secrets';

/** How long finding out and previewing may take. */
const PATIENCE_MS = 90_000;

/** `POST /ai/intents`: understood here, by the routes that the caller may use; kept as an event by the release service. */
@Controller()
export class CreateIntentController {
  private readonly route = routeNamed('createIntent');
  private readonly underWay: UnderWay;
  constructor(
    private readonly calls: GatewayCalls,
    private readonly centre: CommandCentre,
    private readonly benches: ToolBenches,
    { SLIPWAY_MAX_INTENTS_OF_ACTOR: ofActor }: GatewayConfig,
  ) {
    this.underWay = new UnderWay({ ofActor, refusal: 'Too many of your questions are being worked on; wait for an answer.' });
  }

  @Handles('createIntent')
  async createIntent(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const body = this.calls.input(this.route, request).body as CreateIntent;
    if ((body.utterance === undefined) === (body.intent === undefined)) {
      throw new SlipwayError('invalid_request', "Send either 'utterance' or 'intent'.");
    }
    const done = this.underWay.begin(request.access!.principal.actorId);
    const gone = new AbortController();
    const left = (): void => gone.abort();
    reply.raw.once('close', left);
    try {
      if (reply.raw.destroyed) left();
      return await this.answer(body, gone.signal, request, reply);
    } finally {
      reply.raw.off('close', left);
      done();
    }
  }

  /** @param gone aborts when the client leaves: what nobody waits for is not worked on, and not kept. */
  private async answer(body: CreateIntent, gone: AbortSignal, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const caller = await this.calls.callerOf(this.route, request, body);
    const conversationId = body.conversation_id ?? caller.conversationId ?? `ai-${randomBytes(12).toString('hex')}`;
    const user = this.userOf(request, conversationId, gone);
    const project = await this.benches.bench({ ...COMMAND_CENTRE }, user).project(body.project);
    const key = request.headers['idempotency-key'];
    const idempotencyKey = typeof key === 'string' ? `intent:${key}`.slice(0, 200) : undefined;
    const utterance = body.utterance === undefined ? undefined : maskSecrets(body.utterance);
    const understood = await this.centre.take({ utterance, intent: body.intent, project, idempotencyKey }, user);
    if (gone.aborted) throw new SlipwayError('invalid_request', 'The client left before there was an answer.');
    const record: RecordIntent = { project, ...understood };
    const patient = { ...caller, conversationId, deadline: Date.now() + 10_000, token: await this.calls.tokenOf(user.principal) };
    return (await this.calls.call('release', 'record-intent', record, patient, request, reply)).value;
  }

  private userOf(request: FastifyRequest, conversationId: string, gone: AbortSignal): ToolUser {
    const { principal } = request.access!;
    const signal = AbortSignal.any([gone, AbortSignal.timeout(PATIENCE_MS)]);
    return { principal, source: 'ai', correlationId: request.id, conversationId, signal };
  }
}
