import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, retainSearchParams } from '@tanstack/react-router';
import { LoginView } from '../session/login-view';
import { currentSession } from '../session/session';
import { LiveProvider } from '../live/live-context';
import { Broken, Missing } from './broken';
import { Rows } from '../display/page';
import { Shell } from './shell';
import { optional, text, type Search } from './search';

const root = createRootRoute({
  validateSearch: (search: Search): { project?: string } => optional({ project: text(search['project']) }),
  search: { middlewares: [retainSearchParams(['project'])] },
  notFoundComponent: Missing,
  errorComponent: Broken,
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Search): { next?: string; error?: string } =>
    optional({ next: text(search['next']), error: text(search['error']) }),
  component: LoginView,
});

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: ({ location }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router takes a redirection
    if (!currentSession()) throw redirect({ to: '/login', search: { next: location.href } });
  },
  component: () => (
    <LiveProvider>
      <Shell />
    </LiveProvider>
  ),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  component: lazyRouteComponent(() => import('../home/home-view'), 'HomeView'),
});

export interface DeploySearch {
  service?: string;
  artifact?: string;
  environment?: string;
  target?: string;
  strategy?: string;
  reason?: string;
  variables?: string;
  /** Several services as one: JSON of what goes together, see group/group-input.ts. */
  members?: string;
  release?: string;
  group?: string;
  step?: 'preview' | 'confirm' | 'follow';
}
const STEPS = ['preview', 'confirm', 'follow'] as const;
const deploy = createRoute({
  getParentRoute: () => inside,
  path: '/deploy',
  validateSearch: (search: Search): DeploySearch =>
    optional({
      service: text(search['service']),
      artifact: text(search['artifact']),
      environment: text(search['environment']),
      target: text(search['target']),
      strategy: text(search['strategy']),
      reason: text(search['reason']),
      variables: text(search['variables']),
      members: text(search['members']),
      release: text(search['release']),
      group: text(search['group']),
      step: STEPS.find((step) => step === search['step']),
    }),
  component: lazyRouteComponent(() => import('../deploy/deploy-view'), 'DeployView'),
});

export interface ReleasesSearch {
  view?: 'groups';
  service?: string;
  environment?: string;
  status?: string;
}
const releases = createRoute({
  getParentRoute: () => inside,
  path: '/releases',
  validateSearch: (search: Search): ReleasesSearch =>
    optional<ReleasesSearch & Record<string, unknown>>({
      view: search['view'] === 'groups' ? 'groups' : undefined,
      service: text(search['service']),
      environment: text(search['environment']),
      status: text(search['status']),
    }),
  component: lazyRouteComponent(() => import('../releases/releases-view'), 'ReleasesView'),
});

const release = createRoute({
  getParentRoute: () => inside,
  path: '/releases/$id',
  validateSearch: (search: Search): { tab?: string } => optional({ tab: text(search['tab']) }),
  component: lazyRouteComponent(() => import('../release/release-view'), 'ReleaseView'),
});

const group = createRoute({
  getParentRoute: () => inside,
  path: '/groups/$id',
  validateSearch: (search: Search): { tab?: string } => optional({ tab: text(search['tab']) }),
  component: lazyRouteComponent(() => import('../group/group-view'), 'GroupView'),
});

/** Of a list over several projects. */
interface Across {
  project?: string;
  /** Of every project, whichever is in view. */
  every?: true;
}
const every = (search: Search): true | undefined => (search['every'] === true ? true : undefined);

export interface InboxSearch extends Across {
  tab?: 'mine' | 'pending' | 'all';
  team?: string;
  environment?: string;
  risk?: string;
  priority?: string;
  status?: string;
  sla?: string;
  sort?: string;
  q?: string;
  ticket?: string;
}
const TABS = ['mine', 'pending', 'all'] as const;
const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox',
  validateSearch: (search: Search): Omit<InboxSearch, 'project'> =>
    optional({
      every: every(search),
      tab: TABS.find((tab) => tab === search['tab']),
      team: text(search['team']),
      environment: text(search['environment']),
      risk: text(search['risk']),
      priority: text(search['priority']),
      status: text(search['status']),
      sla: text(search['sla']),
      sort: text(search['sort']),
      q: text(search['q']),
      ticket: text(search['ticket']),
    }),
  component: lazyRouteComponent(() => import('../inbox/inbox-view'), 'InboxView'),
});

const ask = createRoute({
  getParentRoute: () => inside,
  path: '/ask',
  validateSearch: (search: Search): { conversation?: string } => optional({ conversation: text(search['conversation']) }),
  component: lazyRouteComponent(() => import('../ask/ask-view'), 'AskView'),
});

const environments = createRoute({
  getParentRoute: () => inside,
  path: '/environments',
  validateSearch: (search: Search): { environment?: string } => optional({ environment: text(search['environment']) }),
  component: lazyRouteComponent(() => import('../environments/environments-view'), 'EnvironmentsView'),
});

export interface AuditSearch extends Across {
  environment?: string;
  actor?: string;
  action?: string;
  resource?: string;
  since?: string;
  until?: string;
}
const audit = createRoute({
  getParentRoute: () => inside,
  path: '/audit',
  validateSearch: (search: Search): Omit<AuditSearch, 'project'> =>
    optional({
      every: every(search),
      environment: text(search['environment']),
      actor: text(search['actor']),
      action: text(search['action']),
      resource: text(search['resource']),
      since: text(search['since']),
      until: text(search['until']),
    }),
  component: lazyRouteComponent(() => import('../audit/audit-view'), 'AuditView'),
});

export interface SettingsSearch {
  tab?: string;
  environment?: string;
  subject?: string;
  permission?: string;
  /** Whose deliveries are open. */
  subscription?: string;
}
const settings = createRoute({
  getParentRoute: () => inside,
  path: '/settings',
  validateSearch: (search: Search): SettingsSearch =>
    optional({
      tab: text(search['tab']),
      environment: text(search['environment']),
      subject: text(search['subject']),
      permission: text(search['permission']),
      subscription: text(search['subscription']),
    }),
  component: lazyRouteComponent(() => import('../settings/settings-view'), 'SettingsView'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    inside.addChildren([home, deploy, releases, release, group, inbox, ask, environments, audit, settings]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Rows,
  defaultErrorComponent: Broken,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
