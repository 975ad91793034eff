import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import type { ListSubscriptions as Request, Page, Principal, SubscriptionView } from '@slipway/contracts';
import { keysetPage, ReadModels } from '@slipway/projections-typeorm';
import type { CallerContext } from '@slipway/service-kit';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { knownSubscription } from '../../domain/subscription.decider';
import { administeredProjects, administersPlatform, SubscriptionAccess } from '../../notification.access';
import { SubscriptionRow } from '../../projections/notifications/subscription.row';
import { SubscriptionViews } from '../../subscription-views';

export class ListSubscriptions extends Query<Page<SubscriptionView>> {
  constructor(
    readonly request: Request,
    readonly caller: CallerContext,
  ) {
    super();
  }
}

/** What the caller may manage: his own, his teams', his projects', newest first. */
@QueryHandler(ListSubscriptions)
export class ListSubscriptionsHandler implements IQueryHandler<ListSubscriptions> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly access: SubscriptionAccess,
    private readonly views: SubscriptionViews,
    @InjectRepository(SubscriptionRow) private readonly rows: Repository<SubscriptionRow>,
  ) {}

  async execute({ request, caller }: ListSubscriptions): Promise<Page<SubscriptionView>> {
    await this.readModels.waitFor('notifications', caller.minPosition);
    const { owner, team, project, channel, limit, cursor } = request;
    const query = this.visible(caller.principal).andWhere("one.phase <> 'removed'");
    if (owner !== undefined) query.andWhere('one.ownerKind = :owner', { owner });
    if (team !== undefined) query.andWhere("one.ownerKind = 'team' AND one.ownerRef = :team", { team });
    if (project !== undefined) query.andWhere("one.ownerKind = 'project' AND one.ownerRef = :project", { project });
    if (channel !== undefined) query.andWhere('one.channel = :channel', { channel });
    const page = await keysetPage(query, { key: ['position'], direction: 'DESC', limit, cursor }, (row) =>
      knownSubscription(row.state, row.subscriptionId),
    );
    return { items: await this.views.all(page.items), next_cursor: page.next_cursor };
  }

  private visible(principal: Principal): SelectQueryBuilder<SubscriptionRow> {
    const platform = administersPlatform(principal);
    const projects = administeredProjects(principal);
    return this.rows.createQueryBuilder('one').where(
      `((one.ownerKind = 'user' AND one.ownerRef = :me)
        OR (one.ownerKind = 'team' AND (:platform OR one.ownerRef = ANY(:teams)))
        OR (one.ownerKind = 'project' AND (:all OR one.ownerRef = ANY(:projects)))
        OR (one.ownerKind = 'platform' AND :platform))`,
      { me: principal.actorId, platform, teams: this.access.teamsOf(principal), all: projects.includes('*'), projects },
    );
  }
}
