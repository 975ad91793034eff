import './difference-list.css';

export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** What a change makes different: the member, what it was, what it is then. */
export const DifferenceList = ({ differences, label }: { differences: readonly Difference[]; label?: string }) => (
  <dl className="differences" aria-label={label}>
    {differences.map(({ what, before, after }) => (
      <div key={what}>
        <dt>{what}</dt>
        <dd>
          <del>{before}</del> <ins>{after}</ins>
        </dd>
      </div>
    ))}
  </dl>
);
