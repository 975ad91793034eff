import { Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { api, type Schemas } from '../api/client';
import { fieldProblems } from '../display/field-problems';
import { Panel, Rows } from '../display/page';
import { Problem } from '../display/problem';
import { notificationSettingsQuery } from './notification-queries';
import { useNoticeAct } from './use-notice-act';

type Settings = Schemas['NotificationSettings'];

/** Where one reads mail; without a mail server, who can give it one. */
export function ContactPanel() {
  const { data, error, refetch } = useQuery(notificationSettingsQuery);
  return (
    <Panel title="Where you read mail">
      {error && !data ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Rows count={1} />
      ) : data.mail_enabled ? (
        <>
          <ContactForm key={data.email ?? ''} settings={data} />
          {data.pending_email !== null && <ConfirmForm key={data.pending_email} address={data.pending_email} />}
        </>
      ) : (
        <Text size="sm">
          This platform sends no mail yet: its operator can give it a mail server with <code>SLIPWAY_SMTP_URL</code>. Webhooks and Slack
          work without one.
        </Text>
      )}
    </Panel>
  );
}

function ContactForm({ settings }: { settings: Settings }) {
  const form = useForm({ initialValues: { email: settings.email ?? '' } });
  const keeping = useNoticeAct<string | null, Settings>(
    async (email) => (await api.PUT('/api/v1/notifications/contact', { params: {}, body: { email } })).data!,
    ({ email, pending_email: pending }) =>
      pending ? `A code was mailed to ${pending}` : email ? `Mail goes to ${email}` : 'No more mail goes to you',
  );
  return (
    <form onSubmit={form.onSubmit(({ email }) => keeping.mutate(email.trim() || null))}>
      <Group align="flex-end" gap="xs">
        <TextInput
          label="Address"
          description="Kept sealed, for Slipway’s mail to you alone; left empty, you get none"
          type="email"
          maw={420}
          style={{ flex: 1 }}
          {...form.getInputProps('email')}
          error={fieldProblems(keeping.error)['email']}
        />
        <Button type="submit" variant="default" disabled={!form.isDirty()} loading={keeping.isPending}>
          Keep the address
        </Button>
      </Group>
      {keeping.error && <Problem error={keeping.error} what="The address was not kept" />}
    </form>
  );
}

/** Mail goes to a new address once the code that was mailed there is given back. */
function ConfirmForm({ address }: { address: string }) {
  const form = useForm({ initialValues: { code: '' } });
  const confirming = useNoticeAct<string, Settings>(
    async (code) => (await api.POST('/api/v1/notifications/contact/confirm', { params: {}, body: { code } })).data!,
    ({ email }) => `Mail goes to ${email}`,
  );
  return (
    <form onSubmit={form.onSubmit(({ code }) => confirming.mutate(code.trim()))}>
      <Group align="flex-end" gap="xs" mt="sm">
        <TextInput
          label="Code"
          description={`Mailed to ${address}; until it is given back, mail goes where it went before`}
          autoComplete="one-time-code"
          maw={420}
          style={{ flex: 1 }}
          {...form.getInputProps('code')}
          error={fieldProblems(confirming.error)['code']}
        />
        <Button type="submit" variant="default" disabled={!form.isDirty()} loading={confirming.isPending}>
          Confirm the address
        </Button>
      </Group>
      {confirming.error && <Problem error={confirming.error} what="The address was not confirmed" />}
    </form>
  );
}
