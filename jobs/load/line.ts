import type { Entity, Field, Json } from '../../connectors/entities/index.ts'
import { entities } from '../../connectors/entities/index.ts'
import { exactJson } from './exact_json.ts'

/** A line of a change set on its way to the destination. Ids and numbers are decimal text. */
export type Line = {
    change_id: string
    entity: Entity['name']
    action: 'create' | 'update' | 'delete'
    /** Of a create: the source's id; else the destination's. */
    item_id: string
    location_id: string
    /** The destination product, found through the link where the set itself made it. */
    product_id: string
    source_product_id: string
    field: string
    label: string
    before: Json
    after: Json
    mode: string | null
    origin: string
    base: string | null
    inputs: string | null
    /** How often its call was refused and planned anew. */
    tries: number
    /** The figure a quantity is written over, where it was read again since (rule 33). */
    from?: number | null
    /** Its figure was worked out anew after it moved: `after` is no longer what was shown. */
    recomputed?: true
    /** How often its figure had moved when it was written. */
    stale?: number
    /** At most so many elements in its next call: a call refused without saying for which is halved. */
    most?: number
    /** The wanted handle is another product's: let the store make one. */
    withoutHandle?: true
}

export type LineRow = Omit<Line, 'before' | 'after' | 'tries'> & { before: string | null; after: string | null }

/** A row of lines.sql as a line. */
export function lineOf(row: LineRow): Line {
    const before = row.before === null ? null : exactJson(row.before)
    const after = row.after === null ? null : exactJson(row.after)
    return { ...row, before, after, tries: 0 }
}

export function entityOf(line: Pick<Line, 'entity'>): Entity {
    return entities.find((entity) => entity.name === line.entity)!
}

/** The field a line changes. Throws for a creation or deletion, which change none. */
export function fieldOf(line: Line): Field {
    const field = entityOf(line).fields.find((it) => it.name === line.field)
    if (field) return field
    throw new Error(`Expected a field of ${line.entity} in change ${line.change_id}, came "${line.field}".`)
}

/** The destination's object a line is about: a product's published line of the set that made it names the source's. */
export function objectId(line: Line): string {
    return line.entity === 'product' ? line.product_id : line.item_id
}

/** Lines by the object they are about, in the order they came: what one element of a call's list carries. */
export function unitsOf(lines: readonly Line[]): Line[][] {
    const units = new Map<string, Line[]>()
    for (const line of lines) {
        const key = `${line.action === 'create' ? line.item_id : objectId(line)}/${line.location_id}`
        const unit = units.get(key)
        if (unit) unit.push(line)
        else units.set(key, [line])
    }
    return [...units.values()]
}

/** Lines by their destination product, in the order they came. */
export function byProduct(lines: readonly Line[]): Line[][] {
    return [...Map.groupBy(lines, (line) => line.product_id).values()]
}

/** Cuts units into calls of at most `most` elements, or fewer where one of them asks for it. */
export function inCalls(units: readonly Line[][], most: number): Line[][][] {
    const calls: Line[][][] = []
    let limit = 0
    for (const unit of units) {
        const own = Math.min(most, ...unit.map((line) => line.most ?? most))
        const open = calls.at(-1)
        if (open && open.length < Math.min(limit, own)) {
            open.push(unit)
            limit = Math.min(limit, own)
        } else {
            calls.push([unit])
            limit = own
        }
    }
    return calls
}
