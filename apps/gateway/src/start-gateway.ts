import multipart from '@fastify/multipart';
import type { DynamicModule, INestApplicationContext, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Platform } from '@slipway/service-kit';
import type { FastifyInstance } from 'fastify';
import { Authenticator } from './auth/authenticator';
import { aiKeyOf, type GatewayConfig } from './gateway.config';
import { gatewayAdapter } from './http/fastify-adapter';
import { GatewayCalls } from './http/gateway-calls';
import { HttpMetrics } from './http/http-metrics';
import { registerParsers } from './http/json-body';
import { registerRequestHooks } from './http/request-hooks';
import { ProtectedResource } from './mcp/protected-resource';
import { serviceChecks } from './platform/services.check';
import { ARTIFACT_TYPES } from './routes/catalogue.routes';
import { hasWebFiles, registerWebFiles } from './web/web-files';

const FORM = 'multipart/form-data';

/** The gateway's HTTP server on the platform that `runService` opened; answers once it listens. */
export async function startGateway(
  root: DynamicModule,
  platform: Platform<GatewayConfig>,
  options: NestApplicationOptions,
): Promise<INestApplicationContext> {
  const app = await NestFactory.create<NestFastifyApplication>(root, gatewayAdapter(platform.config.SLIPWAY_TRUSTED_PROXIES), {
    ...options,
    bodyParser: false,
  });
  platform.redaction.add(aiKeyOf(platform.config));
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  registerParsers(
    fastify,
    ARTIFACT_TYPES.filter((type) => type !== FORM),
  );
  const { SLIPWAY_MAX_ARTIFACT_BYTES: maxBytes } = platform.config;
  await fastify.register(multipart, {
    limits: { fields: 10, fieldNameSize: 100, fieldSize: 4_096, files: 2, parts: 12, fileSize: maxBytes + 1, headerPairs: 50 },
  });
  const { SLIPWAY_MAX_REQUESTS_OF_ACTOR: ofActor } = platform.config;
  registerRequestHooks(fastify, app.get(Authenticator), app.get(ProtectedResource), platform.logger, app.get(HttpMetrics), ofActor);
  const { SLIPWAY_WEB_DIR: web } = platform.config;
  if (web !== undefined) {
    if (hasWebFiles(web)) await registerWebFiles(fastify, web);
    else platform.logger.warn({ directory: web }, 'no web page is built there; serving the API alone');
  }
  for (const check of serviceChecks(app.get(GatewayCalls))) platform.readiness.add(check);
  await app.listen(platform.config.SLIPWAY_HTTP_PORT, platform.config.SLIPWAY_HTTP_HOST);
  platform.logger.info({ url: await app.getUrl() }, 'gateway listens');
  return app;
}
