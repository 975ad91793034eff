import type { Schemas } from '../api/client';
import { DifferenceList } from '../display/difference-list';
import { memberText, valueText } from './policy-words';

/** What differs between two policies. */
export const ChangeList = ({ changes, label }: { changes: Schemas['PolicyPreview']['changes']; label?: string }) => (
  <DifferenceList
    label={label}
    differences={changes.map(({ member, before, after }) => ({
      what: memberText(member),
      before: valueText(member, before),
      after: valueText(member, after),
    }))}
  />
);
