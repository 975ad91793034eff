import type { Intent, IntentQuestion } from '@slipway/contracts';

const MOST = 20;

/** Thrown where an intent cannot go on without knowing which of several is meant; becomes the intent's question, not an error. */
export class AskBack extends Error {
  readonly question: IntentQuestion;
  constructor(text: string, candidates: IntentQuestion['candidates'] = []) {
    super(text);
    this.name = 'AskBack';
    this.question = { text: text.slice(0, 500), candidates: candidates.slice(0, MOST) };
  }
}

/** The intent again, with one thing said. */
export const candidate = (intent: Intent, said: Partial<Intent>, label: string): IntentQuestion['candidates'][number] => ({
  label: label.slice(0, 200),
  intent: { ...intent, ...said },
});
