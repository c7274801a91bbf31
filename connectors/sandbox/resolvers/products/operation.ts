import type { Context, Resolvers } from '../../context.ts'
import { gid } from '../../shop/gids.ts'
import { removeProduct } from '../../shop/goods.ts'
import { nextId, type ProductOperation } from '../../shop/state.ts'

/** Without being read, an operation is complete after so long. */
const DUE_AFTER_MS = 30_000
/** A deletion takes longer than a set: so many reads more. */
const EXTRA_READS_OF_DELETE = 2

/** Notes an asynchronous operation. A set is done already, though it does not say so; a deletion is still to come. */
export function newOperation(
    { shop, clock }: Context,
    given: Pick<ProductOperation, '__typename'> & Partial<ProductOperation>,
): ProductOperation {
    const extra = given.__typename === 'ProductDeleteOperation' ? EXTRA_READS_OF_DELETE : 0
    const operation: ProductOperation = {
        id: nextId(shop),
        productId: null,
        deletedProductId: null,
        reads: 0,
        readsNeeded: shop.settings.operationReads + extra,
        dueAt: clock.now() + DUE_AFTER_MS,
        userErrors: [],
        ...given,
    }
    shop.productOperations.set(operation.id, operation)
    return operation
}

/** An operation read by its id, which brings it one read nearer its end; null if unknown. */
export function shownOperation(context: Context, id: number): ProductOperation | null {
    const operation = context.shop.productOperations.get(id)
    if (!operation) return null
    operation.reads += 1
    settleOperations(context)
    return operation
}

export function isComplete({ reads, readsNeeded, dueAt }: ProductOperation, { clock }: Context): boolean {
    return (reads > 0 && reads >= readsNeeded) || clock.now() >= dueAt
}

/** Carries out the deletions whose time has come. To be called before products are read. */
export function settleOperations(context: Context) {
    for (const operation of context.shop.productOperations.values()) {
        const product = context.shop.products.get(operation.deletedProductId ?? -1)
        if (product && isComplete(operation, context)) removeProduct(context.shop, product)
    }
}

/** Whether a deletion of the product is under way. */
export function isBeingDeleted(context: Context, productId: number): boolean {
    for (const operation of context.shop.productOperations.values()) {
        if (operation.deletedProductId === productId && !isComplete(operation, context)) return true
    }
    return false
}

type Shown = ProductOperation & { viaNode?: boolean }

const fields = {
    id: (operation: Shown) => gid(operation.__typename, operation.id),
    status: (operation: Shown, _: unknown, context: Context) => {
        if (isComplete(operation, context)) return 'COMPLETE'
        return operation.reads === 0 ? 'CREATED' : 'ACTIVE'
    },
    product: (operation: Shown, _: unknown, context: Context) =>
        isComplete(operation, context) ? (context.shop.products.get(operation.productId ?? -1) ?? null) : null,
    userErrors: (operation: Shown, _: unknown, context: Context) =>
        isComplete(operation, context) ? operation.userErrors : [],
}

export const resolvers: Resolvers = {
    ProductSetOperation: fields,
    ProductDeleteOperation: {
        ...fields,
        // node(id:) names the product from the start, productOperation(id:) only when it is gone
        deletedProductId: (operation: Shown, _: unknown, context: Context) => {
            const named = operation.viaNode || isComplete(operation, context)
            return named && operation.deletedProductId !== null ? gid('Product', operation.deletedProductId) : null
        },
    },
}
