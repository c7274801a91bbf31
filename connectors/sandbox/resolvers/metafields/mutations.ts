import type { Context, Resolvers } from '../../context.ts'
import { topLevelError } from '../../errors.ts'
import { digestOf, shownMetafield } from './metafield.ts'
import { fullNamespace, type Owner, ownerById, ownerTypes } from './owners.ts'
import { type MetafieldInput, metafieldFaults, metafieldOf, removeMetafields, writeMetafield } from './write.ts'

/** Fewer than other lists may hold (platform: metafields). */
const MOST_AT_ONCE = 25

type SetInput = MetafieldInput & { ownerId: string; compareDigest?: string | null }
type Identifier = { ownerId: string; namespace: string; key: string }
type Fault = { field: string[] | null; message: string; code: string | null; elementIndex: number | null }

export const resolvers: Resolvers = {
    Mutation: {
        // all or nothing: first everything is checked, then everything is written
        metafieldsSet: (_: unknown, { metafields }: { metafields: SetInput[] }, context: Context) => {
            if (metafields.length > MOST_AT_ONCE) {
                const message = `The input array size of ${metafields.length} is greater than the maximum allowed of ${MOST_AT_ONCE}.`
                throw topLevelError(message, 'MAX_INPUT_SIZE_EXCEEDED')
            }
            const faults = metafields.flatMap((input, index) => faultsOf(context, input, index))
            if (faults.length > 0) return { metafields: [], userErrors: faults }
            const written = metafields.map((input) => {
                const owner = ownerById(context, input.ownerId)!
                return shownMetafield(owner, writeMetafield(context, owner, input))
            })
            return { metafields: written, userErrors: [] }
        },
        metafieldsDelete: (_: unknown, { metafields }: { metafields: Identifier[] }, context: Context) => ({
            deletedMetafields: metafields.map((identifier) => (deleted(context, identifier) ? identifier : null)),
            userErrors: [],
        }),
    },
}

function faultsOf(context: Context, input: SetInput, index: number): Fault[] {
    const path = ['metafields', String(index)]
    const owner = ownerById(context, input.ownerId)
    if (!owner) return [fault([...path, 'ownerId'], 'Owner does not exist.', 'INVALID')]
    const stale = isStale(owner, input)
    if (stale)
        return [
            fault(
                path,
                'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.',
                'STALE_OBJECT',
            ),
        ]
    return metafieldFaults(context, ownerTypes[owner.__typename], owner, input).map((one) => ({
        ...one,
        field: [...path, one.field],
    }))
}

/** compareDigest: absent says nothing, null that there must be none, a digest that it must be this one. */
function isStale(owner: Owner, { compareDigest, namespace, key }: SetInput): boolean {
    if (compareDigest === undefined) return false
    const known = metafieldOf(owner, fullNamespace(namespace), key ?? '')
    return (known ? digestOf(known) : null) !== compareDigest
}

function fault(field: string[], message: string, code: string): Fault {
    return { field, message, code, elementIndex: null }
}

function deleted(context: Context, { ownerId, namespace, key }: Identifier): boolean {
    const owner = ownerById(context, ownerId)
    const known = owner && metafieldOf(owner, fullNamespace(namespace), key)
    if (!known) return false
    removeMetafields(context, owner, (metafield) => metafield === known)
    return true
}
