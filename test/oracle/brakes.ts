import { availableAt, locationLinks } from './levels.ts'
import type { Kind, Line, Plan, Scene } from './lines.ts'
import type { Written } from './memory.ts'

const DAY = 86_400_000
const WEEK = 7 * DAY

/** What a brake counts: an item's figure, amount or presence, before and after. */
type Move = Pick<Written, 'kind' | 'watch' | 'item' | 'was' | 'wrote'>

/**
 * Rule 86: the kinds of a plan that wait for a person. Counted from now, from 24 hours and 7 days ago and from what a
 * person last approved, whichever is worst; what was sold as is known counts nowhere.
 */
export function brakedKinds(plan: Plan, scene: Scene): Set<Kind> {
    const moves = movesOf(plan)
    const held = [...new Set(moves.map((it) => it.kind))].filter((kind) => trips(ofKind(moves, kind), scene))
    return new Set(held)
}

const ofKind = <Item extends { kind: Kind }>(all: Item[], kind: Kind) => all.filter((it) => it.kind === kind)

/** What a plan would do, as brakes measure it. */
export function movesOf(plan: Plan): Move[] {
    const lines = plan.lines.flatMap((line) => (line.fromSales ? [] : moveOf(line)))
    const made = plan.creations.flatMap((it): Move[] =>
        it.of === 'image'
            ? []
            : [{ kind: 'catalogue', watch: `new ${it.of}s`, item: String(it.source.id), was: 0, wrote: 1 }],
    )
    return [...lines, ...made]
}

function moveOf({ kind, entity, action, field, item, location, before, after }: Line): Move[] {
    const at = { kind, item: `${item}/${location}` }
    if (field === 'available') return [{ ...at, watch: 'stock', was: Number(before), wrote: Number(after) }]
    if (field === 'price') return [{ ...at, watch: 'price', was: Number(before), wrote: Number(after) }]
    if (action === 'delete' && entity !== 'image') return [{ ...at, watch: `gone ${entity}s`, was: 1, wrote: 0 }]
    if (entity !== 'product' || (field !== 'published' && field !== 'status')) return []
    const onSale = (value: Line['after']) => (value === true || value === 'ACTIVE' || value === 'UNLISTED' ? 1 : 0)
    return [{ ...at, watch: 'gone products', was: onSale(before), wrote: onSale(after) }]
}

function trips(moves: Move[], scene: Scene): boolean {
    const { brakes } = scene.connection.settings
    return references(moves[0]!.kind, scene).some((earlier) => {
        const counts = (watch: string, offends: (was: number, will: number) => boolean) =>
            countOf(moves, earlier, watch, offends)
        const share = (hits: number, base: number, pct: number) => base >= 10 && hits * 100 > pct * base
        const emptied = counts('stock', isLost)
        const far = counts('price', (was, will) => was > 0 && Math.abs(will - was) * 100 > brakes.price_move_pct * was)
        const gone = (watch: string, base: number) => {
            const hits = counts(watch, isLost)
            return share(hits, base, brakes.gone_pct) || hits > brakes.gone_most
        }
        return (
            share(emptied, stocked(earlier, scene), brakes.zero_pct) ||
            share(far, priced(scene), brakes.price_share_pct) ||
            counts('price', (was, will) => was > 0 && will * 10 < was) > 0 ||
            gone('gone products', scene.memory.products.size) ||
            gone('gone variants', scene.memory.variants.size) ||
            counts('new products', isNew) > brakes.create_most ||
            counts('new variants', isNew) > brakes.create_most
        )
    })
}

const isLost = (was: number, will: number) => was > 0 && will <= 0
const isNew = (was: number, will: number) => was <= 0 && will > 0

/** For each reference: what rules have written since, the first of each item that found something, and what was left. */
function references(kind: Kind, { memory, now }: Scene): Map<string, Move>[] {
    const written = ofKind(memory.written, kind)
    return [now, now - DAY, now - WEEK, 0].map((since) => {
        const earlier = new Map<string, Move>()
        for (const it of written.filter(({ at }) => at > Math.max(since, memory.moved.get(kind) ?? 0))) {
            const key = `${it.watch}/${it.item}`
            if (it.person) earlier.delete(key)
            else earlier.set(key, { ...it, was: earlier.get(key)?.was || it.was })
        }
        return earlier
    })
}

/** Items that offend by now, if this plan has some of them. */
function countOf(moves: Move[], earlier: Map<string, Move>, watch: string, offends: (a: number, b: number) => boolean) {
    const own = new Map(moves.filter((it) => it.watch === watch).map((it) => [`${watch}/${it.item}`, it]))
    const before = [...earlier].filter(([key, it]) => it.watch === watch && !own.has(key)).map(([, it]) => it)
    const ours = [...own].filter(([key, it]) => offends(earlier.get(key)?.was || it.was, it.wrote))
    return ours.length === 0 ? 0 : ours.length + before.filter((it) => offends(it.was, it.wrote)).length
}

/** Linked items that had some at the reference. */
function stocked(earlier: Map<string, Move>, { memory, connection, source, destination }: Scene): number {
    const links = locationLinks(connection.settings, source.shop, destination.shop)
    const had = new Set<string>()
    for (const id of memory.variants.keys()) {
        const variant = destination.variants.get(id)?.variant
        for (const { destination: location } of variant ? links : []) {
            const key = `${variant!.inventoryItemId}/${location}`
            const was = earlier.get(`stock/${key}`)?.was || availableAt(variant!, location)
            if (was) had.add(key)
        }
    }
    return had.size
}

const priced = ({ memory, destination }: Scene) =>
    [...memory.variants.keys()].filter(
        (id) =>
            memory.settled.has(`variant/${id}/0/price`) && Number(destination.variants.get(id)?.variant.price ?? 0) > 0,
    ).length

/** Remembers what a plan wrote, for the next plans to be measured against. */
export function rememberWritten(plan: Plan, { memory, now }: Scene, person: boolean) {
    for (const move of movesOf(plan)) memory.written.push({ ...move, at: now, person })
}

/** Splits off what waits: nothing of a held kind is written but stock that known sales lower. */
export function hold(plan: Plan, kinds: ReadonlySet<Kind>): Plan {
    const waits = (line: Line) => kinds.has(line.kind) && !line.fromSales
    const why = 'a brake (rule 86)'
    return {
        ...plan,
        lines: plan.lines.filter((it) => !waits(it)),
        waiting: [...plan.waiting, ...[...plan.lines, ...plan.refused].filter(waits).map((it) => ({ ...it, why }))],
        refused: plan.refused.filter((it) => !waits(it)),
        creations: kinds.has('catalogue') ? [] : plan.creations,
        heldCreations: kinds.has('catalogue') ? plan.creations : [],
    }
}
