import * as contracts from '@slipway/contracts';
import type { TSchema } from 'typebox';

/** A JSON value of the document. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

const isNamed = (key: string, value: unknown): value is TSchema =>
  key.endsWith('Schema') && typeof value === 'object' && value !== null && !('type' in value && value.type === 'string');

/** Schemas that contracts export, by component name: `ReleaseViewSchema` is `ReleaseView`. Plain strings stay inline. */
const NAMES = new Map<object, string>(
  Object.entries(contracts).flatMap(([key, value]) => (isNamed(key, value) ? [[value as object, key.slice(0, -'Schema'.length)]] : [])),
);

const isListOfStrings = (value: Json | undefined): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Writes schemas as references to components, and collects the components. */
export class Components {
  private readonly schemas = new Map<string, Json>();

  /** The schema for use in the document: a `$ref` where contracts name it. */
  write(schema: object): Json {
    const name = NAMES.get(schema);
    if (!name) return this.inline(schema);
    if (!this.schemas.has(name)) {
      this.schemas.set(name, null);
      this.schemas.set(name, this.inline(schema));
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** Components in the order of their names, so that the document does not depend on that of the routes. */
  collected(): Record<string, Json> {
    return Object.fromEntries([...this.schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private inline(schema: object): Json {
    const written = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, this.member(value)]));
    return isListOfStrings(written['enum']) ? { type: 'string', ...written } : written;
  }

  private member(value: unknown): Json {
    if (Array.isArray(value)) return value.map((item) => this.member(item));
    return typeof value === 'object' && value !== null ? this.write(value) : (value as Json);
  }
}
