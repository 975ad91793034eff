import { conversationsOf, partsOf, saidIn, type IntentView } from './said';

const turn = (id: string, more: Partial<IntentView>): IntentView =>
  ({
    intent_id: id,
    conversation_id: 'ai-1',
    utterance: null,
    understood: null,
    question: null,
    asked_by: 'ann',
    asked_by_type: 'human',
    created_at: '2026-11-20T12:00:00.000Z',
    ...more,
  }) as IntentView;

describe('saidIn', () => {
  const asked = turn('int-1', {
    utterance: 'roll it back',
    question: {
      text: 'Which?',
      candidates: [{ label: 'hello 1.0.0 in dev', intent: { kind: 'roll_back', service: 'hello', environment: 'dev' } }],
    },
  });
  const chosen = turn('int-2', { understood: { environment: 'dev', kind: 'roll_back', service: 'hello' } });

  it('is the words, the label of the candidate that was chosen, or the intent in short', () => {
    expect(saidIn(asked, [asked, chosen])).toBe('roll it back');
    expect(saidIn(chosen, [asked, chosen])).toBe('hello 1.0.0 in dev');
    expect(saidIn(chosen, [chosen])).toBe('roll back hello in dev');
  });

  it('takes no label from a later question', () => expect(saidIn(chosen, [chosen, asked])).toBe('roll back hello in dev'));
});

describe('partsOf', () => {
  it('tells ids and moments from words', () =>
    expect(partsOf('hello 1.0.0: applied (rel-0ab12cd3, 2026-11-20T12:00:00.000Z), see tkt-9ab12cd3')).toEqual([
      { kind: 'text', text: 'hello 1.0.0: applied (' },
      { kind: 'release', id: 'rel-0ab12cd3' },
      { kind: 'text', text: ', ' },
      { kind: 'moment', at: '2026-11-20T12:00:00.000Z' },
      { kind: 'text', text: '), see ' },
      { kind: 'ticket', id: 'tkt-9ab12cd3' },
    ]));
});

describe('conversationsOf', () => {
  it('groups turns, newest conversation first, by what each began with', () => {
    const newestFirst = [
      turn('int-3', { utterance: 'again', conversation_id: 'ai-2' }),
      turn('int-2', { utterance: 'and then', created_at: '2026-11-20T12:05:00.000Z' }),
      turn('int-1', { utterance: 'what runs in prod' }),
    ];
    expect(conversationsOf(newestFirst).map(({ id, title, at }) => [id, title, at])).toEqual([
      ['ai-2', 'again', '2026-11-20T12:00:00.000Z'],
      ['ai-1', 'what runs in prod', '2026-11-20T12:05:00.000Z'],
    ]);
  });
});
