import { randomUUID } from 'node:crypto';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import { BlobStore } from '@slipway/blob-store';
import { isSlipwayError, requireProject, SlipwayError, type RegisterArtifact } from '@slipway/contracts';
import { LOGGER, type Logger } from '@slipway/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config';
import { GatewayCalls } from '../http/gateway-calls';
import { Handles } from '../routes/handles';
import { routeNamed } from '../routes/route-table';
import { artifactFields, MeteredContent, tooLarge } from './upload';

/** Unpacking, judging and storing a large artifact takes longer than other commands. */
const REGISTER_TIMEOUT_MS = 120_000;

interface Received {
  readonly fields: RegisterArtifact;
  readonly contentDigest: string;
}

/** Takes a tarball in: streamed to the object store under a random name, then handed to the release service by that name. */
@Controller()
export class UploadArtifactController {
  private readonly route = routeNamed('uploadArtifact');
  constructor(
    private readonly calls: GatewayCalls,
    private readonly blobs: BlobStore,
    private readonly config: GatewayConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Handles('uploadArtifact')
  async uploadArtifact(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const { query } = this.calls.input(this.route, request);
    const maxBytes = this.config.SLIPWAY_MAX_ARTIFACT_BYTES;
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + 64 * 1024) throw tooLarge(maxBytes);
    const upload = `upload-${randomUUID()}`;
    try {
      const { fields, contentDigest } = await this.receive(request, query, upload);
      const caller = await this.calls.callerOf(this.route, request, { ...fields, contentDigest });
      const patient = { ...caller, deadline: Date.now() + REGISTER_TIMEOUT_MS };
      return (await this.calls.call('release', 'register-artifact', { ...fields, upload }, patient, request, reply)).value;
    } finally {
      await this.blobs.removeNamed(upload).catch((error: unknown) => this.logger.warn({ error, upload }, 'upload not removed'));
    }
  }

  private receive(request: FastifyRequest, query: Readonly<Record<string, unknown>>, upload: string): Promise<Received> {
    return request.isMultipart() ? this.receiveForm(request, query, upload) : this.receiveBody(request, query, upload);
  }

  private async receiveBody(request: FastifyRequest, query: Readonly<Record<string, unknown>>, upload: string): Promise<Received> {
    const fields = this.permitted(request, artifactFields(query));
    return { fields, contentDigest: await this.store(upload, request.body as AsyncIterable<Uint8Array>) };
  }

  private async receiveForm(request: FastifyRequest, query: Readonly<Record<string, unknown>>, upload: string): Promise<Received> {
    const given: Record<string, unknown> = { ...query };
    let contentDigest: string | undefined;
    for await (const part of wellFormed(request.parts())) {
      if (part.type === 'file') {
        if (contentDigest !== undefined) throw new SlipwayError('invalid_request', 'The form holds more than one file.');
        contentDigest = await this.store(upload, part.file);
      } else given[part.fieldname] = part.value;
    }
    const fields = this.permitted(request, artifactFields(given));
    if (contentDigest === undefined) throw new SlipwayError('invalid_request', 'The form holds no file; send the tarball as a file part.');
    return { fields, contentDigest };
  }

  /** A form's project is known only here; see AccessGuard for the query's. */
  private permitted(request: FastifyRequest, fields: RegisterArtifact): RegisterArtifact {
    requireProject(request.access!.principal, fields.project);
    return fields;
  }

  private async store(upload: string, content: AsyncIterable<Uint8Array>): Promise<string> {
    const metered = new MeteredContent(content, this.config.SLIPWAY_MAX_ARTIFACT_BYTES);
    const { digest } = await this.blobs.putNamed(upload, metered.read());
    if (metered.bytes === 0) throw new SlipwayError('artifact_invalid', 'The upload is empty; send a tarball.');
    return digest;
  }
}

/** The parser of forms says of a broken one only that it is an error. */
async function* wellFormed<Part>(parts: AsyncIterable<Part>): AsyncGenerator<Part, void> {
  try {
    yield* parts;
  } catch (cause) {
    if (isSlipwayError(cause) || (cause instanceof Error && 'statusCode' in cause)) throw cause;
    throw new SlipwayError('invalid_request', 'The form is broken; send it again, whole.', {}, { cause });
  }
}
