import type { CatalogueOptions, GeneratedCatalogue } from '../options.ts'
import type { Shop } from '../state.ts'
import { seedCollections } from './collections.ts'
import { seedCopies } from './copies.ts'
import { seedFromCsv } from './csv.ts'
import { plant } from './plant.ts'
import { type RecipeOptions, recipe } from './recipe.ts'

/** Fills a new shop with the products its options ask for. `now` is in milliseconds since 1970. */
export function seedCatalogue(shop: Shop, catalogue: CatalogueOptions, now: number) {
    if ('csv' in catalogue) return seedFromCsv(shop, catalogue.csv, now)
    if ('of' in catalogue) return seedCopies(shop, catalogue, recipeOptions(catalogue.of), now)
    const options = recipeOptions(catalogue)
    for (let index = 0; index < catalogue.products; index += 1) plant(shop, recipe(index, options), now)
    seedCollections(shop, now)
}

function recipeOptions(catalogue: GeneratedCatalogue): RecipeOptions {
    return {
        seed: catalogue.seed,
        oddities: catalogue.oddities ?? true,
        ordinary: catalogue.variants?.ordinary ?? 8,
        large: catalogue.variants?.large ?? 100,
        images: catalogue.images ?? 8,
    }
}
