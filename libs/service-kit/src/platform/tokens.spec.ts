import * as tokens from './tokens';

it('spells the tokens that libs/projections-typeorm injects as it does', async () => {
  const { EVENT_STORE, DATABASE_URL, LOGGER, METRICS_REGISTRY, REACTION_SCOPE } = await import('@slipway/projections-typeorm');
  expect(tokens).toMatchObject({ EVENT_STORE, DATABASE_URL, LOGGER, METRICS_REGISTRY, REACTION_SCOPE });
});
