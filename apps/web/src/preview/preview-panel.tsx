import { Skeleton, Stack } from '@mantine/core';
import { IconBarrierBlock as IconPointOfNoReturn } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { PreviewView, Schemas } from '../api/client';
import { CheckList } from '../display/check-list';
import { ToneMark } from '../display/marks';
import { Notice } from '../display/notice';
import { Panel } from '../display/page';
import './preview.css';
import { ApprovalPanel, RiskPanel } from './verdicts';

const importDiff = () => import('./manifest-diff');
const ManifestDiff = lazy(importDiff);

/** Loads what shows differences while the preview itself is still on its way. */
export const preloadDiff = (): void => void importDiff().catch(() => undefined);

/** The whole preview: what will happen in order, what changes, what was checked, why it is risky, who must approve. */
export function PreviewPanel({ preview }: { preview: PreviewView }) {
  const { actions, checks, risk, approval } = preview.preview;
  const oneWay = actions.filter(({ one_way: final }) => final).length;
  return (
    <Stack gap="md">
      {oneWay > 0 && (
        <Notice role="note" icon={IconPointOfNoReturn} title="Has steps of no return">
          {oneWay === 1 ? 'One step' : `${oneWay} steps`} cannot be undone by a rollback; they are marked below.
        </Notice>
      )}
      <div className="preview-grid">
        <Stack gap="md">
          <Panel title={`What will happen (${actions.length})`} flush>
            <ActionList actions={actions} />
          </Panel>
          <Panel title={`Checks (${checks.length})`} flush>
            <CheckList checks={checks} />
          </Panel>
        </Stack>
        <Stack gap="md">
          <RiskPanel risk={risk} />
          <ApprovalPanel approval={approval} />
        </Stack>
      </div>
      <ChangesPanel preview={preview} />
    </Stack>
  );
}

/** What runs now against what will run. */
export const ChangesPanel = ({ preview }: { preview: PreviewView }) => (
  <Panel title={`What changes (${preview.preview.diff.length}${preview.preview.diff_truncated ? '+' : ''})`}>
    <Suspense fallback={<Skeleton height={160} />}>
      <ManifestDiff preview={preview} />
    </Suspense>
  </Panel>
);

const ActionList = ({ actions }: { actions: readonly Schemas['Action'][] }) => (
  <ol className="actions">
    {actions.map(({ ordinal, verb, summary, kind, name, one_way: final }) => (
      <li key={ordinal}>
        <span className="action-verb" data-verb={verb}>
          {verb}
        </span>
        <span>
          {summary}
          <span className="action-subject">
            {' '}
            {kind} {name}
          </span>
          {final && (
            <>
              {' '}
              <ToneMark tone="wait" icon={IconPointOfNoReturn}>
                cannot be undone
              </ToneMark>
            </>
          )}
        </span>
      </li>
    ))}
  </ol>
);
