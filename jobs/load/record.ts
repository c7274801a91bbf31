import { image, type Json, level, listsOf, product, variant } from '../../connectors/entities/index.ts'
import type { Session } from '../../sql/database.ts'
import { execute } from '../../sql/query.ts'
import { entityOf, type Line } from './line.ts'
import type { Created, Outcome, Values } from './outcome.ts'
import { keysOf, type Place } from './place.ts'

type Row = { [column: string]: Json }

/**
 * Records what became of lines, in the transaction of the answer that says so: their statuses, the links of what was
 * created, and the baseline as the answer settled it.
 */
export async function record(tx: Session, place: Place, outcomes: readonly Outcome[]): Promise<void> {
    if (outcomes.length === 0) return
    const { account_id } = keysOf(place)
    await execute(tx, 'load/record', { account_id, outcomes: outcomes.map(rowOf) })
    await noteStates(tx, account_id, outcomes)
    await forget(tx, place, outcomes)
    await settleUpdates(tx, place, outcomes)
    await linkCreated(tx, place, outcomes)
    await addProblems(tx, place, outcomes)
    await endProblems(tx, place, outcomes)
}

/** What items were when a person last approved them, for brakes to measure against (spec rule 86). */
async function noteStates(tx: Session, account_id: number, outcomes: readonly Outcome[]): Promise<void> {
    const written = outcomes.filter(({ status }) => status === 'applied' || status === 'as_stored')
    const lines = written.map(({ line }) => line.change_id)
    if (lines.length > 0) await execute(tx, 'load/note_states', { account_id, lines })
}

function rowOf({ line, status, message, saw, created }: Outcome): Row {
    const written = status === 'applied' || status === 'as_stored'
    const made = created?.product ? { product_id: created.product.destinationId } : null
    return {
        change_id: line.change_id,
        status,
        message: message ?? null,
        saw: saw ?? made,
        as_sent: written && saw === undefined && line.action === 'update',
        after: line.recomputed ? line.after : null,
    }
}

/** Adds a pair's values to the row of its object: several lines of one object make one row. */
function gather(rows: Map<string, Row>, key: string, ids: Row, wrote: Values | null, saw: Values): Row {
    const row = rows.get(key) ?? { ...ids, patch: {}, fields: [] }
    rows.set(key, row)
    const patch = row.patch as Row
    for (const [name, value] of Object.entries(wrote ?? {})) patch[`wrote_${name}`] = value
    for (const [name, value] of Object.entries(saw)) patch[`saw_${name}`] = value
    ;(row.fields as Json[]).push(...Object.keys(saw))
    return row
}

/** What a rollback restored is seen, but what we wrote stays what it was: so the decision stands (spec rule 87). */
async function settleUpdates(tx: Session, place: Place, outcomes: readonly Outcome[]): Promise<void> {
    const tables = { product: new Map<string, Row>(), variant: new Map(), image: new Map(), level: new Map() }
    for (const outcome of outcomes) {
        const { line, status } = outcome
        const written = status === 'applied' || status === 'as_stored'
        if (line.action !== 'update' || !written) continue
        const saw = { [line.field]: outcome.saw === undefined ? line.after : outcome.saw }
        const wrote = line.origin === 'rollback' ? null : { [line.field]: line.after }
        const ids = idsOf(line)
        const row = gather(tables[line.entity], Object.values(ids).join('/'), ids, wrote, saw)
        if (line.entity === 'level') Object.assign(row, { inputs: line.inputs, wrote_at: outcome.at ?? null })
        const field = entityOf(line).fields.find((it) => it.name === line.field)
        if (line.entity === 'variant' && field?.kind === 'price' && wrote) {
            // What derived the prices is known again only when all of them agree: the next comparison says so.
            Object.assign(row, { priced: true, base: null, inputs: null })
        }
    }
    await settle(tx, place, 'products', listsOf(product), tables.product)
    await settle(tx, place, 'variants', listsOf(variant), tables.variant)
    await settle(tx, place, 'images', listsOf(image), tables.image)
    await settle(tx, place, 'levels', listsOf(level), tables.level)
}

function idsOf(line: Line): Row {
    switch (line.entity) {
        case 'product':
            return { destination_product_id: line.product_id }
        case 'variant':
            return { destination_variant_id: line.item_id }
        case 'image':
            return { destination_product_id: line.product_id, destination_image_id: line.item_id }
        case 'level':
            return { inventory_item_id: line.item_id, location_id: line.location_id }
    }
}

