import * as projections from '@slipway/projections-typeorm';
import * as tokens from './tokens';

it('spells the tokens that libs/projections-typeorm injects as it does', () => {
  const { EVENT_STORE, DATABASE_URL, LOGGER, METRICS_REGISTRY } = projections;
  expect(tokens).toMatchObject({ EVENT_STORE, DATABASE_URL, LOGGER, METRICS_REGISTRY });
});
