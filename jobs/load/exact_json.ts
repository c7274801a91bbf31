import type { Json } from '../../connectors/entities/index.ts'

/** JSON.parse gives a reviver each number's own text; the types of the standard library do not know it yet. */
type Reviver = (this: unknown, key: string, value: Json, context: { source?: string }) => Json

const numbersAsText: Reviver = (_key, value, { source }) => (typeof value === 'number' ? (source ?? value) : value)

/** Reads JSON with its numbers as decimal text: money never becomes a float, ids keep all their digits. */
export function exactJson(text: string): Json {
    return JSON.parse(text, numbersAsText as Parameters<typeof JSON.parse>[1])
}
