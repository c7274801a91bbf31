import type { Entity, Json } from '../../connectors/entities/index.ts'
import type { Values } from './outcome.ts'

type Input = { [key: string]: Json }

/**
 * Values of an entity as its mutation's input wants them, each at its field's path. What has no path is written by a
 * mutation of its own and left out. With `create` empty values are left out: there is nothing to clear.
 */
export function inputOf(entity: Entity, values: Values, { create = false } = {}): Input {
    const input: Input = {}
    for (const { name, into, as } of entity.fields) {
        const value = values[name]
        if (into === undefined || value === undefined || (create && value === null)) continue
        put(input, into.split('.'), as ? as(value) : value)
    }
    return input
}

function put(input: Input, path: readonly string[], value: Json): void {
    const [key, ...rest] = path as [string, ...string[]]
    if (rest.length === 0) {
        input[key] = value
        return
    }
    const inner = (input[key] ?? {}) as Input
    input[key] = inner
    put(inner, rest, value)
}

/** Option values of a variant by the names of its product's options, up to three. */
export function optionValuesOf(options: readonly string[], values: Values): { optionName: string; name: string }[] {
    return options.flatMap((optionName, index) => {
        const name = values[`option${index + 1}`]
        return typeof name === 'string' ? [{ optionName, name }] : []
    })
}
