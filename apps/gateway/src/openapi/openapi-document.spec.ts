import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTE_TABLE } from '../routes/route-table';
import { openApiDocument } from './openapi-document';

const CHECKED_IN = join(__dirname, '../../../../libs/api-client/openapi.json');

describe('the OpenAPI document', () => {
  const document = openApiDocument(ROUTE_TABLE);

  it('is the one that the API client was generated from (npm run generate)', () => {
    expect(document).toEqual(JSON.parse(readFileSync(CHECKED_IN, 'utf8')));
  });

  it('closes every object that a caller sends', () => {
    const open: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const schema = value as { type?: string; properties?: unknown; additionalProperties?: unknown };
      if (schema.type === 'object' && schema.additionalProperties !== false) open.push(path);
      for (const [name, member] of Object.entries(value)) walk(member, `${path}/${name}`);
    };
    for (const route of ROUTE_TABLE) for (const part of [route.params, route.query, route.body]) walk(part, route.name);
    expect(open).toEqual([]);
  });
});
