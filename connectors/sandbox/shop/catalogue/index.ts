import type { CatalogueOptions } from '../options.ts'
import type { Shop } from '../state.ts'

/** Fills a new shop with the products its options ask for. */
export function seedCatalogue(_shop: Shop, _catalogue: CatalogueOptions, _now: number): void {}
