import { EMBEDDED_ISSUER } from '@slipway/service-kit';
import { ProtectedResource } from './protected-resource';

const request = { protocol: 'https', headers: { host: 'slipway.test' } } as const;
const serversNamed = (given: { SLIPWAY_ISSUER?: string; SLIPWAY_OIDC_ISSUER?: string }): unknown =>
  new ProtectedResource({ SLIPWAY_MCP_HOSTS: '', SLIPWAY_ISSUER: EMBEDDED_ISSUER, ...given }).metadata(request)['authorization_servers'];

it.each([
  ['the configured identity provider', { SLIPWAY_OIDC_ISSUER: 'https://idp.test' }, ['https://idp.test']],
  ['an issuer of its own that is a URL', { SLIPWAY_ISSUER: 'https://own.test' }, ['https://own.test']],
  ['both', { SLIPWAY_OIDC_ISSUER: 'https://idp.test', SLIPWAY_ISSUER: 'https://own.test' }, ['https://idp.test', 'https://own.test']],
  ['one that is both once', { SLIPWAY_OIDC_ISSUER: 'https://idp.test', SLIPWAY_ISSUER: 'https://idp.test' }, ['https://idp.test']],
  ['none where tokens come by other ways', {}, undefined],
])('names to MCP clients %s', (_what, given, servers) => {
  expect(serversNamed(given)).toEqual(servers);
});
