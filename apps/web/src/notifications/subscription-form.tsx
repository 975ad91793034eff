import { Button, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client';
import { fieldProblems } from '../display/field-problems';
import { useFocusGivenBack } from '../display/focus-given-back';
import { Problem } from '../display/problem';
import { isProgram, notificationSettingsQuery, ownerText, type IssuedSubscription, type Subscription } from './notification-queries';
import { PlacesField } from './places-field';
import { changeOf, creationOf, inputOf, validation, type SubscriptionInput } from './subscription-input';
import { TOPIC_MEANS } from './topics';
import { TopicsField } from './topics-field';
import { useNoticeAct } from './use-notice-act';
import { WebhookSecret } from './webhook-secret';

interface SubscriptionFormProps {
  project: string;
  /** Absent: a new one. */
  subscription?: Subscription;
  /** Mail goes to people, webhooks and Slack to programs. */
  to: 'people' | 'programs';
  onClose: () => void;
}

/** Makes or changes a subscription; a webhook's secret is shown once, afterwards. */
export function SubscriptionForm({ project, subscription, to, onClose }: SubscriptionFormProps) {
  useFocusGivenBack();
  const { data: settings } = useQuery(notificationSettingsQuery);
  const usual = settings?.topics.filter((one) => one.personal_default).map(({ topic }) => topic) ?? [];
  const fresh: Partial<SubscriptionInput> = to === 'people' ? { channel: 'email', whose: 'user', topics: usual } : {};
  const form = useForm<SubscriptionInput>({
    initialValues: inputOf(subscription, fresh),
    validate: validation(subscription !== undefined),
  });
  const keeping = useNoticeAct<SubscriptionInput, IssuedSubscription>(
    async (input) =>
      subscription
        ? (
            await api.PATCH('/api/v1/notifications/subscriptions/{id}', {
              params: { path: { id: subscription.subscription_id } },
              body: changeOf(input),
            })
          ).data!
        : (await api.POST('/api/v1/notifications/subscriptions', { params: {}, body: creationOf(input, project) })).data!,
    ({ name }) => (subscription ? `${name} is changed` : `${name} is subscribed`),
    ({ secret }) => secret === null && onClose(),
  );
  if (keeping.data?.secret) return <WebhookSecret issued={keeping.data} onClose={onClose} />;
  const refused = fieldProblems(keeping.error);
  const { values } = form;
  const choices =
    to === 'people' ? (settings?.topics ?? []) : Object.entries(TOPIC_MEANS).map(([topic, title]) => ({ topic, title }) as never);
  return (
    <Modal opened onClose={onClose} title={titleOf(subscription, to)} size="lg">
      <form onSubmit={form.onSubmit((input) => keeping.mutate(input))}>
        <Stack gap="md">
          {!subscription && to === 'programs' && (
            <SegmentedControl
              aria-label="Format"
              data={[
                { value: 'webhook', label: 'Signed JSON' },
                { value: 'slack', label: 'Slack message' },
              ]}
              {...form.getInputProps('channel')}
            />
          )}
          {to === 'programs' && (
            <TextInput
              label={values.channel === 'slack' ? 'Slack’s webhook URL' : 'URL'}
              description={urlHint(subscription, values.channel)}
              data-autofocus
              spellCheck={false}
              maxLength={2000}
              {...form.getInputProps('url')}
              error={form.errors['url'] ?? refused['url']}
            />
          )}
          <TextInput
            label="Name"
            description="By which you know it later; left empty, it gets one"
            maxLength={100}
            {...form.getInputProps('name')}
          />
          {!subscription && (
            <Select
              label="Whose"
              description="Who manages it; it is told what its owner may read"
              data={ownersFor(to, project, settings?.teams ?? [])}
              allowDeselect={false}
              {...form.getInputProps('whose')}
              error={refused['team'] ?? refused['project'] ?? refused['channel']}
            />
          )}
          <TopicsField
            choices={choices}
            usual={usual}
            value={values.topics}
            onChange={(topics) => form.setFieldValue('topics', topics)}
            error={form.errors['topics'] ?? refused['topics']}
          />
          <PlacesField
            project={subscription?.owner.kind === 'project' ? subscription.owner.ref : project}
            bound={values.whose === 'project'}
            value={values.places}
            onChange={(places) => form.setFieldValue('places', places)}
            error={refused['environments'] ?? refused['projects']}
          />
          {keeping.error && <Problem error={keeping.error} what={subscription ? 'It was not changed' : 'Nothing was subscribed'} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={keeping.isPending}>
              {subscription ? 'Keep it so' : to === 'people' ? 'Subscribe' : 'Create the webhook'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function titleOf(subscription: Subscription | undefined, to: 'people' | 'programs'): string {
  if (subscription) return `Change ${subscription.name} of ${ownerText(subscription.owner)}`;
  return to === 'people' ? 'Mail about what happens' : 'A new webhook';
}

function urlHint(subscription: Subscription | undefined, channel: Subscription['channel']): string {
  if (subscription && isProgram(subscription))
    return `Left empty it stays at ${subscription.endpoint}. Another URL gets another secret, at once.`;
  return channel === 'slack' ? 'Of an “incoming webhook” of your Slack app' : 'Where events are posted to; treated as a secret';
}

function ownersFor(to: 'people' | 'programs', project: string, teams: readonly string[]): { value: string; label: string }[] {
  const ofTeams = teams.map((team) => ({
    value: `team:${team}`,
    label: to === 'people' ? `every member of the team ${team}` : `the team ${team}`,
  }));
  if (to === 'people') return [{ value: 'user', label: 'mine' }, ...ofTeams];
  return [
    { value: 'project', label: `the project ${project}` },
    ...ofTeams,
    { value: 'platform', label: 'the platform' },
    { value: 'user', label: 'mine' },
  ];
}
