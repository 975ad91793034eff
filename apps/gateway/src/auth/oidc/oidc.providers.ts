import type { Provider as NestProvider } from '@nestjs/common';
import { CONFIGURED_BINDINGS, configuredBindings, readJwk } from '@slipway/service-kit';
import { GatewayConfig } from '../../gateway.config';
import { SIGN_IN, type SignIn } from '../sign-in';
import { CodeFlow } from './code-flow';
import { oidcSettings, type OidcSettings } from './oidc.config';
import { OidcTokens } from './oidc-tokens';
import { Provider } from './provider';

const SETTINGS = 'OIDC_SETTINGS';

/** Null where no identity provider is configured. */
export const oidcProviders: NestProvider[] = [
  { provide: SETTINGS, useFactory: (config: GatewayConfig) => oidcSettings(config) ?? null, inject: [GatewayConfig] },
  {
    provide: CONFIGURED_BINDINGS,
    useFactory: (config: GatewayConfig) => configuredBindings(config.SLIPWAY_OIDC_ROLES_FILE),
    inject: [GatewayConfig],
  },
  {
    provide: SIGN_IN,
    useFactory: (settings: OidcSettings | null): SignIn => ({ oidc: settings && { name: settings.name }, token: true }),
    inject: [SETTINGS],
  },
  {
    provide: Provider,
    useFactory: (settings: OidcSettings | null) => settings && new Provider(settings.issuer),
    inject: [SETTINGS],
  },
  {
    provide: OidcTokens,
    useFactory: (settings: OidcSettings | null, provider: Provider | null) => settings && provider && new OidcTokens(settings, provider),
    inject: [SETTINGS, Provider],
  },
  {
    provide: CodeFlow,
    useFactory: (config: GatewayConfig, settings: OidcSettings | null, provider: Provider | null, tokens: OidcTokens | null) =>
      settings && provider && tokens && new CodeFlow(readJwk(config.SLIPWAY_INTERNAL_PRIVATE_KEY_FILE).d!, settings, provider, tokens),
    inject: [GatewayConfig, SETTINGS, Provider, OidcTokens],
  },
];
