import type { EnvironmentView, ReleaseView, Schemas, SlotView, TargetView } from '../api/client';
import { boardOf, inOrder } from './board';

const environment = (name: string, type: EnvironmentView['type']) => ({ environment_id: `env-${name}`, name, type }) as EnvironmentView;
const environments = [environment('prod', 'production'), environment('dev', 'development'), environment('staging', 'staging')];
const service = (name: string) => ({ service_id: `svc-${name}`, name }) as Schemas['ServiceView'];
const targets = ['a', 'b'].map((name) => ({ target_id: `tgt-${name}`, name }) as TargetView);
const at = (target: string) => ({ service_id: 'svc-hello', environment_id: 'env-dev', target_id: `tgt-${target}` });

describe('boardOf', () => {
  it('orders environments as releases travel', () => {
    expect(inOrder(environments).map(({ name }) => name)).toEqual(['dev', 'staging', 'prod']);
  });

  it('has a place for every target with something of the service, running or on its way', () => {
    const slots = [{ ...at('a'), slot_id: 'slt-1', release_id: 'rel-0' }] as SlotView[];
    const inFlight = [
      { ...at('a'), release_id: 'rel-1' },
      { ...at('b'), release_id: 'rel-2' },
    ] as ReleaseView[];
    const rows = boardOf({
      services: [service('web'), service('hello')],
      environments,
      targets,
      slots,
      inFlight,
      rollbacks: [{ release_id: 'rel-0' }],
    });
    expect(rows.map((row) => row.service.name)).toEqual(['hello', 'web']);
    const [dev, staging] = rows[0]!.cells;
    const seen = dev!.places.map(({ target, slot, inFlight: moving, rollbackAsked }) => ({
      target: target?.name,
      slot: slot?.slot_id,
      moving: moving.map(({ release_id: id }) => id),
      rollbackAsked,
    }));
    expect(seen).toEqual([
      { target: 'a', slot: 'slt-1', moving: ['rel-1'], rollbackAsked: true },
      { target: 'b', slot: undefined, moving: ['rel-2'], rollbackAsked: false },
    ]);
    expect(staging!.places).toEqual([]);
    expect(rows[1]!.cells.every(({ places }) => places.length === 0)).toBe(true);
  });
});
