import type { Operation } from '../operation.ts'
import { catalogue } from './catalogue.ts'
import { collections } from './collections.ts'
import { items } from './items.ts'
import { levels } from './levels.ts'

/** Everything that is read of a store. */
export const operations: readonly Operation[] = [catalogue, items, levels, collections]
