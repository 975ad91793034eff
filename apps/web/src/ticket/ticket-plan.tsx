import { Stack } from '@mantine/core';
import type { Schemas } from '../api/client';
import { Panel } from '../display/page';
import { ChangeList } from '../policy/change-list';
import { DiffList } from '../preview/diff-list';
import { RiskPanel } from '../preview/verdicts';

/** What a ticket asks for that is about no release: a change of policy in words, anything else difference by difference. */
export function TicketPlan({ ticket: { resource_type: type, plan, risk, risk_reasons } }: { ticket: Schemas['TicketDetail'] }) {
  if (!plan) return null;
  const changes = plan.diff.map(({ path, before, after }) => ({ member: path.slice(1), before, after }));
  return (
    <Stack gap="md">
      {risk_reasons.length > 0 && <RiskPanel risk={{ level: risk, reasons: risk_reasons }} />}
      <Panel title={`What changes (${plan.diff.length}${plan.diff_truncated ? '+' : ''})`}>
        {type === 'policy' ? <ChangeList changes={changes} label="Changes" /> : <DiffList of={plan} />}
      </Panel>
    </Stack>
  );
}
