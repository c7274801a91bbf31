import { kinds } from '../../../jobs/load/calls/index.ts'
import { CORNER_SHOP, NORTHWIND } from '../../helpers/cast.ts'
import type { Stage } from '../world.ts'
import type { Place, Trap } from './place.ts'

type Request = { shop: string; name: string; contains?: string }
type Status = { held: number }

/** Holds the nth such request: before it is carried out, or when it is, before its answer. */
async function hold({ sandbox }: Stage, kind: 'hold' | 'hold_after', request: Request, nth: number): Promise<Trap> {
    await sandbox.control('fail.next', { kind, ...request, skip: nth - 1 })
    return {
        reached: async () => ((await sandbox.control('fail.status')) as Status).held > 0,
        async release({ drop }) {
            await sandbox.control('fail.release', { drop })
        },
    }
}

/** Before the sending and after it, of one kind of request. */
function around(name: string, moments: number, request: Request, more: Partial<Place> = {}): Place[] {
    return [
        { name, seam: 'before', moments, arm: (stage, nth) => hold(stage, 'hold', request, nth), ...more },
        { name, seam: 'after', moments, arm: (stage, nth) => hold(stage, 'hold_after', request, nth), ...more },
    ]
}

/** Calls of each kind that the edits need, where there are several. */
const several: Readonly<Record<string, number>> = {
    product_create: 3,
    product_update: 3,
    tags_remove: 3,
    tags_add: 3,
    option_rename: 2,
    variant_update: 4,
    variant_create: 2,
    variant_delete: 2,
    image_create: 2,
    image_order: 2,
    publish: 3,
    unpublish: 2,
    level_activate: 4,
}

/** A kind's document is named like it: `tags_add` is `mutation TagsAdd`. */
const documentName = (kind: string) => kind.replaceAll(/(?:^|_)(\w)/g, (_all, letter: string) => letter.toUpperCase())

/** Stock comes first: what a killed run has created is counted before the run after it goes on with the catalogue. */
const isStock = (kind: { selects: { entity: string } }) => kind.selects.entity === 'level'
/** A deletion needs orders read and a proof of 20 hours (D15), which no night here has; its lost answer is a story of ends. */
const nightly = kinds.filter(({ name }) => name !== 'product_delete')
const inOrder = [...nightly.filter(isStock).toReversed(), ...nightly.filter((kind) => !isStock(kind))]

/** Every kind of call that there is, as the registry of the loader has them. */
export const calls: readonly Place[] = inOrder.flatMap(({ name, root }) =>
    around(`${name} (${root})`, several[name] ?? 1, { shop: CORNER_SHOP, name: documentName(name) }),
)

/** The start of a bulk mutation of every kind that may be one. */
export const bulkStarts: readonly Place[] = inOrder
    .filter(({ bulk }) => bulk)
    .flatMap(({ name, root }) => {
        const request = { shop: CORNER_SHOP, name: 'bulkOperationRunMutation', contains: `${root}(` }
        return around(`bulk start of ${name}`, 1, request, { bulk: true })
    })

export const uploads: readonly Place[] = around(
    'staged upload',
    8,
    { shop: CORNER_SHOP, name: 'stagedUploadsCreate' },
    { bulk: true },
)

/** The start of a reading, at either end. */
export const queryStarts: readonly Place[] = [NORTHWIND, CORNER_SHOP].flatMap((shop) =>
    around(`bulk query of ${shop.split('.')[0]}`, 2, { shop, name: 'bulkOperationRunQuery' }),
)
