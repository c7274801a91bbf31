import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { formParts } from './multipart.ts'
import type { Parts } from './parts.ts'
import { bodyOf, type Reply, storageError, xml } from './server_reply.ts'
import type { StagedUpload } from './shop/state.ts'
import { mostBytes } from './staged_targets.ts'

const MOST_BYTES = 110 * 1024 * 1024

/** Takes a staged file as a form, `file` last, as Google's storage does; 201 and an XML answer. */
export async function takeForm(parts: Parts, request: IncomingMessage): Promise<Reply> {
    const form = formParts(await bodyOf(request, MOST_BYTES), request.headers['content-type'])
    const last = form.at(-1)
    if (last?.name !== 'file') {
        const named = form.some(({ name }) => name === 'file')
        return named
            ? storageError(400, 'InvalidArgument', 'The file must be the last field of the form.')
            : storageError(400, 'InvalidArgument', 'POST requires exactly one file upload per request.')
    }
    const key = form.find(({ name }) => name === 'key')?.body.toString('utf8') ?? ''
    const upload = uploadOf(parts, key)
    if (!upload) return storageError(403, 'AccessDenied', 'Access denied.')
    const missing = ['policy', 'x-goog-signature', 'x-goog-date'].find(
        (name) => !form.some((part) => part.name === name),
    )
    if (missing) return storageError(400, 'InvalidArgument', `Missing required form field: ${missing}`)
    if (last.body.length < 1) return storageError(400, 'EntityTooSmall', 'Your proposed upload is too small.')
    if (last.body.length > mostBytes(upload.resource)) {
        return storageError(400, 'EntityTooLarge', 'Your proposed upload is too large.')
    }
    store(upload, last.body)
    const etag = createHash('md5').update(last.body).digest('hex')
    return xml(
        201,
        `<PostResponse><Location>https://storage.googleapis.com/shopify-staged-uploads/${key}</Location><Bucket>shopify-staged-uploads</Bucket><Key>${key}</Key><ETag>"${etag}"</ETag></PostResponse>`,
    )
}

/** Takes a staged file as the whole body of a PUT; 200 and nothing. */
export async function takePut(parts: Parts, key: string, request: IncomingMessage): Promise<Reply> {
    const upload = uploadOf(parts, decodeURIComponent(key))
    if (!upload) return storageError(403, 'AccessDenied', 'Access denied.')
    store(upload, await bodyOf(request, MOST_BYTES))
    return { status: 200, body: '' }
}

/** The bulk variables are read again as text; of a picture only that it came is of use. */
function store(upload: StagedUpload, body: Buffer): void {
    upload.content = upload.resource === 'BULK_MUTATION_VARIABLES' ? body.toString('utf8') : body.toString('base64')
}

function uploadOf(parts: Parts, key: string): StagedUpload | undefined {
    for (const shop of parts.shops.values()) {
        const upload = shop.stagedUploads.get(key)
        if (upload) return upload
    }
    return undefined
}
