import { deriveId, type ContactEvent } from '@slipway/contracts';
import { changeContact, confirmContact, pendingAddress } from './contact.decider';
import { ContactAggregate, MOST_CODES, type Contact } from './contact.state';

const DAY = '2026-01-01T00:00:00.000Z';
const NEXT_DAY = '2026-01-02T00:00:00.000Z';
const pin = (name: string) => ({ secret_ref: deriveId('secret', name), version: 1, fingerprint: `hmac:${name}` });
const to = (name: string) => ({ address: pin(name), code: pin(`code of ${name}`) });
const given = (...events: readonly object[]): Contact =>
  events.reduce<Contact>(
    (state, event) => ContactAggregate.evolve(state, { occurred_at: DAY, ...event } as ContactEvent),
    ContactAggregate.initial,
  );
const asked = (name: string, contact: Contact): Contact => {
  const [event] = changeContact('ann', to(name), DAY, contact);
  return ContactAggregate.evolve(contact, { occurred_at: DAY, ...event } as ContactEvent);
};
const confirmed = (contact: Contact): Contact =>
  ContactAggregate.evolve(contact, { occurred_at: DAY, ...confirmContact('ann', pendingAddress(DAY, contact))[0] } as ContactEvent);

describe('where somebody reads mail', () => {
  it('is where it was until the new address is confirmed, within a day', () => {
    const first = asked('one', given());
    expect(first).toMatchObject({ address: null, pending: { address: pin('one') } });
    expect(() => pendingAddress(NEXT_DAY, first)).toThrow(/older than a day/);
    const known = confirmed(first);
    expect(known).toMatchObject({ address: pin('one'), pending: null });
    expect(asked('two', known)).toMatchObject({ address: pin('one'), pending: { address: pin('two') } });
    expect(confirmed(asked('two', known))).toMatchObject({ address: pin('two'), pending: null });
    expect(() => pendingAddress(DAY, known)).toThrow(/No address of yours waits/);
  });

  it('is told of at the address that is left', () => {
    const known = confirmed(asked('one', given()));
    expect(changeContact('ann', to('two'), DAY, known)).toMatchObject([{ detail: { former: pin('one'), confirmation: {} } }]);
    expect(changeContact('ann', null, DAY, known)).toMatchObject([{ status: 'absent', detail: { address: null, former: pin('one') } }]);
    expect(changeContact('ann', null, DAY, given())).toEqual([]);
  });

  it('stays, and nothing waits any more, when the same address is said again', () => {
    const known = confirmed(asked('one', given()));
    expect(changeContact('ann', to('one'), DAY, known)).toEqual([]);
    const [back] = changeContact('ann', to('one'), DAY, asked('two', known));
    expect(back).toEqual({ action: 'contact.changed', status: 'present', detail: { actor_id: 'ann', address: pin('one') } });
  });

  it('was good at once in logs of before there were codes', () => {
    expect(given({ action: 'contact.changed', detail: { actor_id: 'ann', address: pin('one') } })).toMatchObject({ address: pin('one') });
  });

  it('is mailed few codes in a day, for it may be somebody else’s', () => {
    let contact = given();
    for (let count = 0; count < MOST_CODES; count++) contact = asked(`victim-${count}`, contact);
    expect(() => asked('one-more', contact)).toThrow(expect.objectContaining({ code: 'too_many_requests' }));
    expect(changeContact('ann', to('one-more'), NEXT_DAY, contact)).toHaveLength(1);
  });
});
