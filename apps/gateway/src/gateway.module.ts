import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessDirectory, HeldAccess, InternalTokenSigner, readJwk } from '@slipway/service-kit';
import { CommandCentre, MODEL } from './ai/command-centre';
import { CreateIntentController } from './ai/create-intent.controller';
import { ChatEndpoint } from './ai/model/chat-endpoint';
import { ModelAgent } from './ai/model/model-agent';
import { BlobSweep } from './artifacts/blob-sweep';
import { UploadArtifactController } from './artifacts/upload-artifact.controller';
import { AccessResolver } from './access/access-resolver';
import { AccessCommands } from './access/admin/access-commands';
import { AccessOverview } from './access/admin/access-overview';
import { AccessViewController } from './access/admin/access-view.controller';
import { AccountsController } from './access/admin/accounts.controller';
import { RolesController } from './access/admin/roles.controller';
import { TokensController } from './access/admin/tokens.controller';
import { VisibleAccess } from './access/admin/visible-access';
import { AccessWatch } from './access/access-watch';
import { TokenSecrets } from './access/token-secrets';
import { AccessGuard } from './auth/access.guard';
import { Authenticator } from './auth/authenticator';
import { IssuedTokens } from './auth/issued-tokens';
import { SessionController } from './auth/session.controller';
import { SessionCookies } from './auth/session-cookies';
import { Sessions } from './auth/sessions';
import { OidcController } from './auth/oidc/oidc.controller';
import { oidcProviders } from './auth/oidc/oidc.providers';
import { TokenVerifier } from './auth/token-verifier';
import { aiKeyOf, GatewayConfig, publicUrlOf } from './gateway.config';
import { CommandIdentities } from './http/command-identity';
import { GatewayCalls } from './http/gateway-calls';
import { HttpMetrics } from './http/http-metrics';
import { PositionMemory } from './http/position-memory';
import { ProblemFilter } from './http/problem.filter';
import { EndedSessions } from './mcp/ended-sessions';
import { McpController } from './mcp/mcp.controller';
import { McpRequests } from './mcp/mcp-requests';
import { McpSessions } from './mcp/mcp-session';
import { ProtectedResource } from './mcp/protected-resource';
import { NotificationsController } from './notifications/notifications.controller';
import { OpenApiController } from './openapi/openapi.controller';
import { HealthController } from './platform/health.controller';
import { ProjectionsController } from './platform/projections.controller';
import { rpcControllers } from './routes/rpc.controllers';
import { ROUTE_TABLE } from './routes/route-table';
import { EventsController } from './streams/events.controller';
import { LiveTail } from './streams/live-tail';
import { LogReader } from './streams/log-reader';
import { LogsController } from './streams/logs.controller';
import { SlotLogsController } from './streams/slot-logs.controller';
import { OpenStreams } from './streams/open-streams';
import { TimelineController } from './streams/timeline.controller';
import { ToolBenches } from './tools/tool-bench';

function modelOf(config: GatewayConfig, benches: ToolBenches): ModelAgent | null {
  const { SLIPWAY_AI_BASE_URL: baseUrl, SLIPWAY_AI_MODEL: model, SLIPWAY_AI_TIMEOUT_MS: timeoutMs } = config;
  if (baseUrl === undefined) return null;
  return new ModelAgent(new ChatEndpoint({ baseUrl, model, timeoutMs, apiKey: aiKeyOf(config) }), benches);
}

@Module({
  controllers: [
    ...rpcControllers(ROUTE_TABLE),
    UploadArtifactController,
    TimelineController,
    LogsController,
    SlotLogsController,
    EventsController,
    ProjectionsController,
    HealthController,
    OpenApiController,
    McpController,
    SessionController,
    CreateIntentController,
    OidcController,
    TokensController,
    AccountsController,
    RolesController,
    AccessViewController,
    NotificationsController,
  ],
  providers: [
    GatewayCalls,
    HttpMetrics,
    PositionMemory,
    LiveTail,
    LogReader,
    BlobSweep,
    OpenStreams,
    ToolBenches,
    CommandCentre,
    { provide: MODEL, useFactory: modelOf, inject: [GatewayConfig, ToolBenches] },
    McpRequests,
    EndedSessions,
    { provide: ProtectedResource, useFactory: (config: GatewayConfig) => new ProtectedResource(config), inject: [GatewayConfig] },
    {
      provide: McpSessions,
      useFactory: (config: GatewayConfig) => new McpSessions(readJwk(config.SLIPWAY_INTERNAL_PRIVATE_KEY_FILE).d!),
      inject: [GatewayConfig],
    },
    {
      provide: InternalTokenSigner,
      useFactory: (config: GatewayConfig) => InternalTokenSigner.fromFile(config.SLIPWAY_INTERNAL_PRIVATE_KEY_FILE),
      inject: [GatewayConfig],
    },
    {
      provide: CommandIdentities,
      useFactory: (config: GatewayConfig) => new CommandIdentities(readJwk(config.SLIPWAY_INTERNAL_PRIVATE_KEY_FILE).d!),
      inject: [GatewayConfig],
    },
    {
      provide: TokenVerifier,
      useFactory: (config: GatewayConfig) =>
        TokenVerifier.fromFile(config.SLIPWAY_ISSUER_JWKS_FILE, { issuer: config.SLIPWAY_ISSUER, audience: config.SLIPWAY_AUDIENCE }),
      inject: [GatewayConfig],
    },
    AccessDirectory,
    HeldAccess,
    AccessResolver,
    AccessWatch,
    AccessCommands,
    AccessOverview,
    VisibleAccess,
    TokenSecrets,
    IssuedTokens,
    Authenticator,
    Sessions,
    ...oidcProviders,
    {
      provide: SessionCookies,
      useFactory: (config: GatewayConfig) =>
        new SessionCookies(readJwk(config.SLIPWAY_INTERNAL_PRIVATE_KEY_FILE).d!, new URL(publicUrlOf(config))),
      inject: [GatewayConfig],
    },
    { provide: APP_GUARD, useClass: AccessGuard },
    ProblemFilter,
    { provide: APP_FILTER, useExisting: ProblemFilter },
  ],
})
export class GatewayModule {}
