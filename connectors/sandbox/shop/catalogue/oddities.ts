import type { ProductStatus } from '../state.ts'
import type { VariantRecipe } from './recipe.ts'
import { plainSku } from './recipe.ts'

/**
 * What real catalogues hold and tidy ones do not. Each oddity falls on every so-manieth product (prime steps, so that
 * they meet in all combinations in a large catalogue and each turns up within the first hundred products).
 */
const skuOddities: { every: number; at: number; sku: (index: number) => string | null }[] = [
    // no SKU, and SKUs of blanks (spec rule 1)
    { every: 41, at: 3, sku: () => null },
    { every: 43, at: 8, sku: () => '   ' },
    { every: 59, at: 18, sku: () => '' },
    // the SKU of the product before, exactly (rule 2) or nearly (rule 4)
    { every: 43, at: 7, sku: (index) => plainSku(index - 1, 0) },
    { every: 47, at: 11, sku: (index) => plainSku(index - 1, 0).toLowerCase() },
    { every: 47, at: 14, sku: (index) => `${plainSku(index - 1, 0)} ` },
    { every: 53, at: 17, sku: (index) => fullWidth(plainSku(index - 1, 0)) },
    {
        every: 53,
        at: 23,
        sku: (index) => `${plainSku(index - 1, 0).slice(0, 3)}\u200b${plainSku(index - 1, 0).slice(3)}`,
    },
    // what a spreadsheet would spoil
    { every: 37, at: 2, sku: (index) => String(index + 1).padStart(8, '0') },
    { every: 61, at: 4, sku: (index) => `${(index % 9) + 1}E${10 + Math.floor(index / 9)}` },
    { every: 67, at: 26, sku: (index) => `=NW,${index};"A"` },
]

/** The variants of a product with the oddities that fall on its index: mostly on its first variant. */
export function oddVariants(index: number, variants: VariantRecipe[]): VariantRecipe[] {
    const odd = skuOddities.find(({ every, at }) => index > 0 && index % every === at)
    return variants.map((variant, place) => ({
        ...variant,
        ...(odd && place === 0 ? { sku: odd.sku(index) } : {}),
        // two products with one barcode (rule 5)
        ...(index % 37 === 9 && place === 0 ? { barcode: sharedBarcode(index) } : {}),
        ...(index % 37 === 10 && place === 0 ? { barcode: sharedBarcode(index - 1) } : {}),
        ...(index % 17 === 6 ? { tracked: false } : {}),
        // sold on though there is none left (rule 31)
        ...(index % 19 === 8 ? { inventoryPolicy: 'CONTINUE' as const, stock: place % 2 === 0 ? 0 : -3 - place } : {}),
        ...(index % 211 === 100 ? { requiresShipping: false, taxable: false } : {}),
    }))
}

export function oddlyTagged(index: number, tags: string[]): string[] {
    const hidden = index % 61 === 15 ? ['crossdock-hidden'] : []
    const long = index % 71 === 30 ? [`${'long '.repeat(10)}tag`] : []
    return [...tags, ...hidden, ...long]
}

export function statusOf(index: number): ProductStatus {
    if (index % 101 === 33) return 'UNLISTED'
    if (index % 29 === 10) return 'ARCHIVED'
    return index % 13 === 4 ? 'DRAFT' : 'ACTIVE'
}

function sharedBarcode(index: number): string {
    return `5${String(index).padStart(12, '0')}`
}

function fullWidth(text: string): string {
    return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
}
