import type { UseFormReturnType } from '@mantine/form';
import { useId, type ReactNode } from 'react';
import type { EnvironmentView } from '../api/client';
import type { Policy } from './policy-words';

export interface SectionProps {
  form: UseFormReturnType<Policy>;
  environment: EnvironmentView;
}

/** A part of the policy with its heading, and what it is for. */
export function Section({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {lead && <p>{lead}</p>}
      {children}
    </section>
  );
}
