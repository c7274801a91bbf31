import type { Connection, Memory, Settled } from './memory.ts'
import type { Sharer } from './orders.ts'
import type { Mode } from './settings.ts'
import type { ShopProduct, ShopVariant, View } from './state.ts'
import type { Value } from './values.ts'

/** What the oracle looks at when it plans one connection's comparison. */
export type Scene = {
    connection: Connection
    memory: Memory
    /** of the other connections into the same destination */
    others: { rank: number; memory: Memory }[]
    /** the connections of the same source, this one among them */
    sharers: Sharer[]
    source: View
    destination: View
    now: number
    /** the source's own time, where it was read whole for this comparison */
    wholeAt: number | null
    /** variants of the destination that were ever ordered; null where not every order may be read (D15) */
    history: ReadonlySet<number> | null
}

export type Entity = 'product' | 'variant' | 'image' | 'level'

/** Where a difference is: of an update the destination's id, of a creation the source's. */
export type Place = { entity: Entity; item: number; location: number; field: string }

export type Kind = 'catalogue' | 'price' | 'stock' | 'life_cycle'

export type Line = Place & {
    action: 'create' | 'update' | 'delete'
    kind: Kind
    destinationProduct: number | null
    before: Value
    after: Value
    mode: Mode
    origin: string
    /** a lowering that follows from known sales, which no brake holds (rule 86) */
    fromSales?: boolean
}

export type Waiting = Line & { why: string }
export type Deviation = Place & { desired: Value; actual: Value; mode: Mode | null; why: string }
/** `optional`: of an item that stands still anyway; it may be listed or not. */
export type Problem = { code: string; entity: Entity; item: number; other: number; why: string; optional?: boolean }

export type ProductCreation = {
    of: 'product'
    source: ShopProduct
    made: ShopProduct
    variants: ShopVariant[]
    /** no price may be written: a draft until a person gives it one (rule 14) */
    needsPrice: boolean
}
export type VariantCreation = { of: 'variant'; source: ShopVariant; made: ShopVariant; destinationProduct: number }
export type ImageCreation = { of: 'image'; source: number; destinationProduct: number; alt: string }
export type Creation = (ProductCreation | VariantCreation | ImageCreation) & { mode: Mode }

export type Plan = {
    lines: Line[]
    creations: Creation[]
    /** creations that a brake holds (rule 86) */
    heldCreations: Creation[]
    waiting: Waiting[]
    /** lines that Shopify refuses */
    refused: Line[]
    deviations: Deviation[]
    problems: Problem[]
    /** places found agreeing */
    agreed: (Place & Settled)[]
}

export const emptyPlan = (): Plan => ({
    lines: [],
    creations: [],
    heldCreations: [],
    waiting: [],
    refused: [],
    deviations: [],
    problems: [],
    agreed: [],
})

export const placeKey = ({ entity, item, location, field }: Place): string => `${entity}/${item}/${location}/${field}`

/** A problem row of a plan; `other` is 0 where a single item is meant. */
export function report(plan: Plan, code: string, entity: Entity, item: number, why: string, other = 0) {
    plan.problems.push({ code, entity, item, other, why })
}
