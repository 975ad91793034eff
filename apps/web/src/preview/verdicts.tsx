import { Text } from '@mantine/core';
import type { Schemas } from '../api/client';
import { seconds } from '../display/format';
import { RiskMark } from '../display/marks';
import { Panel } from '../display/page';

/** How risky it is, and why. */
export const RiskPanel = ({ risk }: { risk: Schemas['Risk'] }) => (
  <Panel title="Risk" aside={<RiskMark risk={risk.level} />}>
    {risk.reasons.length === 0 ? (
      <Text size="sm">No reason for concern was found.</Text>
    ) : (
      <ul className="reasons">
        {risk.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    )}
  </Panel>
);

/** Who must approve it, and by which rule. */
export const ApprovalPanel = ({ approval }: { approval: Schemas['ApprovalNeed'] }) => (
  <Panel title="Approval">
    <Text size="sm">{approval.required ? approvalNeed(approval) : `Nobody has to approve: ${approval.rule}`}</Text>
    {approval.required && (
      <Text size="xs" c="var(--quiet)" mt={4}>
        {approval.rule}
      </Text>
    )}
  </Panel>
);

function approvalNeed({ quorum, four_eyes: fourEyes, ticket_ttl_s: ttl, permission }: Schemas['ApprovalNeed']): string {
  const who = `${quorum === 1 ? 'One person' : `${quorum} people`} with ${permission}`;
  return `${who}${fourEyes ? ', never who asks for it,' : ''} must approve${ttl === null ? '' : ` within ${seconds(ttl)}`}.`;
}
