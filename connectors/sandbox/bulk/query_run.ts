import type { GraphQLSchema } from 'graphql'
import type { Token } from '../context.ts'
import type { AnswerError } from '../execute.ts'
import { runOperation } from '../execute.ts'
import type { Fault } from '../faults.ts'
import { type FrameContext, makeContext } from '../frame_context.ts'
import type { Parts } from '../parts.ts'
import type { Shop } from '../shop/state.ts'
import { rootBranches } from './branches.ts'
import { breathe, canceled, type Outcome, type Progress } from './outcome.ts'
import type { BulkQuery } from './query_rules.ts'
import { ResultFile } from './result_file.ts'
import { Scatter } from './scatter.ts'

/** Root objects executed at a time: the memory of a run. */
const WINDOW = 200

export type QueryJob = {
    parts: Parts
    shop: Shop
    token: Token
    apiVersion: string
    schema: GraphQLSchema
    query: BulkQuery
    grouped: boolean
    seed: number
}

/** Runs a bulk query into a result file, a window of root objects at a time. */
export async function runBulkQuery(job: QueryJob, progress: Progress, fault: Fault | null): Promise<Outcome> {
    const file = await ResultFile.create(job.parts.resultsFolder)
    const scatter = new Scatter(file, { grouped: job.grouped, seed: job.seed })
    let since = performance.now()
    for await (const { data, errors } of windows(job, fault)) {
        if (errors) {
            await file.close()
            return failed(errors)
        }
        for (const branch of rootBranches(data ?? {}, job.query.shape)) {
            progress.roots += 1
            await scatter.add(branch)
        }
        progress.objects = file.lines
        since = await breathe(since)
        if (progress.canceled) break
    }
    await scatter.finish()
    await file.close()
    progress.objects = file.lines
    if (progress.canceled || fault?.kind === 'bulk_canceled') return canceled(progress)
    return finished(file, progress, fault)
}

/** The outcome of a run whose lines are all written, or of one that a fault breaks. */
export async function finished(file: ResultFile, progress: Progress, fault: Fault | null): Promise<Outcome> {
    const broken = fault?.kind === 'bulk_failed' || fault?.kind === 'bulk_failed_partial'
    if (fault?.kind === 'bulk_failed_partial') await file.cutInHalf()
    const kept = fault?.kind !== 'bulk_failed' && file.lines > 0
    return {
        status: broken ? 'FAILED' : 'COMPLETED',
        errorCode: broken ? 'INTERNAL_SERVER_ERROR' : null,
        signature: kept ? file.signature : null,
        partial: broken,
        objects: file.lines,
        roots: Math.min(progress.roots, file.lines),
        bytes: file.bytes,
    }
}

function failed(errors: readonly AnswerError[]): Outcome {
    const denied = errors.some(({ extensions }) => extensions?.code === 'ACCESS_DENIED')
    const errorCode = denied ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR'
    return { status: 'FAILED', errorCode, signature: null, partial: false, objects: 0, roots: 0, bytes: 0 }
}

/**
 * The answers of the query, one per window; the root connection is resolved once and then shown piece by piece. A bulk
 * query is no snapshot: an object that moves to the end of its order while the run is under way may be met there a second
 * time, as it is by then (`bulk_repeated`).
 */
async function* windows(job: QueryJob, fault: Fault | null) {
    const rooted = job.query.shape.connections.length === 1 && job.query.shape.objects.length === 0
    const first = contextOf(job)
    if (!rooted) {
        yield await execute(job, first)
        return
    }
    first.bulkRoot = { window: [] }
    const { errors } = await execute(job, first)
    if (errors) yield { errors }
    const items = first.bulkRoot.items ?? []
    for (let from = 0; from < items.length; from += WINDOW) {
        const context = contextOf(job)
        context.bulkRoot = { items, window: items.slice(from, from + WINDOW) }
        yield await execute(job, context)
    }
    if (fault?.kind !== 'bulk_repeated' || items.length === 0) return
    const again = contextOf(job)
    again.bulkRoot = { items, window: items.slice(0, 1) }
    yield await execute(job, again)
}

function contextOf({ parts, shop, token, apiVersion, schema }: QueryJob): FrameContext {
    return makeContext(parts, shop, { token, apiVersion, schema, bulk: true })
}

async function execute({ schema, query }: QueryJob, context: FrameContext): Promise<WindowAnswer> {
    const operation = query.prepared.operations[0]
    if (!operation) throw new Error('bulk query: expected an operation in a document that was accepted, found none')
    return runOperation({ schema, prepared: query.prepared, operation, variables: {} }, context)
}

type WindowAnswer = { data?: Record<string, unknown> | null; errors?: readonly AnswerError[] }
