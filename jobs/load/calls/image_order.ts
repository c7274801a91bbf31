import { growingWait } from '../../../connectors/shopify/clock.ts'
import { gid } from '../../../connectors/shopify/gid.ts'
import { documentOf } from '../documents.ts'
import type { Draft, Kind } from '../kind.ts'
import { byProduct, type Line } from '../line.ts'
import { failed, type Outcome } from '../outcome.ts'
import type { Place } from '../place.ts'
import { lookUpUpdates } from '../recheck.ts'
import { messageOf } from '../refusals.ts'
import { linkedImages, type Medium, mediaNow, ownImages } from '../seen.ts'

type Job = { id: string; done: boolean }

const LONGEST_WAIT_MS = 10_000

/** Places of images among the linked ones of their product; other media keep their places. */
export const imageOrder: Kind = {
    name: 'image_order',
    root: 'productReorderMedia',
    selects: { entity: 'image', action: 'update', fields: ['position'] },
    batch: 100,
    recheck: true,
    async plan(lines, place) {
        const productIds = lines.map((line) => line.product_id)
        const [media, linked] = [await mediaNow(place, productIds), await linkedImages(place, productIds)]
        const drafts: Draft[] = []
        const outcomes: Outcome[] = []
        for (const own of byProduct(lines)) {
            const productId = own[0]!.product_id
            const moves = movesFor(own, media.get(productId) ?? [], linked.get(productId))
            if (moves.length > 0) drafts.push({ lines: own, variables: { id: gid('Product', productId), moves } })
            else outcomes.push(...own.map((line): Outcome => ({ line, status: 'applied' })))
        }
        return { drafts, outcomes }
    },
    async judge(lines, { job, userErrors }, place): Promise<Outcome[]> {
        if (userErrors.length > 0) return lines.map((line) => failed(line, messageOf(userErrors)))
        await waitFor(place, job as Job | null)
        return lines.map((line) => ({ line, status: 'applied' }))
    },
    lookUp: lookUpUpdates,
}

/** Moves one after another, each to a place counted from 0 among all media as they stand when it is made. */
export function movesFor(lines: readonly Line[], media: readonly Medium[], linked: ReadonlySet<string> | undefined) {
    const target = targetOrder(lines, media, linked)
    const now = media.map((medium) => medium.id)
    const moves: { id: string; newPosition: string }[] = []
    target.forEach((id, index) => {
        if (now[index] === id) return
        now.splice(now.indexOf(id), 1)
        now.splice(index, 0, id)
        moves.push({ id, newPosition: String(index) })
    })
    return moves.slice(0, 250)
}

/**
 * Linked images that change places do so among themselves, so what else stands between them stays where it is. A new one,
 * which the store put at the end, comes right behind the linked one that precedes it, or before the first of all.
 */
function targetOrder(lines: readonly Line[], media: readonly Medium[], linked: ReadonlySet<string> | undefined) {
    const ours = ownImages(media, linked).map((medium) => medium.id)
    const fresh = new Set(lines.filter(neverPlaced).map((line) => gid('MediaImage', line.item_id)))
    const wanted = wantedOrder(lines, ours)
    const placed = wanted.filter((id) => !fresh.has(id))
    const next = placed.values()
    const target = media
        .filter(({ id }) => !fresh.has(id))
        .map(({ id }) => (placed.includes(id) ? next.next().value! : id))
    wanted.forEach((id, index) => {
        if (!fresh.has(id)) return
        const before = wanted[index - 1]
        const first = placed.length > 0 ? target.indexOf(placed[0]!) : target.length
        target.splice(before === undefined ? first : target.indexOf(before) + 1, 0, id)
    })
    return target
}

/** Its place was never settled: it was made by an earlier set of this run or of one that broke off. */
const neverPlaced = (line: Line) => line.origin === 'first_sync'

/** Images with a line take its place, the others fill what is left in the order they have. */
function wantedOrder(lines: readonly Line[], ours: readonly string[]): string[] {
    const places = new Map(lines.map((line) => [Number(line.after) - 1, gid('MediaImage', line.item_id)]))
    const moved = new Set(places.values())
    const rest = ours.filter((id) => !moved.has(id)).values()
    const wanted = ours.map((_id, index) => places.get(index) ?? rest.next().value)
    return [...wanted.filter((id) => id !== undefined), ...rest].filter((id) => ours.includes(id))
}

/** The store reorders in a job of its own; a reading before its end would still show the old order. */
async function waitFor({ client }: Place, job: Job | null): Promise<void> {
    const nextWait = growingWait(client.limits.firstPollMs, client.limits.longestPollMs)
    for (let waited = 0, now = job; now !== null && !now.done && waited < LONGEST_WAIT_MS; ) {
        const wait = nextWait()
        await client.clock.sleep(wait, client.signal)
        waited += wait
        now = (await client.query<{ job: Job | null }>(documentOf('job'), { id: now.id })).job
    }
}
