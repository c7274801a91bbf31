import type { Entity } from './entity.ts'
import { image } from './image.ts'
import { level } from './level.ts'
import { product } from './product.ts'
import { variant } from './variant.ts'

/** Every synced entity, in the order in which it is loaded. */
export const entities: readonly Entity[] = [product, variant, image, level]

export * from './decimal.ts'
export * from './entity.ts'
export { image, level, product, variant }
