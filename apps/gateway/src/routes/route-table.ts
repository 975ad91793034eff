import { aiRoutes } from './ai.routes';
import { accessRoutes } from './access.routes';
import { catalogueRoutes } from './catalogue.routes';
import { gateRoutes } from './gate.routes';
import { groupRoutes } from './group.routes';
import { governanceRoutes } from './governance.routes';
import { notificationRoutes } from './notification.routes';
import { policyRoutes } from './policy.routes';
import { provisioningRoutes } from './provisioning.routes';
import { releaseRoutes } from './release.routes';
import { sessionRoutes } from './session.routes';
import { fullPath, type Route } from './route';

/** Every route of the API. What is not here is refused (default deny). */
export const ROUTE_TABLE: readonly Route[] = [
  ...sessionRoutes,
  ...accessRoutes,
  ...catalogueRoutes,
  ...provisioningRoutes,
  ...policyRoutes,
  ...gateRoutes,
  ...releaseRoutes,
  ...groupRoutes,
  ...governanceRoutes,
  ...notificationRoutes,
  ...aiRoutes,
];

const byName = new Map(ROUTE_TABLE.map((route) => [route.name, route]));
const byPath = new Map(ROUTE_TABLE.map((route) => [`${route.method} ${fullPath(route)}`, route]));
if (byName.size !== ROUTE_TABLE.length || byPath.size !== ROUTE_TABLE.length) throw new Error('Two rows of the route table collide');

/** @throws Error for a name that no row has: a handler without permissions must not start. */
export function routeNamed(name: string): Route {
  const route = byName.get(name);
  if (!route) throw new Error(`The route table has no row '${name}'`);
  return route;
}

/** The row of a matched route; `pattern` is the registered path with `:name` parameters. */
export const routeAt = (method: string, pattern: string): Route | undefined => byPath.get(`${method} ${pattern}`);
