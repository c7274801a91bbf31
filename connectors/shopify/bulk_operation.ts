import type { ShopifyClient } from './client.ts'
import { growingWait } from './clock.ts'
import { BulkFailedError, ShopifyError, type UserError, UserErrorsError } from './errors.ts'
import { gid, parseGid } from './gid.ts'
import { operation } from './operations.ts'

export type BulkStatus = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'CANCELING' | 'CANCELED' | 'FAILED' | 'EXPIRED'
export type BulkType = 'QUERY' | 'MUTATION'

/** A bulk operation as Shopify tells it. Ids are numbers as decimal strings, counts and sizes too. */
export type BulkOperation = {
    id: string
    type: BulkType
    status: BulkStatus
    errorCode: string | null
    createdAt: string
    completedAt: string | null
    objectCount: string
    rootObjectCount: string
    fileSize: string | null
    url: string | null
}

/** A start that Shopify took: its id, to be stored before waiting, and its own time of asking. */
export type BulkStart = { id: string; createdAt: string }

type RunPayload = {
    bulkOperation: { id: string; createdAt: string } | null
    userErrors: UserError[]
}

/**
 * Sends one of the two run mutations (`run` does it and returns its payload); while all five slots are taken, waits for
 * one and sends again, which is safe: a refused start did nothing (spec rule 75).
 * Throws UserErrorsError for any other refusal; an unanswered start throws with `mayBeDone`.
 */
export async function startInFreeSlot(
    client: ShopifyClient,
    name: string,
    run: () => Promise<RunPayload>,
): Promise<BulkStart> {
    const nextWait = growingWait(client.limits.firstPollMs, client.limits.longestPollMs)
    for (;;) {
        const { bulkOperation, userErrors } = await run()
        if (bulkOperation) return { ...bulkOperation, id: parseGid('BulkOperation', bulkOperation.id) }
        const busy = userErrors.find(({ code }) => code === 'OPERATION_IN_PROGRESS' || code === 'LIMIT_REACHED')
        if (!busy) throw refusal(client, name, userErrors)
        await waitForOneToEnd(client, busy.message, nextWait)
    }
}

function refusal({ domain: store }: ShopifyClient, operation: string, userErrors: UserError[]): UserErrorsError {
    const todo = 'Correct the document; nothing was started.'
    return new UserErrorsError({ store, operation, expected: 'a bulk operation', todo, userErrors })
}

/** The refusal names the operations in the way; it is worth asking again when one of them has ended. */
async function waitForOneToEnd(client: ShopifyClient, message: string, nextWait: () => number): Promise<void> {
    const ids = [...message.matchAll(/gid:\/\/shopify\/BulkOperation\/(\d+)/g)].map((match) => match[1]!)
    for (;;) {
        await client.clock.sleep(nextWait(), client.signal)
        const states = await Promise.all(ids.map((id) => readBulk(client, id)))
        if (ids.length === 0 || states.some((state) => state === null || hasEnded(state.status))) return
    }
}

/** The operation of that number, or null if the store knows none. */
export async function readBulk(client: ShopifyClient, id: string): Promise<BulkOperation | null> {
    const document = operation('bulk/operation')
    const data = await client.query<{ bulkOperation: BulkOperation | null }>(document, { id: gid('BulkOperation', id) })
    return data.bulkOperation && { ...data.bulkOperation, id }
}

/**
 * Waits until an operation is COMPLETED and returns it; `onProgress` is given each state that was seen.
 * Throws BulkFailedError when it ended in another way (spec rule 72), the signal's reason when told to stop.
 */
export async function waitForBulk(
    client: ShopifyClient,
    id: string,
    { signal = client.signal, onProgress }: { signal?: AbortSignal; onProgress?: (state: BulkOperation) => void } = {},
): Promise<BulkOperation> {
    const nextWait = growingWait(client.limits.firstPollMs, client.limits.longestPollMs)
    for (;;) {
        signal?.throwIfAborted()
        const state = await readBulk(client, id)
        if (state === null) throw failed(client, id, 'UNKNOWN', null)
        onProgress?.(state)
        if (state.status === 'COMPLETED') return state
        if (hasEnded(state.status)) throw failed(client, id, state.status, state.errorCode)
        await client.clock.sleep(nextWait(), signal)
    }
}

function hasEnded(status: BulkStatus): boolean {
    return status !== 'CREATED' && status !== 'RUNNING' && status !== 'CANCELING'
}

function failed(client: ShopifyClient, id: string, bulkStatus: string, errorCode: string | null): BulkFailedError {
    return new BulkFailedError({
        store: client.domain,
        operation: `bulk operation ${id}`,
        expected: 'COMPLETED',
        came: errorCode ? `${bulkStatus} (${errorCode})` : bulkStatus,
        todo:
            errorCode === 'ACCESS_DENIED'
                ? 'Grant the scopes the query needs.'
                : 'Nothing of it is used; start it anew.',
        bulkStatus,
        errorCode,
    })
}

type Listed = { id: string; type: BulkType; status: BulkStatus; createdAt: string; query: string }
type Page = { bulkOperations: { nodes: Listed[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } }

/** Store and worker count time by clocks of their own. */
const CLOCKS_DIFFER_MS = 10 * 60_000

/**
 * Finds the operation whose document carries this name: so a start that was not answered is found again.
 * Looks from the newest back to `since` (default: a day ago). Null if there is none.
 * It reads the list without a filter, as filters are answered by an index that may lag.
 */
export async function findBulkOperation(
    client: ShopifyClient,
    name: string,
    since: Date = new Date(Date.now() - 86_400_000),
): Promise<(BulkStart & { type: BulkType; status: BulkStatus }) | null> {
    const named = new RegExp(`\\b(query|mutation)\\s+${name}\\b`)
    let after: string | null = null
    do {
        const { bulkOperations }: Page = await client.query(operation('bulk/operations'), { first: 25, after })
        for (const { id, type, status, createdAt, query } of bulkOperations.nodes) {
            if (Date.parse(createdAt) < since.getTime() - CLOCKS_DIFFER_MS) return null
            if (named.test(query)) return { id: parseGid('BulkOperation', id), type, status, createdAt }
        }
        after = bulkOperations.pageInfo.hasNextPage ? bulkOperations.pageInfo.endCursor : null
    } while (after !== null)
    return null
}

/** What an unanswered start came to: the operation it began after all, or null. Any other error is thrown on. */
export async function startAfterLostAnswer(client: ShopifyClient, name: string, error: unknown) {
    if (!(error instanceof ShopifyError && error.mayBeDone)) throw error
    const found = await findBulkOperation(client, name)
    return found && { id: found.id, createdAt: found.createdAt }
}

/** Asks Shopify to stop an operation; it ends some time later. One that has ended, or is unknown, is no error. */
export async function cancelBulk(client: ShopifyClient, id: string): Promise<void> {
    await client.mutate(operation('bulk/cancel'), { id: gid('BulkOperation', id) })
}
