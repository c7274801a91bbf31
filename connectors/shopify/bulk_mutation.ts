import { namedDocument } from './bulk_document.ts'
import {
    type BulkOperation,
    type BulkStart,
    startAfterLostAnswer,
    startInFreeSlot,
    waitForBulk,
} from './bulk_operation.ts'
import type { ShopifyClient } from './client.ts'
import { bulkLineBatches } from './download.ts'
import type { GraphqlProblem, UserError } from './errors.ts'
import { operation } from './operations.ts'
import { stageVariables } from './staged_upload.ts'
import { type VariablesFile, variablesFiles } from './variables_file.ts'

/**
 * What became of one line of the input. `lineNumber` counts from 0 over the whole input. Without `data` and `errors`
 * nothing is known of it: read the object again. `data` may hold userErrors: the line was refused (spec rule 79).
 */
export type BulkResult<T> = { lineNumber: number; data?: T; errors?: GraphqlProblem[] }

type Run = { bulkOperationRunMutation: { bulkOperation: BulkStart | null; userErrors: UserError[] } }

/**
 * Starts a bulk mutation over an uploaded file. `document` is made with `namedDocument`: one mutation, under a name
 * that is this call's alone. Waits while all five slots are taken. A start whose answer was lost is looked up by that
 * name once; is it not there, the error is thrown with `mayBeDone`, and the caller looks again with `findBulkOperation`.
 */
export async function startBulkMutation(
    client: ShopifyClient,
    { name, document, stagedUploadPath }: { name: string; document: string; stagedUploadPath: string },
): Promise<BulkStart> {
    const variables = { mutation: document, stagedUploadPath }
    try {
        return await startInFreeSlot(client, name, async () => {
            return (await client.mutate<Run>(operation('bulk/run_mutation'), variables)).bulkOperationRunMutation
        })
    } catch (error) {
        const found = await startAfterLostAnswer(client, name, error)
        if (found === null) throw error
        return found
    }
}

/**
 * The results of a COMPLETED bulk mutation over one file, joined to its lines; they come in any order, and last the
 * lines of which there is no result. Throws DownloadIncompleteError: what was not seen until then is unknown.
 */
export async function* bulkResults<T>(
    client: ShopifyClient,
    completed: BulkOperation,
    { firstLine, lines }: Pick<VariablesFile, 'firstLine' | 'lines'>,
): AsyncGenerator<BulkResult<T>> {
    const seen = new Uint8Array(lines)
    for await (const batch of bulkLineBatches(client, completed)) {
        for (const line of batch) {
            const { __lineNumber, data, errors } = JSON.parse(line.toString()) as ResultLine<T>
            seen[__lineNumber] = 1
            yield { lineNumber: firstLine + __lineNumber, data: data ?? undefined, errors: errors?.map(problemOf) }
        }
    }
    for (let line = seen.indexOf(0); line !== -1; line = seen.indexOf(0, line + 1))
        yield { lineNumber: firstLine + line }
}

type ResultLine<T> = {
    __lineNumber: number
    data?: T | null
    errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[]
}

function problemOf({ message, path, extensions }: NonNullable<ResultLine<unknown>['errors']>[number]): GraphqlProblem {
    return { message, path: path ?? [], code: extensions?.code ?? null }
}

/**
 * A whole bulk mutation: split, uploaded, started, awaited, one file after another, its results as they come. For
 * callers who may begin anew after a crash; who must know what was sent uses the steps and records each.
 */
export async function* runBulkMutation<T>(
    client: ShopifyClient,
    { name, document, lines }: { name: string; document: string; lines: AsyncIterable<unknown> | Iterable<unknown> },
): AsyncGenerator<BulkResult<T>> {
    for await (const file of variablesFiles(lines)) {
        const part = `${name}_${file.firstLine}`
        const stagedUploadPath = await stageVariables(client, file, part)
        const started = await startBulkMutation(client, {
            name: part,
            document: namedDocument(document, part),
            stagedUploadPath,
        })
        yield* bulkResults<T>(client, await waitForBulk(client, started.id), file)
    }
}
