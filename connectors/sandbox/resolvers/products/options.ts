import { numberOf } from '../../shop/gids.ts'
import { variantsOf } from '../../shop/goods.ts'
import { nextId, type Product, type ProductOption, type Shop, type Variant } from '../../shop/state.ts'
import type { OptionValueInput } from '../variants/variant_input.ts'

export const MOST_OPTIONS = 3

export type OptionInput = {
    id?: string | null
    name?: string | null
    position?: number | null
    values?: { id?: string | null; name?: string | null }[] | null
}

/** The option every product has that has no other. */
export function defaultOption(shop: Shop): ProductOption {
    return newOption(shop, { name: 'Title', values: [{ name: 'Default Title' }] })
}

export function newOption(shop: Shop, input: OptionInput): ProductOption {
    return {
        __typename: 'ProductOption',
        id: nextId(shop),
        name: input.name ?? 'Title',
        values: (input.values ?? []).map(({ name }) => ({ id: nextId(shop), name: name ?? '' })),
    }
}

/** A set of options a product shall have, and what its present variants would be called under them. */
export type PlannedOptions = { options: ProductOption[]; valuesOf(variant: Variant): string[] }

/**
 * The options an input asks for, keeping the ids of options and values that are named by id or by name. Values that
 * are not in the list are gone; those of a renamed value follow it.
 */
export function planOptions(shop: Shop, product: Product | null, inputs: OptionInput[]): PlannedOptions {
    const ordered = inputs
        .map((input, index) => ({ input, place: input.position ?? index + 1 }))
        .sort((a, b) => a.place - b.place)
    const planned = ordered.map(({ input }) => planOption(shop, product, input))
    return {
        options: planned.map(({ option }) => option),
        valuesOf: (variant) => planned.map(({ nameOf }) => nameOf(variant)),
    }
}

function planOption(shop: Shop, product: Product | null, input: OptionInput) {
    const index = product ? placeOfOption(product, input) : -1
    const old = product?.options[index]
    if (!old) return { option: newOption(shop, input), nameOf: () => '' }
    const renamed = new Map<string, string>()
    const values = (input.values ?? old.values.map(({ name }) => ({ name }))).map(
        (value: { id?: string | null; name?: string | null }) => {
            const known = old.values.find(
                ({ id, name }) =>
                    id === numberOf(value.id, 'ProductOptionValue') || (value.id == null && name === value.name),
            )
            if (!known) return { id: nextId(shop), name: value.name ?? '' }
            if (value.name != null) renamed.set(known.name, value.name)
            return { id: known.id, name: value.name ?? known.name }
        },
    )
    const option: ProductOption = { ...old, name: input.name ?? old.name, values }
    const nameOf = (variant: Variant) => {
        const name = variant.options[index] ?? ''
        return renamed.get(name) ?? name
    }
    return { option, nameOf }
}

function placeOfOption(product: Product, { id, name }: { id?: string | null; name?: string | null }): number {
    return product.options.findIndex((option) =>
        id == null ? option.name === name : option.id === numberOf(id, 'ProductOption'),
    )
}

/**
 * The names of a variant's option values in the order of the options. An entry names its option by id or name, its
 * value by id or name. Null where an option is left out, and the entries that fit no option.
 */
export function namedValues(
    options: readonly ProductOption[],
    inputs: readonly OptionValueInput[],
): { names: (string | null)[]; unknown: number[] } {
    const names: (string | null)[] = options.map(() => null)
    const unknown: number[] = []
    inputs.forEach((input, index) => {
        const place = options.findIndex((option) =>
            input.optionId == null
                ? option.name === input.optionName
                : option.id === numberOf(input.optionId, 'ProductOption'),
        )
        const byId = options
            .flatMap(({ values }) => values)
            .find(({ id }) => id === numberOf(input.id, 'ProductOptionValue'))
        const owner = place >= 0 ? place : options.findIndex(({ values }) => byId && values.includes(byId))
        const name = byId?.name ?? input.name ?? null
        if (owner < 0 || name === null) unknown.push(index)
        else names[owner] = name
    })
    return { names, unknown }
}

/** Adds values that variants use and the product's options do not list yet. */
export function addMissingValues(shop: Shop, product: Product, used: readonly (readonly string[])[]) {
    product.options.forEach((option, place) => {
        const known = new Set(option.values.map(({ name }) => name))
        for (const names of used) {
            const name = names[place]
            if (name === undefined || known.has(name)) continue
            known.add(name)
            option.values.push({ id: nextId(shop), name })
        }
    })
}

/** Whether the product still is as it was created: one variant without a choice. */
export function isStandalone(shop: Shop, product: Product): boolean {
    const [only, ...others] = variantsOf(shop, product)
    return only !== undefined && others.length === 0
}

export function isDefaultOnly(product: Product): boolean {
    const [option] = product.options
    return product.options.length === 1 && option?.name === 'Title' && option.values[0]?.name === 'Default Title'
}
