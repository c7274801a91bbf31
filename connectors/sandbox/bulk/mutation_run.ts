import type { GraphQLSchema } from 'graphql'
import type { Token } from '../context.ts'
import { type AnswerError, inputErrors, runOperation } from '../execute.ts'
import type { Fault } from '../faults.ts'
import { makeContext } from '../frame_context.ts'
import type { Parts } from '../parts.ts'
import type { Shop } from '../shop/state.ts'
import type { BulkMutation } from './mutation_rules.ts'
import { breathe, canceled, type Outcome, type Progress } from './outcome.ts'
import { finished } from './query_run.ts'
import { lineOf, ResultFile } from './result_file.ts'
import { seeded } from './scatter.ts'

export type MutationJob = {
    parts: Parts
    shop: Shop
    token: Token
    apiVersion: string
    schema: GraphQLSchema
    mutation: BulkMutation
    /** the uploaded file: one JSON object of variables a line */
    content: string
    seed: number
}

/** Runs the lines of a bulk mutation in a mixed order; each answer is a line with its 0-based `__lineNumber`. */
export async function runBulkMutation(job: MutationJob, progress: Progress, fault: Fault | null): Promise<Outcome> {
    const file = await ResultFile.create(job.parts.resultsFolder)
    const lines = shuffled(linesOf(job.content), job.seed)
    const broken =
        fault?.kind === 'bulk_failed' || fault?.kind === 'bulk_failed_partial' || fault?.kind === 'bulk_canceled'
    const last = broken ? Math.floor(lines.length / 2) : lines.length
    let since = performance.now()
    for (const [place, line] of lines.entries()) {
        if (progress.canceled || place >= last) break
        const answer = lineOf({ ...(await answerOf(job, line.text)), __lineNumber: line.number })
        // executed, but its answer never reaches the file
        const lost = fault?.kind === 'bulk_lost_lines' && place % 2 === 1
        if (!lost) await file.add(answer)
        progress.objects = file.lines
        progress.roots = file.lines
        since = await breathe(since)
    }
    await file.close()
    if (progress.canceled || fault?.kind === 'bulk_canceled') return canceled(progress)
    // the lines that ran stand in the file already: nothing is cut off afterwards
    const outcome = await finished(file, progress, broken ? null : fault)
    if (!broken) return outcome
    const kept = fault?.kind === 'bulk_failed_partial' ? outcome.signature : null
    return { ...outcome, status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR', signature: kept, partial: true }
}

type Line = { text: string; number: number }

function linesOf(content: string): Line[] {
    return content
        .split('\n')
        .map((text, number) => ({ text, number }))
        .filter(({ text }) => text.trim() !== '')
}

function shuffled(lines: Line[], seed: number): Line[] {
    const random = seeded(seed)
    for (let place = lines.length - 1; place > 0; place -= 1) {
        const other = Math.floor(random() * (place + 1))
        ;[lines[place], lines[other]] = [lines[other]!, lines[place]!]
    }
    return lines
}

async function answerOf(job: MutationJob, text: string): Promise<Record<string, unknown>> {
    const { parts, shop, token, apiVersion, schema, mutation } = job
    const variables = variablesOf(text)
    if (variables === null) return { errors: [broken(text)] }
    const run = { schema, prepared: mutation.prepared, operation: mutation.operation, variables }
    const wrong = inputErrors(run)
    if (wrong.variables.length > 0) return { errors: wrong.variables }
    if (wrong.sizes.length > 0) return { errors: wrong.sizes }
    const answer = await runOperation(run, makeContext(parts, shop, { token, apiVersion, schema, bulk: true }))
    return answer.errors ? { errors: answer.errors } : { data: answer.data }
}

function variablesOf(text: string): Record<string, unknown> | null {
    try {
        const value: unknown = JSON.parse(text)
        return typeof value === 'object' && value !== null && !Array.isArray(value)
            ? (value as Record<string, unknown>)
            : null
    } catch {
        return null
    }
}

function broken(text: string): AnswerError {
    return { message: `Invalid JSON in the variables: ${text.slice(0, 80)}`, extensions: { code: 'INVALID_JSON' } }
}
