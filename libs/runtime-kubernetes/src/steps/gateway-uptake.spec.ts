import { uptakeOf } from './gateway-uptake';

const GATEWAY = { name: 'public', namespace: 'gateways' };
const condition = (type: string, status: string, observedGeneration: number) => ({
  type,
  status,
  observedGeneration,
  reason: `${type}Because`,
  message: 'so it is',
});
const parent = (conditions: readonly ReturnType<typeof condition>[], parentRef = GATEWAY) => ({ parentRef, conditions });
const uptake = (...parents: readonly ReturnType<typeof parent>[]) =>
  uptakeOf(
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'shop', generation: 4 }, status: { parents } },
    GATEWAY,
    'shop',
  );

describe('what the status of an HTTPRoute says of its Gateway', () => {
  it('is silent where nobody wrote one, or only for another Gateway', () => {
    expect(uptakeOf(null, GATEWAY, 'shop')).toEqual({ state: 'silent' });
    expect(uptake()).toEqual({ state: 'silent' });
    expect(uptake(parent([condition('Accepted', 'True', 4)], { name: 'public', namespace: 'shop' }))).toEqual({ state: 'silent' });
  });

  it('has taken up this generation, not an earlier one', () => {
    expect(uptake(parent([condition('Accepted', 'True', 4), condition('ResolvedRefs', 'True', 4)]))).toEqual({ state: 'taken' });
    expect(uptake(parent([condition('Accepted', 'True', 3), condition('ResolvedRefs', 'True', 3)]))).toMatchObject({ state: 'late' });
    expect(uptake(parent([condition('ResolvedRefs', 'True', 4)]))).toMatchObject({ state: 'late' });
  });

  it('refuses with the reason; a refusal of an earlier generation says nothing of this one', () => {
    expect(uptake(parent([condition('Accepted', 'True', 4), condition('ResolvedRefs', 'False', 4)]))).toEqual({
      state: 'refused',
      why: 'Gateway public does not take the HTTPRoute: ResolvedRefsBecause: so it is',
    });
    expect(uptake(parent([condition('Accepted', 'False', 3)]))).toMatchObject({ state: 'late' });
  });

  it('goes by the controller that follows, whatever another left behind', () => {
    const leftOver = parent([condition('Accepted', 'False', 4)]);
    expect(uptake(leftOver, parent([condition('Accepted', 'True', 4)]))).toEqual({ state: 'taken' });
    expect(uptake(leftOver, parent([condition('Accepted', 'True', 3)]))).toMatchObject({ state: 'late' });
  });
});
