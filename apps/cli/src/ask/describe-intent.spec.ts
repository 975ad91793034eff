import type { Output } from '../output/output';
import { describeIntent, type IntentView } from './describe-intent';

it('an answer that is a list has a line for each', () => {
  const lines: string[] = [];
  const answer = { text: 'You can say:\n- help\n- status of hello' };
  describeIntent({ line: (text = '') => void lines.push(text) } as Output, { answer, question: null, proposal: null } as IntentView);
  expect(lines).toEqual(['You can say:', '- help', '- status of hello']);
});
