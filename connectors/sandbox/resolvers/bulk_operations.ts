import { readBulkMutation } from '../bulk/mutation_rules.ts'
import { runBulkMutation } from '../bulk/mutation_run.ts'
import { readBulkQuery } from '../bulk/query_rules.ts'
import { runBulkQuery } from '../bulk/query_run.ts'
import { isoOf } from '../clock.ts'
import type { Context, Resolvers } from '../context.ts'
import { type FrameContext, frameOf } from '../frame_context.ts'
import { gid, numberOf } from '../shop/gids.ts'
import type { BulkOperation } from '../shop/state.ts'
import { newestFirst, orderedBy, wanted } from './bulk_listing.ts'
import { connection, type PageArgs } from './connection.ts'
import { stagedFileRefusal } from './staged_files.ts'

type RunQueryArgs = { query: string; groupObjects: boolean }
type RunMutationArgs = { mutation: string; stagedUploadPath: string; clientIdentifier?: string | null }
type ListArgs = PageArgs & { query?: string | null; sortKey?: 'CREATED_AT' | 'COMPLETED_AT' }
type Refusal = { field: string[] | null; message: string; code: string | null }

/** Slots of an app in a shop by the version of the request: queries and mutations do not share them. */
function slotsOf(apiVersion: string): number {
    return apiVersion >= '2026-01' ? 5 : 1
}

function runQuery(_source: unknown, { query: text, groupObjects }: RunQueryArgs, context: Context) {
    const frame = frameOf(context)
    const schema = frame.schema
    const read = readBulkQuery(schema, text)
    if ('refusals' in read) {
        return refused(read.refusals.map((message) => ({ field: ['query'], message, code: 'INVALID' })))
    }
    const busy = inProgress(frame, 'QUERY')
    if (busy) return refused([busy])
    const { shop, token, apiVersion, parts } = frame
    const { query } = read
    const seed = shop.lastId
    const row = parts.bulkDesk.start(shop, {
        type: 'QUERY',
        query: text,
        names: query.shape.connections.map(({ name }) => name),
        work: (progress, fault) =>
            runBulkQuery(
                { parts, shop, token, apiVersion, schema, query, grouped: groupObjects, seed },
                progress,
                fault,
            ),
    })
    return { bulkOperation: { ...row }, userErrors: [] }
}

function runMutation(_source: unknown, args: RunMutationArgs, context: Context) {
    const frame = frameOf(context)
    const schema = frame.schema
    const read = readBulkMutation(schema, args.mutation)
    if ('refusals' in read) return refused(read.refusals)
    const wrong = clientIdentifierRefusal(args.clientIdentifier) ?? stagedFileRefusal(frame.shop, args.stagedUploadPath)
    const busy = wrong ?? inProgress(frame, 'MUTATION')
    if (busy) return refused([busy])
    const { shop, token, apiVersion, parts } = frame
    const { mutation } = read
    const content = shop.stagedUploads.get(args.stagedUploadPath)?.content ?? ''
    const seed = shop.lastId
    const row = parts.bulkDesk.start(shop, {
        type: 'MUTATION',
        query: args.mutation,
        names: [mutation.name],
        work: (progress, fault) =>
            runBulkMutation({ parts, shop, token, apiVersion, schema, mutation, content, seed }, progress, fault),
    })
    return { bulkOperation: { ...row }, userErrors: [] }
}

function refused(userErrors: Refusal[]) {
    return { bulkOperation: null, userErrors }
}

function inProgress({ parts, shop, apiVersion }: FrameContext, type: BulkOperation['type']): Refusal | null {
    const running = parts.bulkDesk.running(shop, type)
    if (running.length < slotsOf(apiVersion)) return null
    const ids = running.map(({ id }) => gid('BulkOperation', id)).join(', ')
    return {
        field: null,
        message: `A bulk ${type.toLowerCase()} operation for this app and shop is already in progress: ${ids}.`,
        code: 'OPERATION_IN_PROGRESS',
    }
}

function clientIdentifierRefusal(given: string | null | undefined): Refusal | null {
    if (given == null) return null
    const refuse = (message: string) => ({ field: ['clientIdentifier'], message, code: 'INVALID_MUTATION' })
    if (given.length < 10) return refuse('is too short (minimum is 10 characters)')
    return given.length > 255 ? refuse('is too long (maximum is 255 characters)') : null
}

function cancel(_source: unknown, { id }: { id: string }, context: Context) {
    const { shop, parts } = frameOf(context)
    const row = shop.bulkOperations.get(numberOf(id, 'BulkOperation'))
    if (!row) {
        return { bulkOperation: null, userErrors: [{ field: ['id'], message: 'Bulk operation does not exist' }] }
    }
    const canceled = parts.bulkDesk.cancel(shop, row)
    const message = `A bulk operation cannot be canceled when it is ${row.status.toLowerCase()}`
    return { bulkOperation: { ...row }, userErrors: canceled ? [] : [{ field: null, message }] }
}

function read(context: Context, row: BulkOperation | undefined): BulkOperation | null {
    return row ? { ...frameOf(context).parts.bulkDesk.read(context.shop, row) } : null
}

/** A bulk operation by its id, as a reader sees it now. */
export function bulkOperationById(id: number, context: Context): BulkOperation | null {
    return read(context, context.shop.bulkOperations.get(id))
}

function list(_source: unknown, args: ListArgs, context: Context) {
    const rows = [...context.shop.bulkOperations.values()]
        .map((row) => read(context, row))
        .filter((row) => row !== null)
    const found = rows.filter((row) => wanted(row, args.query))
    return connection(orderedBy(found, args.sortKey ?? 'CREATED_AT'), args, context)
}

const url = (path: string | null, context: Context) =>
    path === null || /^https?:/.test(path) ? path : frameOf(context).parts.serverUrl() + path

export const resolvers: Resolvers = {
    QueryRoot: {
        bulkOperation: (_source, { id }: { id: string }, context) =>
            bulkOperationById(numberOf(id, 'BulkOperation'), context),
        bulkOperations: list,
        currentBulkOperation: (_source, { type }: { type: BulkOperation['type'] }, context) =>
            read(context, newestFirst(context.shop, type)[0]),
    },
    Mutation: {
        bulkOperationRunQuery: runQuery,
        bulkOperationRunMutation: runMutation,
        bulkOperationCancel: cancel,
    },
    BulkOperation: {
        id: (row: BulkOperation) => gid('BulkOperation', row.id),
        createdAt: (row: BulkOperation) => isoOf(row.createdAt),
        completedAt: (row: BulkOperation) => (row.completedAt === null ? null : isoOf(row.completedAt)),
        objectCount: (row: BulkOperation) => String(row.objectCount),
        rootObjectCount: (row: BulkOperation) => String(row.rootObjectCount),
        fileSize: (row: BulkOperation) => (row.fileSize === null ? null : String(row.fileSize)),
        url: (row: BulkOperation, _args, context) => url(row.url, context),
        partialDataUrl: (row: BulkOperation, _args, context) => url(row.partialDataUrl, context),
    },
}
