import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import { EVENT_TYPES } from '../platform/registry';
import { asyncApiDocument } from './asyncapi-document';

jest.setTimeout(120_000);

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3', async () => {
    const { diagnostics } = await new Parser().parse(JSON.stringify(asyncApiDocument()));
    expect(diagnostics.filter(({ severity }) => Number(severity) === Number(DiagnosticSeverity.Error))).toEqual([]);
  });

  it('has a channel, an operation and a message for every event type', () => {
    const { channels, operations, components } = asyncApiDocument() as {
      channels: Record<string, { address: string }>;
      operations: object;
      components: { messages: object };
    };
    const addresses = Object.values(channels).map(({ address }) => address);
    expect(addresses.sort()).toEqual(
      Object.keys(EVENT_TYPES)
        .map((action) => `events.{projectId}.${action}.{resourceId}`)
        .sort(),
    );
    expect(Object.keys(operations)).toEqual(Object.keys(channels));
    expect(Object.keys(components.messages)).toEqual(Object.keys(channels));
  });

  it('is the one that is checked in (npm run generate)', () => {
    const kept: unknown = JSON.parse(readFileSync(join(__dirname, '../../../../docs/asyncapi.json'), 'utf8'));
    expect(kept).toEqual(JSON.parse(JSON.stringify(asyncApiDocument())));
  });
});
