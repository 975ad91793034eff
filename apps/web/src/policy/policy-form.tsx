import { Button } from '@mantine/core';
import { Problem } from '../display/problem';
import { ApprovalSection } from './approval-section';
import { AutomaticSection } from './automatic-section';
import type { Changes } from './policy-input';
import { memberText } from './policy-words';
import { RiskSection } from './risk-section';
import { HoursSection, RunningSection } from './running-section';
import type { SectionProps } from './section';
import { RollbackSection, TimesSection } from './times-section';

interface PolicyFormProps extends SectionProps {
  changes: Changes;
  error: unknown;
  pending: boolean;
  onPreview: () => void;
}

/** Every member of the policy; what is wrong stands at its field, what is changed at the bottom. */
export function PolicyForm({ form, environment, changes, error, pending, onPreview }: PolicyFormProps) {
  const members = Object.keys(changes);
  const wrong = Object.keys(form.errors);
  return (
    <form className="policy-form" noValidate onSubmit={form.onSubmit(onPreview)}>
      {[ApprovalSection, RiskSection, AutomaticSection, RunningSection, HoursSection, TimesSection, RollbackSection].map((Part, index) => (
        <Part key={index} form={form} environment={environment} />
      ))}
      {Boolean(error) && <Problem error={error} what="It could not be previewed" />}
      <div className="policy-foot">
        <span role="status">{wrong.length > 0 ? `To be put right: ${namesOf(wrong)}` : changedText(members)}</span>
        <Button type="submit" disabled={members.length === 0} loading={pending}>
          See what it would mean
        </Button>
      </div>
    </form>
  );
}

const namesOf = (members: readonly string[]): string => members.map(memberText).join(', ');
const changedText = (members: readonly string[]): string =>
  members.length === 0 ? 'Nothing is changed yet.' : `Changed: ${namesOf(members)}`;
