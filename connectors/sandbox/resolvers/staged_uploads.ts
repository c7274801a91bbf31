import { randomUUID } from 'node:crypto'
import type { Context, Resolvers } from '../context.ts'
import { topLevelError } from '../errors.ts'
import { frameOf } from '../frame_context.ts'
import { postTarget, putTarget, type UploadWish } from '../staged_targets.ts'

type Input = UploadWish & { fileSize?: string | null }
type UserError = { field: string[]; message: string }

// Needs a permission no app of the sandbox has, as recorded.
const DENIED = new Set(['SHOP_IMAGE'])
const SIZED = new Set(['VIDEO', 'MODEL_3D'])

function create(_source: unknown, { input }: { input: Input[] }, context: Context) {
    if (input.some(({ resource }) => DENIED.has(resource))) {
        throw topLevelError('Access denied for stagedUploadsCreate field.', 'ACCESS_DENIED', {
            documentation: 'https://shopify.dev/api/usage/access-scopes',
        })
    }
    const userErrors = input.flatMap((wish, index) => refusal(wish, index))
    if (userErrors.length > 0) return { stagedTargets: [], userErrors }
    return { stagedTargets: input.map((wish) => stage(wish, context)), userErrors: [] }
}

function refusal({ resource, fileSize }: Input, index: number): UserError[] {
    if (!SIZED.has(resource) || fileSize != null) return []
    const message = `file size is required for ${resource.toLowerCase()} resources`
    return [{ field: ['input', String(index), 'fileSize'], message }]
}

/** Makes the place for one file: its row waits for the upload, its target says where to send it. */
function stage(wish: Input, context: Context) {
    const { shop, clock, parts } = { ...context, ...frameOf(context) }
    const target = (wish.httpMethod === 'POST' ? postTarget : putTarget)(wish, {
        shopId: shop.id,
        upload: randomUUID(),
        now: clock.now(),
        serverUrl: parts.serverUrl(),
    })
    shop.stagedUploads.set(target.key, {
        key: target.key,
        resource: wish.resource,
        filename: wish.filename,
        mimeType: wish.mimeType,
        content: null,
        createdAt: clock.now(),
    })
    return target
}

export const resolvers: Resolvers = { Mutation: { stagedUploadsCreate: create } }
