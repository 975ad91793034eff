import { Input, NumberInput, Select, TextInput } from '@mantine/core';
import { RiskMark } from '../display/marks';
import type { Policy } from './policy-words';
import { Section, type SectionProps } from './section';

type Rule = Policy['rules'][number];
type Risk = Rule['risk'];
export const RISKS: readonly Risk[] = ['low', 'medium', 'high', 'critical'];
export const PRIORITIES = ['P0', 'P1', 'P2', 'P3'] as const;
const MINUTE = 60;

/** What a risk asks for instead of what is said above; from a level on. */
export function RiskSection({ form }: SectionProps) {
  const rules = form.values.rules;
  const ruleOf = (risk: Risk): Rule => rules.find((rule) => rule.risk === risk) ?? { risk };
  const change = (risk: Risk, changes: Partial<Rule>): void =>
    form.setFieldValue('rules', [...rules.filter((rule) => rule.risk !== risk), { ...ruleOf(risk), ...changes }]);
  return (
    <Section title="By risk" lead="From a risk on, a change asks for more. What is left empty stays as it is said elsewhere on this page.">
      <div className="risk-rules-scroll">
        <table className="risk-rules">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Approvals</th>
              <th scope="col">Role</th>
              <th scope="col">Priority</th>
              <th scope="col">SLA (minutes)</th>
            </tr>
          </thead>
          <tbody>
            {RISKS.map((risk) => (
              <RiskRow key={risk} rule={ruleOf(risk)} onChange={(changes) => change(risk, changes)} />
            ))}
          </tbody>
        </table>
      </div>
      {form.errors['rules'] && <Input.Error>{form.errors['rules']}</Input.Error>}
    </Section>
  );
}

function RiskRow({ rule, onChange }: { rule: Rule; onChange: (changes: Partial<Rule>) => void }) {
  const { risk, quorum, required_role: role, priority, sla_s: sla } = rule;
  const number = (value: number | string): number | undefined => (value === '' ? undefined : Number(value));
  return (
    <tr>
      <td>
        <RiskMark risk={risk} plain />
      </td>
      <td>
        <NumberInput
          size="xs"
          w={80}
          min={1}
          max={20}
          aria-label={`Approvals from ${risk} risk`}
          value={quorum ?? ''}
          onChange={(value) => onChange({ quorum: number(value) })}
        />
      </td>
      <td>
        <TextInput
          size="xs"
          w={150}
          spellCheck={false}
          aria-label={`Role from ${risk} risk`}
          value={role ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ required_role: value || undefined })}
        />
      </td>
      <td>
        <Select
          size="xs"
          w={84}
          clearable
          aria-label={`Priority from ${risk} risk`}
          data={[...PRIORITIES]}
          value={priority ?? null}
          onChange={(value) => onChange({ priority: value ?? undefined })}
        />
      </td>
      <td>
        <NumberInput
          size="xs"
          w={90}
          min={1}
          aria-label={`SLA from ${risk} risk, in minutes`}
          value={sla ? sla / MINUTE : ''}
          onChange={(value) => onChange({ sla_s: value === '' ? undefined : Math.round(Number(value) * MINUTE) })}
        />
      </td>
    </tr>
  );
}
