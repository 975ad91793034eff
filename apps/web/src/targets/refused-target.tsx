import { ApiError, type Schemas } from '../api/client';
import { CheckList } from '../display/check-list';
import { Panel } from '../display/page';
import { Problem } from '../display/problem';

/** A target that was tried and is not fit: the whole report, each failure with how to fix it; any other refusal in its words. */
export function RefusedTarget({ error, what }: { error: unknown; what: string }) {
  const report = reportOf(error);
  return (
    <div ref={intoView}>
      {report ? (
        <Panel title="Tried, and not fit: nothing was changed" flush>
          <CheckList checks={report.checks} />
        </Panel>
      ) : (
        <Problem error={error} what={what} />
      )}
    </div>
  );
}

/** It stands at the end of a long form. */
const intoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

function reportOf(error: unknown): Schemas['ConnectionReportView'] | undefined {
  if (!(error instanceof ApiError) || error.code !== 'target_unfit') return undefined;
  return error.problem.details?.['report'] as Schemas['ConnectionReportView'] | undefined;
}
