import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import {
  deriveId,
  NONE,
  PERSONAL_TOPICS,
  SlipwayError,
  TOPICS,
  type Channel,
  type CreateSubscription as Request,
  type IssuedSubscription,
  type Principal,
  type Selection,
  type Subscriber,
} from '@slipway/contracts';
import { CommandRunner } from '@slipway/event-sourcing';
import { Not, Repository } from 'typeorm';
import { contactRef } from '../../contacts';
import type { MailSender } from '../../delivery/mail-sender';
import { ContactAggregate } from '../../domain/contact.state';
import { createSubscription, knownSubscription } from '../../domain/subscription.decider';
import { SubscriptionAggregate } from '../../domain/subscription.state';
import { EndpointChanges, shownSecret, type MadeSecret } from '../../endpoint-changes';
import { SubscriptionAccess } from '../../notification.access';
import { MAIL } from '../../notification.tokens';
import { SubscriptionRow } from '../../projections/notifications/subscription.row';
import { selectionOf } from '../../selections';
import { SubscriptionViews } from '../../subscription-views';
import type { Changed } from '../../subscriptions';
import { CreateSubscription } from './create-subscription.command';

/** Of a person, a team, a project, or the platform. */
const OF_ONE_OWNER = 50;

@CommandHandler(CreateSubscription)
export class CreateSubscriptionHandler implements ICommandHandler<CreateSubscription> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly access: SubscriptionAccess,
    private readonly endpoints: EndpointChanges,
    private readonly views: SubscriptionViews,
    @Inject(MAIL) private readonly mail: MailSender | null,
    @InjectRepository(SubscriptionRow) private readonly rows: Repository<SubscriptionRow>,
  ) {}

  async execute({ request, caller }: CreateSubscription): Promise<Changed<IssuedSubscription>> {
    const { principal } = caller;
    const owner = ownerOf(request, principal);
    const id = deriveId('subscription', caller.commandId);
    this.access.requireManager(principal, owner, id);
    await this.requireRoom(id, owner);
    const projectId = owner.kind === 'project' ? owner.ref : NONE;
    const selection = selectionOf(request, defaultsOf(request, owner), owner, principal);
    const { channel, made } = await this.channel(id, projectId, owner, request);
    const { aggregate, position } = await this.runner.run(
      SubscriptionAggregate,
      { projectId, type: 'subscription', id },
      caller.commandContext(),
      (state) => createSubscription({ owner, selection, channel }, state),
    );
    const known = knownSubscription(aggregate.state, id);
    return { view: { ...(await this.views.of(known)), secret: shownSecret(known, made) }, position };
  }

  /** @throws SlipwayError `limit_reached` */
  private async requireRoom(id: string, { kind: ownerKind, ref: ownerRef }: Subscriber): Promise<void> {
    const others = { ownerKind, ownerRef, phase: Not('removed'), subscriptionId: Not(id) };
    if ((await this.rows.countBy(others)) < OF_ONE_OWNER) return;
    throw new SlipwayError(
      'limit_reached',
      `${OF_ONE_OWNER} subscriptions of this owner are there, which is the most; remove one of them first.`,
      {
        limit: OF_ONE_OWNER,
      },
    );
  }

  private async channel(
    id: string,
    projectId: string,
    owner: Subscriber,
    { channel, url }: Request,
  ): Promise<{ readonly channel: Channel; readonly made?: MadeSecret }> {
    if (channel !== 'email') return this.endpoints.webhook(id, projectId, channel === 'slack' ? 'slack' : 'json', url);
    if (url !== undefined) throw invalid('url', 'Mail goes to where each person reads it; leave the URL out.');
    if (owner.kind !== 'user' && owner.kind !== 'team') throw invalid('channel', 'Mail goes to people: subscribe yourself, or a team.');
    if (!this.mail) {
      throw new SlipwayError(
        'mail_not_configured',
        'This platform sends no mail; its operator can give it a mail server (SLIPWAY_SMTP_URL).',
      );
    }
    if (owner.kind === 'user') await this.requireMailbox(owner.ref);
    return { channel: { kind: 'email' } };
  }

  private async requireMailbox(actorId: string): Promise<void> {
    const { address, pending } = (await this.runner.load(ContactAggregate, contactRef(actorId))).state;
    if (address !== null) return;
    if (pending === null) throw invalid('channel', 'Say first where you read mail: PUT /api/v1/notifications/contact.');
    throw invalid('channel', 'Confirm your address first, by the code that was mailed there: POST /api/v1/notifications/contact/confirm.');
  }
}

function ownerOf({ team, project, platform }: Request, { actorId }: Principal): Subscriber {
  if ([team, project, platform].filter((one) => one !== undefined).length > 1) {
    throw invalid('team', 'A subscription belongs to a team, to a project, or to the platform; name one of them, or none for your own.');
  }
  if (team !== undefined) return { kind: 'team', ref: team };
  if (project !== undefined) return { kind: 'project', ref: project };
  return platform ? { kind: 'platform', ref: NONE } : { kind: 'user', ref: actorId };
}

/** People are told of what is theirs; programs of everything. */
const defaultsOf = ({ channel }: Request, { kind, ref }: Subscriber): Selection => ({
  name: `${channel} of ${kind === 'user' ? 'mine' : kind === 'platform' ? 'the platform' : ref}`.slice(0, 100),
  topics: kind === 'user' || channel === 'email' ? [...PERSONAL_TOPICS] : [...TOPICS],
  projects: [],
  environments: [],
});

const invalid = (field: string, message: string): SlipwayError => new SlipwayError('invalid_request', message, { field });
