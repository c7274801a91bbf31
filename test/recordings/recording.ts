import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }

/** One request and its answer, as far as the recording holds them; where the document is missing it is rebuilt. */
export type Exchange = {
    path: string
    document: string | null
    /** null where the recording left them out too */
    variables: JsonObject | null
    /** as it was answered; some recordings leave it out */
    status: number
    answer: JsonObject
}

export type Recording = { file: string; apiVersion: string | null; whole: JsonObject }

export function readRecording(folder: string, file: string): Recording {
    const whole: JsonObject = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    return { file, apiVersion: typeof whole.apiVersion === 'string' ? whole.apiVersion : null, whole }
}

/** The part of a recording at a path such as `cases.damaged.setup` or `cleanup[0].response`. */
export function partAt(recording: Recording, path: string): Json | undefined {
    const steps = path === '' ? [] : path.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
    return steps.reduce<Json | undefined>((part, step) => {
        if (Array.isArray(part)) return part[Number(step)]
        return isObject(part) ? part[step] : undefined
    }, recording.whole)
}

/** The exchange at a path. Throws if there is none. */
export function exchangeAt(recording: Recording, path: string): Exchange {
    const exchange = exchangeIn(partAt(recording, path), path)
    if (!exchange) throw new Error(`${recording.file}: expected an exchange at ${path}, found none`)
    return exchange
}

/**
 * The paths of all exchanges in the order they were made: what prepares an exchange comes before it, clean-up last.
 * The recorder's own look-ups (`upstreamCalls`) are left out.
 */
export function exchangePaths(recording: Recording): string[] {
    return pathsIn(recording.whole, '')
}

const BEFORE = ['cleanupBefore', 'beforeCleanup', 'setup']
const AFTER = ['afterCleanup', 'cleanup']
const NEVER = ['upstreamCalls']

function pathsIn(part: Json | undefined, path: string): string[] {
    if (Array.isArray(part)) return part.flatMap((item, index) => pathsIn(item, `${path}[${index}]`))
    if (!isObject(part)) return []
    const exchange = exchangeIn(part, path)
    const skipped = exchange ? ['response', 'request', 'data', 'errors', 'extensions', 'variables', ...NEVER] : NEVER
    const names = Object.keys(part).filter((name) => !skipped.includes(name))
    const inside = (wanted: (name: string) => boolean) =>
        names.filter(wanted).flatMap((name) => pathsIn(part[name], path === '' ? name : `${path}.${name}`))
    return [
        ...inside((name) => BEFORE.includes(name)),
        ...(exchange && path !== '' ? [path] : []),
        ...inside((name) => !BEFORE.includes(name) && !AFTER.includes(name)),
        ...inside((name) => AFTER.includes(name)),
    ]
}

function exchangeIn(part: Json | undefined, path: string): Exchange | null {
    if (!isObject(part)) return null
    const response = part.response ?? part
    const answer = answerIn(response)
    if (!answer) return null
    const request = isObject(part.request) ? part.request : part
    const document = request.query ?? request.document ?? null
    const variables = part.variables ?? request.variables
    const status = part.status ?? (isObject(response) ? response.status : undefined)
    return {
        path,
        document: typeof document === 'string' ? document : null,
        variables: isObject(variables) ? variables : null,
        status: typeof status === 'number' ? status : 200,
        answer,
    }
}

function answerIn(response: Json | undefined): JsonObject | null {
    if (!isObject(response)) return null
    if (isAnswer(response)) return response
    for (const name of ['payload', 'body']) {
        const inner = response[name]
        if (isObject(inner) && isAnswer(inner)) return inner
    }
    return null
}

function isAnswer(value: JsonObject): boolean {
    return 'data' in value || (Array.isArray(value.errors) && isObject(value.errors[0]) && 'message' in value.errors[0])
}

export function isObject(value: Json | undefined): value is JsonObject {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
}
