import type { Kind } from '../kind.ts'
import { imageCreate } from './image_create.ts'
import { imageAlt, imageDelete } from './image_files.ts'
import { imageOrder } from './image_order.ts'
import { levelActivate } from './level_activate.ts'
import { levelSet } from './level_set.ts'
import { optionRename } from './option_rename.ts'
import { productCreate } from './product_create.ts'
import { productDelete } from './product_delete.ts'
import { productUpdate } from './product_update.ts'
import { publish, unpublish } from './publication.ts'
import { tagsAdd, tagsRemove } from './tags.ts'
import { variantCreate } from './variant_create.ts'
import { variantDelete } from './variant_delete.ts'
import { variantUpdate } from './variant_update.ts'

/**
 * Every kind of call, in the order in which a set is loaded. What is to be hidden is hidden first and what is to be shown
 * is shown last; variants are made before others are deleted, since one must stay; whole
 * products are deleted last.
 */
export const kinds: readonly Kind[] = [
    productCreate,
    unpublish,
    productUpdate,
    tagsRemove,
    tagsAdd,
    optionRename,
    variantUpdate,
    variantCreate,
    variantDelete,
    imageCreate,
    imageAlt,
    imageDelete,
    imageOrder,
    publish,
    levelActivate,
    levelSet,
    productDelete,
]

/** The kind of a call in the outbox. Throws for a name that no kind bears. */
export function kindOf(name: string): Kind {
    const kind = kinds.find((it) => it.name === name)
    if (kind) return kind
    throw new Error(`Expected a call of a kind in jobs/load/calls, came "${name}": was it written by a newer version?`)
}
