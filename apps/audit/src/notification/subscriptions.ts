import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { unknownResource, type AggregateRef, type NewSubscriptionEvent, type SubscriptionView } from '@slipway/contracts';
import { CommandRunner, type CommandContext, type EventStore } from '@slipway/event-sourcing';
import { ReadModels } from '@slipway/projections-typeorm';
import { EVENT_STORE, type CallerContext } from '@slipway/service-kit';
import { Repository } from 'typeorm';
import { knownSubscription } from './domain/subscription.decider';
import { SubscriptionAggregate, type KnownSubscription, type Subscription } from './domain/subscription.state';
import { SubscriptionAccess } from './notification.access';
import { SubscriptionRow } from './projections/notifications/subscription.row';
import { SubscriptionViews } from './subscription-views';

export interface Changed<View> {
  readonly view: View;
  readonly position: number;
}

/** What all acts on a subscription share: finding it, whose it is, and what it is at the log's head. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly access: SubscriptionAccess,
    private readonly views: SubscriptionViews,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @InjectRepository(SubscriptionRow) private readonly rows: Repository<SubscriptionRow>,
  ) {}

  /** @throws SlipwayError `unknown_resource`, `forbidden`, and what the decision throws */
  async change(
    id: string,
    caller: CallerContext,
    decide: (state: Subscription, now: string) => readonly NewSubscriptionEvent[],
  ): Promise<Changed<SubscriptionView> & { readonly known: KnownSubscription }> {
    const ref = await this.find(id);
    const { state } = await this.runner.load(SubscriptionAggregate, ref);
    // Who removed it may ask once more, and is answered as before.
    const { owner } = state.phase === 'removed' ? await this.last(id) : knownSubscription(state, id);
    this.access.requireManager(caller.principal, owner, id);
    const context = caller.commandContext();
    const { aggregate, position } = await this.runner.run(SubscriptionAggregate, ref, context, (state) => decide(state, context.now));
    const known = aggregate.state.phase === 'removed' ? await this.last(id) : knownSubscription(aggregate.state, id);
    return { view: await this.views.of(known), known, position };
  }

  /** One that the caller manages. @throws SlipwayError `unknown_resource`, `forbidden` */
  async managed(id: string, caller: CallerContext): Promise<{ readonly ref: AggregateRef; readonly known: KnownSubscription }> {
    const ref = await this.find(id);
    const known = knownSubscription((await this.runner.load(SubscriptionAggregate, ref)).state, id);
    this.access.requireManager(caller.principal, known.owner, id);
    return { ref, known };
  }

  /** At the log's head; undefined when it was removed. */
  async current(id: string): Promise<KnownSubscription | undefined> {
    const { state } = await this.runner.load(SubscriptionAggregate, await this.find(id));
    return state.phase === 'active' || state.phase === 'paused' ? state : undefined;
  }

  /** A command of the platform's own. */
  async act(id: string, context: CommandContext, decide: (state: Subscription) => readonly NewSubscriptionEvent[]): Promise<void> {
    await this.runner.run(SubscriptionAggregate, await this.find(id), context, decide);
  }

  private async last(id: string): Promise<KnownSubscription> {
    const row = await this.rows.findOneBy({ subscriptionId: id });
    return knownSubscription(row?.state ?? { phase: 'absent' }, id);
  }

  /** What was made a moment ago may not be in the read model yet. @throws SlipwayError `unknown_resource` */
  private async find(id: string): Promise<AggregateRef> {
    let row = await this.rows.findOneBy({ subscriptionId: id });
    if (!row) {
      await this.readModels.waitFor('notifications', await this.store.position());
      row = await this.rows.findOneBy({ subscriptionId: id });
    }
    if (!row) throw unknownResource('subscription', id);
    return { projectId: row.projectId, type: 'subscription', id };
  }
}