type Lists = Record<string, string[]>

async function settle(tx: Session, place: Place, table: string, lists: Lists, rows: Map<string, Row>): Promise<void> {
    if (rows.size === 0) return
    await execute(tx, `load/settle_${table}`, { ...keysOf(place), rows: [...rows.values()] }, { fields: lists.fields! })
}

async function linkCreated(tx: Session, place: Place, outcomes: readonly Outcome[]): Promise<void> {
    const made = outcomes.flatMap(({ line, created }) => (created ? [{ line, created }] : []))
    if (made.length === 0) return
    const keys = keysOf(place)
    const store_id = place.destination.store_id
    const products = made.flatMap(({ line, created }) =>
        created.product ? [{ ...origin(line), destination_product_id: created.product.destinationId }] : [],
    )
    const variants = made.flatMap(({ line, created }) =>
        created.variants.map((it) => ({
            ...origin(line),
            source_variant_id: it.sourceId,
            destination_variant_id: it.destinationId,
            destination_product_id: productOf(line, created),
        })),
    )
    const images = made.flatMap(({ line, created }) =>
        created.images.map((it) => ({
            ...origin(line),
            source_image_id: it.sourceId,
            destination_product_id: productOf(line, created),
            destination_image_id: it.destinationId,
        })),
    )
    if (products.length > 0) await execute(tx, 'load/link_products', { ...keys, store_id, rows: products })
    if (variants.length > 0) await execute(tx, 'load/link_variants', { ...keys, store_id, rows: variants })
    if (images.length > 0) await execute(tx, 'load/link_images', { ...keys, rows: images })
    await settleCreated(tx, place, made)
}

const origin = (line: Line) => ({ source_product_id: line.source_product_id })

const productOf = (line: Line, created: Created) => created.product?.destinationId ?? line.product_id

async function settleCreated(
    tx: Session,
    place: Place,
    made: readonly { line: Line; created: Created }[],
): Promise<void> {
    const [products, variants, images] = [new Map<string, Row>(), new Map<string, Row>(), new Map<string, Row>()]
    for (const { line, created } of made) {
        const destination_product_id = productOf(line, created)
        const own = created.product
        if (own) gather(products, own.destinationId, { destination_product_id }, own.wrote, own.saw)
        for (const it of created.variants) {
            const ids = { destination_variant_id: it.destinationId, priced: true, base: it.base, inputs: it.inputs }
            gather(variants, it.destinationId, ids, it.wrote, it.saw)
        }
        for (const it of created.images) {
            const ids = { destination_product_id, destination_image_id: it.destinationId }
            gather(images, it.destinationId, ids, it.wrote, it.saw)
        }
    }
    await settle(tx, place, 'products', listsOf(product), products)
    await settle(tx, place, 'variants', listsOf(variant), variants)
    await settle(tx, place, 'images', listsOf(image), images)
}

async function forget(tx: Session, place: Place, outcomes: readonly Outcome[]): Promise<void> {
    const gone = outcomes.filter(({ line, status }) => line.action === 'delete' && status === 'applied')
    for (const [entity, table] of [
        ['variant', 'variants'],
        ['image', 'images'],
        ['product', 'products'],
    ]) {
        const ids = gone.filter(({ line }) => line.entity === entity).map(({ line }) => line.item_id)
        if (ids.length > 0) await execute(tx, `load/forget_${table}`, { ...keysOf(place), ids })
    }
}

async function addProblems(tx: Session, place: Place, outcomes: readonly Outcome[]): Promise<void> {
    const problems = outcomes.flatMap(({ line, problem }) => {
        if (!problem) return []
        const { entity, item_id, location_id: other_id, source_product_id, label } = line
        return [{ ...problem, entity, item_id, other_id, source_product_id, label }]
    })
    if (problems.length > 0) await execute(tx, 'load/add_problems', { ...keysOf(place), problems })
}

/** What a store refused of a level is no problem any more once the level was written. */
async function endProblems(tx: Session, place: Place, outcomes: readonly Outcome[]): Promise<void> {
    const levels = outcomes
        .filter(({ line, status }) => line.entity === 'level' && status === 'applied')
        .map(({ line }) => ({ item_id: line.item_id, location_id: line.location_id }))
    if (levels.length > 0) await execute(tx, 'load/end_problems', { ...keysOf(place), levels })
}
