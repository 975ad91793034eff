import './preview.css';
import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
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

interface BesideProps {
  /** Undefined while the preview is on its way. */
  verdicts: { risk: Schemas['Risk']; approval: Schemas['ApprovalNeed'] } | undefined;
  children: ReactNode;
}

/** An act, with how risky it is and who must approve it beside. */
export const Beside = ({ verdicts, children }: BesideProps) => (
  <div className="preview-grid">
    {children}
    {verdicts && (
      <Stack gap="md">
        <RiskPanel risk={verdicts.risk} />
        <ApprovalPanel approval={verdicts.approval} />
      </Stack>
    )}
  </div>
);
