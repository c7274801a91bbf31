import type { Parcel } from './full_order.ts'
import type { Note } from './judge.ts'
import { shownUnits, type Twins, total, unitsByLine } from './pairs.ts'

/**
 * Every parcel of the twin is at the destination once, with its units and tracking (rules 64, 65); what people there
 * shipped by themselves stays, and is not shipped again (rule 66).
 */
export function judgeParcels(twins: Twins, differ: Note): void {
    const { order, sharer } = twins
    if (!sharer.connection.settings.mirror.fulfillments || order.cancelledAt !== null) return
    const hasPacks = [...twins.items.values()].some(({ factor }) => factor > 1)
    const [there, here] = [parcelsOf(twins, 'twin'), parcelsOf(twins, 'order')]
    judgeUnits(twins, differ)
    const byHand = [...here.keys()].some((key) => key !== '' && !there.has(key))
    for (const [key, group] of there) {
        const own = here.get(key)
        if (key === '' || byHand || hasPacks || order.edited) continue
        differ(`parcel ${key}`, shownUnits(group.units), shownUnits(own?.units ?? new Map()))
    }
    judgeTwice(twins, differ)
    judgeWithdrawn(twins, there, differ)
    judgeMails(twins, there, differ)
}

type Group = { parcels: Parcel[]; units: Map<number, number> }

/** Parcels that left and stand, by their tracking numbers: one that goes from two places is two of one number. */
function parcelsOf(twins: Twins, side: 'order' | 'twin'): Map<string, Group> {
    const groups = new Map<string, Group>()
    for (const parcel of standing(ofSide(twins, side))) {
        const key = trackingOf(parcel)
        const group: Group = groups.get(key) ?? { parcels: [], units: new Map() }
        group.parcels.push(parcel)
        for (const [line, units] of unitsByLine(twins, parcel.lines, side)) {
            group.units.set(line, (group.units.get(line) ?? 0) + units)
        }
        groups.set(key, group)
    }
    return groups
}

const ofSide = (twins: Twins, side: 'order' | 'twin'): readonly Parcel[] => twins[side].fulfillments
const standing = (parcels: readonly Parcel[]) => parcels.filter(({ status }) => status === 'SUCCESS')

const trackingOf = ({ tracking }: Parcel) =>
    tracking
        .map(({ company, number }) => [number ?? '', company ?? ''].join('/'))
        .filter((text) => text !== '/')
        .sort()
        .join()

/** By line: the destination shows as shipped what the source shipped in whole packs, or more if people did so there. */
function judgeUnits(twins: Twins, differ: Note): void {
    const [there, here] = [shippedUnits(twins, 'twin'), shippedUnits(twins, 'order')]
    for (const [line, units] of there) {
        const own = twins.order.lines.find(({ id }) => id === line)
        if (!own) continue
        const shipped = here.get(line) ?? 0
        // of units that were taken off meanwhile none can be shipped any more
        const most = Math.min(Math.floor(units), own.fulfilledQuantity + own.unfulfilledQuantity)
        if (shipped < most) differ(`shipped of line ${line} ${own.sku}`, most, shipped)
    }
}

const shippedUnits = (twins: Twins, side: 'order' | 'twin') =>
    unitsByLine(
        twins,
        standing(ofSide(twins, side)).flatMap(({ lines }) => lines),
        side,
    )

/** A number that several parcels of the destination carry, from one place, was carried there twice. */
function judgeTwice({ order, twin }: Twins, differ: Note): void {
    const numbers = standing(order.fulfillments).map((it) => `${trackingOf(it)} from ${it.locationId}`)
    const twice = numbers.filter((it, index) => !it.startsWith(' ') && numbers.indexOf(it) < index)
    const sentSo = standing(twin.fulfillments).map(trackingOf)
    for (const it of new Set(twice)) {
        const times = sentSo.filter((key) => it.startsWith(`${key} from`)).length
        const shown = numbers.filter((other) => other === it).length
        if (shown > times) differ(`parcels ${it}`, times, shown)
    }
}

/** A parcel that never left is not shown as shipped at the destination. */
function judgeWithdrawn({ twin, order }: Twins, there: ReadonlyMap<string, Group>, differ: Note): void {
    for (const gone of twin.fulfillments.filter(({ status }) => status === 'CANCELLED')) {
        const key = trackingOf(gone)
        if (key === '' || there.has(key)) continue
        const left = standing(order.fulfillments).filter((it) => trackingOf(it) === key)
        differ(`parcels ${key}, which never left`, 0, left.length)
    }
}

/** Rules 64 and 65: the buyer is told of a parcel once, and of other tracking not again. */
function judgeMails(twins: Twins, there: ReadonlyMap<string, Group>, differ: Note): void {
    const { notify } = twins.sharer.connection.settings.mirror
    for (const parcel of twins.order.fulfillments) {
        const key = trackingOf(parcel)
        if (key === '' || !there.has(key)) continue
        if (notify && parcel.mails > 1) differ(`mails of parcel ${key}`, 1, parcel.mails)
        if (!notify) differ(`mails of parcel ${key}`, 0, parcel.mails)
    }
    const told = total(twins.order.fulfillments.map(({ mails }) => mails))
    const most = twins.order.fulfillments.length
    if (told > most) differ('mails', `at most ${most}`, told)
}
