import { centsOf, factsOf, IMAGES, moves, unitsOf, VARIANTS } from './goods.ts'
import { derived, isWritten } from './rules.ts'

/** What a comparison of today with yesterday's settled pairs must come to, worked out from the generator's numbers. */
export type Expected = {
    /** Lines by kind, entity and action, as in `price variant update`. */
    lines: Record<string, number>
    /** Differences that a lock rule lets stand, by entity. */
    deviations: Record<string, number>
}

export function expectedOf(products: number): Expected {
    const expected: Expected = { lines: {}, deviations: {} }
    for (let product = 0; product < products; product++) {
        if (moves(product, 'source', 'today')) countProduct(expected, product)
    }
    return expected
}

function countProduct({ lines, deviations }: Expected, product: number): void {
    const facts = factsOf(product)
    const add = (counts: Record<string, number>, name: string, rows = 1) => {
        counts[name] = (counts[name] ?? 0) + rows
    }
    const count = (kind: string, entity: string, isLine: boolean, rows = 1) =>
        isLine ? add(lines, `${kind} ${entity} update`, rows) : add(deviations, entity, rows)
    count('catalogue', 'product', isWritten('title', facts))
    count('catalogue', 'image', isWritten('images', facts), IMAGES)
    for (let variant = product * VARIANTS; variant < (product + 1) * VARIANTS; variant++) {
        const [had, has] = [unitsOf(variant, 'destination', 'yesterday'), unitsOf(variant, 'destination', 'today')]
        if (had !== has) count('stock', 'level', isWritten('quantity', facts))
        const [was, is] = [centsOf(variant, 'source', 'yesterday'), centsOf(variant, 'source', 'today')]
        if (was.price === is.price) count('catalogue', 'variant', isWritten('barcode', facts))
        else if (
            derived(was.price, { ...facts, sku: `SKU-${variant}` }) !==
            derived(is.price, { ...facts, sku: `SKU-${variant}` })
        ) {
            count('price', 'variant', isWritten('price', facts))
        }
    }
}

/** Of the lines and deviations those of one entity. */
export function onlyOf({ lines, deviations }: Expected, entity: string): Expected {
    const of = (counts: Record<string, number>, is: (name: string) => boolean) =>
        Object.fromEntries(Object.entries(counts).filter(([name]) => is(name)))
    return {
        lines: of(lines, (name) => name.includes(` ${entity} `)),
        deviations: of(deviations, (name) => name === entity),
    }
}
