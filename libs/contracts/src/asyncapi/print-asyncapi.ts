import { asyncApiDocument } from './asyncapi-document';

/** `npm run generate` keeps what this prints as docs/asyncapi.json. */
process.stdout.write(`${JSON.stringify(asyncApiDocument(), null, 2)}\n`);
