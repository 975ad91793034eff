import { RegisterArtifactSchema, SlipwayError, type RegisterArtifact } from '@slipway/contracts';
import { assertSafeText } from '../http/json-limits';
import { inputCheck } from '../http/validation';
import type { Route } from '../routes/route';

/** Content of an upload on its way through: counted and cut off at the limit, never held. */
export class MeteredContent {
  bytes = 0;
  constructor(
    private readonly content: AsyncIterable<Uint8Array>,
    private readonly maxBytes: number,
  ) {}

  /** @throws SlipwayError `artifact_too_large` */
  async *read(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of this.content) {
      this.bytes += chunk.length;
      if (this.bytes > this.maxBytes) throw tooLarge(this.maxBytes);
      yield chunk;
    }
  }
}

export const tooLarge = (maxBytes: number): SlipwayError =>
  new SlipwayError('artifact_too_large', `The artifact is larger than ${maxBytes} bytes.`, { max_bytes: maxBytes });

const fieldsCheck = inputCheck({ body: RegisterArtifactSchema } as unknown as Route);

/** The fields of an artifact from a form or a query. @throws SlipwayError `invalid_request` */
export function artifactFields(given: Readonly<Record<string, unknown>>): RegisterArtifact {
  for (const [name, value] of Object.entries(given)) if (typeof value === 'string') assertSafeText(value, name);
  return fieldsCheck({ params: {}, query: {}, body: { ...given } }).body as unknown as RegisterArtifact;
}
