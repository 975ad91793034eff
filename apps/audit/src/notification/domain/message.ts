import type { EventEnvelope, WebhookFormat } from '@slipway/contracts';
import type { Notice } from './notice';

/** A mail as it is sent, both forms. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The body of a webhook: the event as the log has it, and what a person would read. */
export function webhookBody(format: WebhookFormat, notice: Notice, event: EventEnvelope): string {
  if (format === 'slack') return JSON.stringify(slackMessage(notice));
  const { topic, title, lines, link } = notice;
  return JSON.stringify({ type: topic, timestamp: event.occurred_at, title, summary: lines.join('\n'), links: { page: link }, event });
}

const MAX_BLOCK = 2900;
/** Slack's incoming webhooks: `text` for notifications, blocks for the channel. */
function slackMessage({ title, lines, link }: Notice): object {
  const section = `*${slackText(title)}*\n${lines.map(slackText).join('\n')}`.slice(0, MAX_BLOCK);
  return {
    text: slackText(title),
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: section } },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open in Slipway' }, url: link }] },
    ],
    unfurl_links: false,
  };
}
const slackText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function mailOf({ topic, title, lines, link }: Notice): Mail {
  const foot =
    topic === 'contact'
      ? 'You get this because somebody named this address in Slipway; nothing else is sent here because of that.'
      : 'You get this because of a subscription in Slipway; change it in the settings of the page.';
  return {
    subject: title,
    text: [title, '', ...lines, '', link, '', '--', foot, ''].join('\n'),
    html: [
      `<p><strong>${htmlText(title)}</strong></p>`,
      ...lines.map((line) => `<p>${htmlText(line).replaceAll('\n', '<br>')}</p>`),
      `<p><a href="${htmlText(link)}">Open in Slipway</a></p>`,
      `<p style="color:#666">${foot}</p>`,
    ].join('\n'),
  };
}
const htmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
