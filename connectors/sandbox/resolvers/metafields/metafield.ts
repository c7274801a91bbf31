import { createHash } from 'node:crypto'
import type { Context, Resolvers } from '../../context.ts'
import { gid, isoTime } from '../../shop/gids.ts'
import type { Metafield } from '../../shop/state.ts'
import { connection, type PageArgs } from '../connection.ts'
import { nodeById } from '../node_types.ts'
import { fullNamespace, type Owner, ownerTypes } from './owners.ts'
import { definitionOf } from './write.ts'

/** A metafield together with what it hangs on, as GraphQL shows it. */
export type ShownMetafield = Metafield & { owner: Owner }

export function shownMetafield(owner: Owner, metafield: Metafield): ShownMetafield {
    return { ...metafield, owner }
}

/** Marks the content of a metafield: who writes can ask that it has not changed since. */
export function digestOf(metafield: Metafield): string {
    return createHash('sha256').update(`${metafield.type}\n${metafield.value}`).digest('hex')
}

type Many = PageArgs & { namespace?: string | null; keys?: string[] | null }

/** The fields of every type that has metafields. */
const ofOwner = {
    metafield: (owner: Owner, { namespace, key }: { namespace?: string | null; key: string }) => {
        const found = owner.metafields.find((one) => one.key === key && one.namespace === fullNamespace(namespace))
        return found ? shownMetafield(owner, found) : null
    },
    metafields: (owner: Owner, args: Many, context: Context, info: unknown) => {
        const found = owner.metafields.filter((metafield) => isAskedFor(metafield, args))
        return connection(
            found.map((metafield) => shownMetafield(owner, metafield)),
            args,
            context,
            info,
        )
    },
}

/** `keys` may be plain, or whole as `namespace.key`. */
function isAskedFor({ namespace, key }: Metafield, args: Many): boolean {
    if (args.namespace != null && namespace !== fullNamespace(args.namespace)) return false
    return args.keys == null || args.keys.includes(key) || args.keys.includes(`${namespace}.${key}`)
}

export const resolvers: Resolvers = {
    Product: ofOwner,
    ProductVariant: ofOwner,
    Collection: ofOwner,
    Location: ofOwner,
    Order: ofOwner,
    DraftOrder: ofOwner,
    Metafield: {
        id: (metafield: ShownMetafield) => gid('Metafield', metafield.id),
        legacyResourceId: (metafield: ShownMetafield) => String(metafield.id),
        createdAt: (metafield: ShownMetafield) => isoTime(metafield.createdAt),
        updatedAt: (metafield: ShownMetafield) => isoTime(metafield.updatedAt),
        compareDigest: (metafield: ShownMetafield) => digestOf(metafield),
        ownerType: ({ owner }: ShownMetafield) => ownerTypes[owner.__typename],
        sizeInBytes: ({ value }: ShownMetafield) => Buffer.byteLength(value),
        description: () => null,
        definition: ({ owner, namespace, key }: ShownMetafield, _: unknown, context: Context) =>
            definitionOf(context, ownerTypes[owner.__typename], namespace, key) ?? null,
        jsonValue: ({ type, value }: ShownMetafield) => jsonValue(type, value),
        reference: ({ type, value }: ShownMetafield, _: unknown, context: Context) =>
            type.endsWith('_reference') && !type.startsWith('list.') ? nodeById(context, value) : null,
        references: ({ type, value }: ShownMetafield, args: PageArgs, context: Context, info) => {
            if (!/^list\..*_reference$/.test(type)) return null
            const ids: string[] = JSON.parse(value)
            const found = ids.map((id) => nodeById(context, id)).filter((node) => node !== null)
            return connection(found, args, context, info)
        },
        translations: () => [],
    },
}

function jsonValue(type: string, value: string): unknown {
    const plain = /text_field|_reference|^(id|color|date|date_time|url|number_decimal)$/
    return type.startsWith('list.') || !plain.test(type) ? JSON.parse(value) : value
}
