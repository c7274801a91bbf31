import { createHash } from 'node:crypto'
import { extname } from 'node:path'

export type UploadWish = { resource: string; filename: string; mimeType: string; httpMethod?: 'POST' | 'PUT' | null }
export type UploadPlace = { shopId: number; upload: string; now: number; serverUrl: string }
export type StagedTarget = {
    key: string
    url: string
    resourceUrl: string
    parameters: { name: string; value: string }[]
}

/** Folder of each resource under the shop's own, and whether its file keeps its name (all recorded but the last). */
const folders: Readonly<Record<string, { folder: string; renamed?: boolean; ownUrl?: boolean }>> = {
    BULK_MUTATION_VARIABLES: { folder: 'bulk' },
    URL_REDIRECT_IMPORT: { folder: 'redirect_imports' },
    RETURN_LABEL: { folder: 'return_labels', renamed: true, ownUrl: true },
    DISPUTE_FILE_UPLOAD: { folder: 'payments_file_uploads', ownUrl: true },
}
const otherResource = { folder: 'files', renamed: false, ownUrl: true }

const SMALL = 20_971_520
/** What a file may weigh, as the signed policy says: 100 MiB for bulk variables, 20 MiB else. */
export function mostBytes(resource: string): number {
    return resource === 'BULK_MUTATION_VARIABLES' ? 104_857_600 : SMALL
}

/** The target of a form upload: parameters to send as fields, `file` last, to one address for all. */
export function postTarget(wish: UploadWish, place: UploadPlace): StagedTarget {
    const key = keyOf(wish, place)
    const date = dateOf(place.now)
    const url = `${place.serverUrl}/staged-uploads/`
    const fields: [string, string][] = [
        ['Content-Type', wish.mimeType],
        ['success_action_status', '201'],
        ['acl', 'private'],
        ['key', key],
        ['x-goog-date', date],
        ['x-goog-credential', `owner@example.com/${date.slice(0, 8)}/auto/storage/goog4_request`],
        ['x-goog-algorithm', 'GOOG4-RSA-SHA256'],
        ['x-goog-signature', signatureOf(key).repeat(8)],
        ['policy', policyOf(wish, key, place.now)],
    ]
    return {
        key,
        url,
        resourceUrl: settingsOf(wish).ownUrl ? url + key : url,
        parameters: fields.map(([name, value]) => ({ name, value })),
    }
}

/** The target of a plain PUT, the default method: the address carries everything. */
export function putTarget(wish: UploadWish, place: UploadPlace): StagedTarget {
    const key = keyOf(wish, place)
    const own = `${place.serverUrl}/staged-uploads/${key}`
    const query = new URLSearchParams({
        'X-Goog-Algorithm': 'GOOG4-RSA-SHA256',
        'X-Goog-Credential': 'sandbox',
        'X-Goog-Date': dateOf(place.now),
        'X-Goog-Expires': '604800',
        'X-Goog-SignedHeaders': 'host',
        'X-Goog-Signature': signatureOf(key),
    })
    const url = `${own}?${query}`
    return {
        key,
        url,
        resourceUrl: settingsOf(wish).ownUrl ? own : url,
        parameters: [
            { name: 'content_type', value: wish.mimeType },
            { name: 'acl', value: 'private' },
        ],
    }
}

function settingsOf({ resource }: UploadWish) {
    return folders[resource] ?? otherResource
}

function keyOf(wish: UploadWish, { shopId, upload }: UploadPlace): string {
    const { folder, renamed } = settingsOf(wish)
    const name = renamed ? signatureOf(upload) + extname(wish.filename) : wish.filename
    return `tmp/${shopId}/${folder}/${upload}/${name}`
}

function signatureOf(text: string): string {
    return createHash('md5').update(text).digest('hex')
}

/** `20261122T032545Z`, the form of Google's signed requests. */
function dateOf(now: number): string {
    return `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function policyOf(wish: UploadWish, key: string, now: number): string {
    const date = dateOf(now)
    const conditions = [
        { 'Content-Type': wish.mimeType },
        { success_action_status: '201' },
        { acl: 'private' },
        ['content-length-range', 1, mostBytes(wish.resource)],
        { bucket: 'shopify-staged-uploads' },
        { key },
        { 'x-goog-date': date },
        { 'x-goog-credential': `owner@example.com/${date.slice(0, 8)}/auto/storage/goog4_request` },
        { 'x-goog-algorithm': 'GOOG4-RSA-SHA256' },
    ]
    const expiration = `${new Date(now + 24 * 3600 * 1000).toISOString().slice(0, 19)}Z`
    const text = JSON.stringify({ conditions, expiration }).replaceAll('/', '\\/')
    return Buffer.from(text).toString('base64')
}
