import { applyDecorators, Get, HttpCode, Post, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import { fullPath, type Method } from './route';
import { routeNamed } from './route-table';

export const ROUTE = 'slipway:route';
export const PUBLIC = 'slipway:public';

const METHODS: Record<Method, RequestMethod> = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PUT: RequestMethod.PUT,
  PATCH: RequestMethod.PATCH,
  DELETE: RequestMethod.DELETE,
};

/** Binds a controller's method to a row of the route table: its path, its status and its access rules. */
export function Handles(name: string): MethodDecorator {
  const route = routeNamed(name);
  return applyDecorators(
    RequestMapping({ path: fullPath(route), method: METHODS[route.method] }),
    HttpCode(route.status),
    SetMetadata(ROUTE, route),
  );
}

/** A POST outside the API that checks its callers itself: signing in and out. */
export const PublicPost = (path: string, status: number): MethodDecorator =>
  applyDecorators(Post(path), HttpCode(status), SetMetadata(PUBLIC, true));

/** A GET outside the API that anyone may call: health, metrics, the OpenAPI document. */
export const PublicGet = (path: string): MethodDecorator => applyDecorators(Get(path), SetMetadata(PUBLIC, true));
