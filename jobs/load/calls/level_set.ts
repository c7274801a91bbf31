import { randomUUID } from 'node:crypto'
import type { UserError } from '../../../connectors/shopify/errors.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import { unlessClosed } from '../closed_locations.ts'
import type { Draft, Kind } from '../kind.ts'
import { fromOf, levelsNow } from '../levels.ts'
import { inCalls, type Line, unitsOf } from '../line.ts'
import { again, conflict, failed, NOT_DONE, type Outcome } from '../outcome.ts'
import type { Place } from '../place.ts'
import { recompute } from '../recompute.ts'
import { allOrNothing, messageOf } from '../refusals.ts'

/** Refused as moved so often, a line is left to the next comparison (spec rule 33). */
const MOST_STALE = 3

/**
 * Quantities, up to 250 a call, each only over the figure that was read. A call is all or nothing: what it was refused
 * for is taken out, and the rest is sent again (spec rules 32, 33).
 */
export const levelSet: Kind = {
    name: 'level_set',
    root: 'inventorySetQuantities',
    selects: { entity: 'level', action: 'update', fields: ['available'] },
    byItem: true,
    batch: 5000,
    bulk: { document: 'level_set' },
    repeatable: true,
    async plan(lines, place) {
        const { open, outcomes } = await withFigures(lines, place)
        return { drafts: inCalls(unitsOf(open), 250).map((units) => draftOf(units.flat(), place)), outcomes }
    },
    async judge(lines, { userErrors, inventoryAdjustmentGroup }, place): Promise<Outcome[]> {
        const group = inventoryAdjustmentGroup as { createdAt: string } | null | undefined
        if (userErrors.length === 0) return lines.map((line) => ({ line, status: 'applied', at: group?.createdAt }))
        if (userErrors.some((error) => error.code?.startsWith('IDEMPOTENCY'))) {
            return lines.map((line) => again(line, messageOf(userErrors)))
        }
        const moved: Line[] = []
        const outcomes = allOrNothing(unitsOf(lines), userErrors, ([line], own) => {
            if (!isStale(own)) return [refused(line!, own)]
            moved.push(line!)
            return []
        })
        return [...(await unlessClosed(outcomes, place)), ...(await readAgain(moved, place))]
    },
    lookUp: lookUpLevels,
}

/** What became of quantities whose call was not answered and may not be repeated any more. */
export async function lookUpLevels(lines: readonly Line[], place: Place): Promise<Outcome[]> {
    const now = await levelsNow(place, lines)
    return lines.map((line): Outcome => {
        const figure = now.get(line.change_id) ?? null
        if (figure === Number(line.after)) return { line, status: 'applied', message: 'no answer came; it was done' }
        if (figure === fromOf(line)) return again(line, NOT_DONE)
        const message = `no answer came; it is ${figure} now`
        return { line, status: 'unknown', message }
    })
}

const isStale = (errors: readonly UserError[]) => errors.some((error) => error.code === 'CHANGE_FROM_QUANTITY_STALE')

function draftOf(lines: Line[], { context }: Place): Draft {
    const idempotencyKey = randomUUID()
    const quantities = lines.map((line) => ({
        inventoryItemId: gid('InventoryItem', line.item_id),
        locationId: gid('Location', line.location_id),
        quantity: Number(line.after),
        changeFromQuantity: fromOf(line),
    }))
    const referenceDocumentUri = `gid://crossdock/Run/${context.runId}`
    const input = { name: 'available', reason: 'correction', referenceDocumentUri, quantities }
    return { lines, variables: { input, idempotencyKey }, idempotencyKey }
}

/** Whether a figure is worked out from what is sold: not where sales count nowhere, nor of an item that ends at 0 (D14, D15). */
const isDerived = ({ mode, origin }: Line, { connection }: Place) =>
    connection.settings.orders !== 'none' && mode !== null && origin !== 'rollback'

/**
 * What stands there although it did not when compared has to be read: a figure is never written over nothing. Where sales
 * count it may have been sold there since, and is worked out anew with its orders.
 */
async function withFigures(lines: readonly Line[], place: Place): Promise<{ open: Line[]; outcomes: Outcome[] }> {
    const read = lines.filter((line) => fromOf(line) !== null)
    const unread = lines.filter((line) => fromOf(line) === null)
    const derived = unread.filter((line) => isDerived(line, place))
    const rest = unread.filter((line) => !isDerived(line, place))
    const now = await levelsNow(place, rest)
    const outcomes = [...(await recompute(derived, place)), ...rest.map((line) => overNow(line, now))]
    const open = outcomes.filter((it) => it.again).map(({ line }) => line)
    return { open: [...read, ...open], outcomes: outcomes.filter((it) => !it.again) }
}

function overNow(line: Line, now: Map<string, number | null>): Outcome {
    const from = now.get(line.change_id) ?? null
    if (from !== null && line.origin !== 'rollback') return again({ ...line, from }, `${from} stands there already`)
    return unstocked(line)
}

/** The next run reads that it is not, and stocks it there. */
const unstocked = (line: Line) => conflict(line, 'it is not stocked at the location any more')

function refused(line: Line, errors: readonly UserError[]): Outcome {
    if (errors.some((error) => error.code === 'ITEM_NOT_STOCKED_AT_LOCATION')) return unstocked(line)
    const detail = messageOf(errors)
    const fixed = errors.some((error) => error.code === 'NON_MUTABLE_INVENTORY_ITEM')
    return { ...failed(line, detail), ...(fixed && { problem: { code: 'not_stockable', detail } }) }
}

/**
 * A level that moved after it was read (rule 33). Where sales count, it is read again with its orders and worked out
 * anew, up to three times. Where they count nowhere, or an item ends at 0 (D14, D15: a line without a mode), the wanted
 * figure stays, and only the one it is written over is read again: that writes over a hand edit made in between exactly
 * as the next run would (D1, `on_both: write`); with `on_both: hold` the edit stands as a conflict. In a rollback it is
 * one at once.
 */
async function readAgain(lines: readonly Line[], place: Place): Promise<Outcome[]> {
    if (lines.length === 0) return []
    const given = lines.filter((line) => line.origin === 'rollback' || (line.stale ?? 0) >= MOST_STALE)
    const open = lines.filter((line) => !given.includes(line))
    const conflicts = given.map((line) => conflict(line, `it moved from ${fromOf(line)} after it was read`))
    const own = open.filter((line) => !isDerived(line, place))
    const derived = open.filter((line) => isDerived(line, place))
    return [...conflicts, ...(await rewrite(own, place)), ...(await recompute(derived, place))]
}

async function rewrite(lines: readonly Line[], place: Place): Promise<Outcome[]> {
    if (lines.length === 0) return []
    const now = await levelsNow(place, lines)
    const holds = place.connection.settings.on_both === 'hold'
    return lines.map((line): Outcome => {
        const from = now.get(line.change_id) ?? null
        const message = `it moved from ${fromOf(line)} to ${from} after it was read`
        if (from === Number(line.after)) return { line, status: 'applied', message: 'it was so already' }
        if (from === null || (line.mode === 'follow' && holds)) return conflict(line, message)
        return again({ ...line, from, stale: (line.stale ?? 0) + 1 }, message)
    })
}
