import { Inject, Injectable } from '@nestjs/common';
import {
  grantsOf,
  NONE,
  permissionsAt,
  unknownResource,
  type ListOfProject,
  type ListTokens,
  type Page,
  type Principal,
} from '@slipway/contracts';
import { AccessDirectory, CONFIGURED_BINDINGS, type KnownAccount, type KnownBinding, type KnownToken } from '@slipway/service-kit';
import { pageOf, type Order } from './page';

/** What of the directory a caller may see: what is the caller's own, and what is in projects that the caller reads. */
@Injectable()
export class VisibleAccess {
  constructor(
    private readonly directory: AccessDirectory,
    @Inject(CONFIGURED_BINDINGS) private readonly configured: readonly KnownBinding[],
  ) {}

  accounts({ project, ...paging }: ListOfProject, principal: Principal): Page<KnownAccount> {
    const { accounts } = this.directory.state;
    const wanted = (account: KnownAccount): boolean => project === undefined || account.projectId === project;
    const visible = [...accounts.values()].filter((account) => wanted(account) && isVisible(account, principal));
    return pageOf(visible, BY_ID, paging);
  }

  /** @throws SlipwayError `unknown_resource`, also for what the caller may not see */
  account(id: string, principal: Principal): KnownAccount {
    const account = this.directory.state.accounts.get(id);
    if (!account || !isVisible(account, principal)) throw unknownResource('account', id);
    return account;
  }

  /** @throws SlipwayError `unknown_resource` */
  token(id: string, principal: Principal): KnownToken {
    const token = this.directory.state.tokens.get(id);
    if (!token || !this.isTokenVisible(token, principal)) throw unknownResource('token', id);
    return token;
  }

  /** The caller's own unless an account or an actor is named. @throws SlipwayError `unknown_resource` for an account out of sight */
  tokens({ account, actor, ...paging }: ListTokens, principal: Principal): Page<KnownToken> {
    if (account !== undefined) this.account(account, principal);
    const owner = account === undefined && actor === undefined ? principal.actorId : actor;
    const wanted = ({ detail }: KnownToken): boolean =>
      (account === undefined || detail.account_id === account) && (owner === undefined || detail.actor_id === owner);
    const visible = [...this.directory.state.tokens.values()].filter((token) => wanted(token) && this.isTokenVisible(token, principal));
    return pageOf(visible, LATEST_FIRST, paging);
  }

  bindings({ project, ...paging }: ListOfProject, principal: Principal): Page<KnownBinding> {
    const all = [...this.configured, ...this.directory.state.bindings.values()];
    return pageOf(
      all.filter((binding) => concerns(binding, project) && isBindingVisible(binding, principal)),
      BY_ID,
      paging,
    );
  }

  /** @throws SlipwayError `unknown_resource` */
  binding(id: string, principal: Principal): KnownBinding {
    const binding = this.directory.state.bindings.get(id);
    if (!binding || !isBindingVisible(binding, principal)) throw unknownResource('binding', id);
    return binding;
  }

  private isTokenVisible({ detail }: KnownToken, principal: Principal): boolean {
    if (detail.actor_id === principal.actorId || ownsPlatform(principal)) return true;
    const account = detail.account_id === null ? undefined : this.directory.state.accounts.get(detail.account_id);
    return account !== undefined && isVisible(account, principal);
  }
}

const BY_ID: Order<{ readonly id: string }> = { key: ({ id }) => id, direction: 'ASC' };
const LATEST_FIRST: Order<KnownToken> = { key: ({ createdAt, id }) => `${createdAt} ${id}`, direction: 'DESC' };
const ownsPlatform = (principal: Principal): boolean => permissionsAt(grantsOf(principal), { projectId: '*', environmentId: '*' }).size > 0;
const readsProject = (principal: Principal, projectId: string): boolean =>
  permissionsAt(grantsOf(principal), { projectId }).has('deploy:release:read');

function isVisible({ projectId, actorId, parent }: KnownAccount, principal: Principal): boolean {
  if (actorId === principal.actorId || parent?.actor_id === principal.actorId || ownsPlatform(principal)) return true;
  return projectId !== NONE && readsProject(principal, projectId);
}

function isBindingVisible({ scope, subject }: KnownBinding, principal: Principal): boolean {
  if (subject.ref === principal.actorId || ownsPlatform(principal)) return true;
  return scope.project_id !== NONE && readsProject(principal, scope.project_id);
}

const concerns = ({ scope }: KnownBinding, project: string | undefined): boolean => project === undefined || scope.project_id === project;
