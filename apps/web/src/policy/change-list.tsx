import './policy.css';
import type { Schemas } from '../api/client';
import { memberText, valueText } from './policy-words';

/** What differs between two policies: the member, what it was, what it is then. */
export const ChangeList = ({ changes, label }: { changes: Schemas['PolicyPreview']['changes']; label?: string }) => (
  <dl className="policy-changes" aria-label={label}>
    {changes.map(({ member, before, after }) => (
      <div key={member}>
        <dt>{memberText(member)}</dt>
        <dd>
          <del>{valueText(member, before)}</del> <ins>{valueText(member, after)}</ins>
        </dd>
      </div>
    ))}
  </dl>
);
