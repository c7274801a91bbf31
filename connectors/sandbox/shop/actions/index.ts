import type { Action } from './body.ts'
import { draftActions } from './drafts.ts'
import { orderChangeActions } from './order_changes.ts'
import { orderActions } from './orders.ts'
import { pictureActions } from './pictures.ts'
import { placeActions } from './places.ts'
import { productActions } from './products.ts'
import { variantActions } from './variants.ts'

export type { Action, ActionBody } from './body.ts'

/** What merchants do in their own shops, by the name the control address knows it by. */
export const shopActions: Readonly<Record<string, Action>> = {
    ...draftActions,
    ...orderActions,
    ...orderChangeActions,
    ...pictureActions,
    ...placeActions,
    ...productActions,
    ...variantActions,
}
