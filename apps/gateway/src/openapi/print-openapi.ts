import { ROUTE_TABLE } from '../routes/route-table';
import { openApiDocument } from './openapi-document';

/** Prints the document; `npm run generate` keeps it at libs/api-client/openapi.json. */
process.stdout.write(`${JSON.stringify(openApiDocument(ROUTE_TABLE), null, 2)}\n`);
