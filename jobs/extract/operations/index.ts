import type { Operation } from '../operation.ts'
import { catalogue } from './catalogue.ts'
import { collections } from './collections.ts'
import { fulfillmentOrders } from './fulfillment_orders.ts'
import { items } from './items.ts'
import { levels } from './levels.ts'
import { orders } from './orders.ts'

/** Everything that is read of a store. */
export const operations: readonly Operation[] = [catalogue, items, levels, collections, orders, fulfillmentOrders]

/** Those that tell what was sold: stock is not computed without them, the catalogue is. */
export const orderOperations: readonly string[] = [orders.name, fulfillmentOrders.name]
