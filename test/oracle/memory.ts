import type { Kind } from './lines.ts'
import type { Settings, Travel } from './settings.ts'
import type { Value } from './values.ts'

export type Connection = {
    id: number
    source: string
    destination: string
    settings: Settings
    acceptedAt: string | number
    /** when it stood before it was disconnected: orders of then are its own */
    stood?: { from: string | number; until: number }[]
    settingsAt: number
    /** when its settings began to count sales, if they did not from the first */
    ordersSince?: number
}

export type ProductLink = { destination: number; ours: boolean }

export type VariantLink = {
    source: number
    sourceProduct: number
    destinationProduct: number
    ours: boolean
    matchedBy: 'origin' | 'mapping' | 'sku' | 'barcode' | 'handle'
    factor: number
    pricePer: 'unit' | 'pack'
    existing: Travel | null
}

/** How a field of an item was last settled: what was written (or found agreeing), and what was then seen. */
export type Settled = { wrote: Value; saw: Value }

/** What a person said of a line; `desired` is the value they said it of, `value` what a replacement puts in its place. */
export type Decision = {
    decision: 'reject' | 'keep' | 'replace' | 'roll_back' | 'approve'
    desired: Value
    value?: Value
    /** the replacement was written */
    applied?: boolean
}

/** Something written that brakes look back on (rule 86): what was there in the brake's measure, and what came. */
export type Written = {
    kind: Kind
    watch: string
    item: string
    was: number
    wrote: number
    at: number
    /** a person had approved it */
    person: boolean
}

/** What the oracle knows of one connection from earlier runs. Its own: nothing in it was read from Crossdock. */
export type Memory = {
    connection: number
    /** by source product */
    products: Map<number, ProductLink>
    /** by destination variant */
    variants: Map<number, VariantLink>
    /** by destination product: destination image by source image */
    images: Map<number, Map<number, number>>
    /** by `entity/item/location/field` */
    settled: Map<string, Settled>
    decisions: Map<string, Decision>
    /** by destination product: tags that came from the source */
    tagsGiven: Map<number, Set<string>>
    /** destination products made as drafts because no price may be written (rule 14) */
    needsPrice: Set<number>
    /** by the destination's inventory item, as last seen: the source's, and the factor */
    pairs: Map<number, { item: number; factor: number }>
    /** by order: units by `item/location` of the source that it was told of by adjustments (D4) */
    told: Map<number, Map<string, number>>
    /** by settled level: what orders held of it then */
    heldThen: Map<string, number>
    /** levels that moved, or may have, while nobody watched them: what is there now nobody counted */
    unheard: Set<string>
    firstSyncOver: boolean
    written: Written[]
    /** by kind: when a person last decided all that waited */
    moved: Map<Kind, number>
    /** destination products that we published and nobody took off since */
    shown: Set<number>
    /** by source product: when whole readings first and last were without it (D15) */
    absent: Map<number, { first: number; last: number }>
    /** source products that were gone or out of scope at the last comparison */
    away: Set<number>
}

export const emptyMemory = (connection: number): Memory => ({
    connection,
    products: new Map(),
    variants: new Map(),
    images: new Map(),
    settled: new Map(),
    decisions: new Map(),
    tagsGiven: new Map(),
    needsPrice: new Set(),
    pairs: new Map(),
    told: new Map(),
    heldThen: new Map(),
    unheard: new Set(),
    firstSyncOver: false,
    written: [],
    moved: new Map(),
    shown: new Set(),
    absent: new Map(),
    away: new Set(),
})
