import { Inject, Injectable } from '@nestjs/common';
import { ACTING_INTENTS, isSlipwayError, type Asked, type Intent, type RecordIntent } from '@slipway/contracts';
import { LOGGER, type Logger } from '@slipway/service-kit';
import { ToolBenches, type ToolUser } from '../tools/tool-bench';
import { answer } from './answering';
import { AskBack, candidate } from './ask-back';
import { understand } from './grammar/grammar';
import { ModelAgent } from './model/model-agent';
import { propose } from './proposing';
import { Resolver } from './resolver';

/** The routes that the command centre reads and previews by: all that it can do. Carrying out is for who confirms. */
export const COMMAND_CENTRE = {
  name: 'command_centre',
  routes: [
    'listProjects',
    'listServices',
    'listEnvironments',
    'listTargets',
    'listArtifacts',
    'listSlots',
    'listReleases',
    'getRelease',
    'listTickets',
    'previewRelease',
  ],
} as const;

/** Injection token of the configured model; null without one. */
export const MODEL = 'MODEL';

export interface Question {
  /** Already without what reads like a secret. */
  readonly utterance: string | undefined;
  readonly intent: Intent | undefined;
  readonly project: string;
  readonly idempotencyKey: string | undefined;
}
export type Understanding = Pick<RecordIntent, 'asked' | 'outcome'>;

/** From words or a structured intent to an answer, a question back, or a proposal on a preview. */
@Injectable()
export class CommandCentre {
  constructor(
    private readonly benches: ToolBenches,
    @Inject(MODEL) private readonly model: ModelAgent | null,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws SlipwayError as the routes do that it calls. */
  async take(question: Question, user: ToolUser): Promise<Understanding> {
    const { utterance = null } = question;
    const intent = question.intent ?? (utterance === null ? undefined : understand(utterance));
    const asked: Asked = { utterance, understood: intent ?? null, understood_by: question.intent ? 'caller' : 'grammar' };
    if (!intent) {
      const outcome = utterance === null ? undefined : await this.asModel(utterance, question.project, user);
      if (outcome) return { asked: { ...asked, understood_by: 'model' }, outcome };
      return { asked, outcome: { ask: NOT_UNDERSTOOD.question } };
    }
    return { asked, outcome: await this.outcome(intent, question, user) };
  }

  /** A model that fails leaves what was asked not understood. */
  private async asModel(utterance: string, project: string, user: ToolUser): Promise<RecordIntent['outcome'] | undefined> {
    if (!this.model) return undefined;
    try {
      return await this.model.work(utterance, project, user);
    } catch (error) {
      if (!isSlipwayError(error) || (error.category !== 'dependency_failed' && error.category !== 'dependency_unavailable')) throw error;
      this.logger.warn({ error, conversation_id: user.conversationId }, 'the AI endpoint failed');
      return undefined;
    }
  }

  private async outcome(intent: Intent, { project, idempotencyKey }: Question, user: ToolUser): Promise<RecordIntent['outcome']> {
    const bench = this.benches.bench({ ...COMMAND_CENTRE }, user);
    const asking = { intent, bench, resolver: new Resolver(bench, project), idempotencyKey };
    try {
      const acts = (ACTING_INTENTS as readonly string[]).includes(intent.kind);
      return acts ? await propose(asking) : { answer: await answer(asking) };
    } catch (error) {
      if (error instanceof AskBack) return { ask: error.question };
      throw error;
    }
  }
}

const NOT_UNDERSTOOD = new AskBack(
  "I did not understand that. Say for example 'deploy hello 1.2.0 to dev', 'roll back hello in staging' or 'help'. Approvals are decided in the inbox, by people.",
  [
    candidate({ kind: 'help' }, {}, 'What can I say?'),
    candidate({ kind: 'waiting' }, {}, 'What is waiting for me?'),
    candidate({ kind: 'version' }, {}, 'What runs where?'),
    candidate({ kind: 'releases' }, {}, 'Recent releases'),
  ],
);
