import { growingWait } from '../../connectors/shopify/clock.ts'
import { gid } from '../../connectors/shopify/gid.ts'
import type { Line } from './line.ts'
import type { Outcome } from './outcome.ts'
import type { Place } from './place.ts'
import { type Medium, mediaNow } from './seen.ts'

/** Longer than this is not waited for media that the store is still working on; the next run writes them. */
const LONGEST_WAIT_MS = 15_000

const working = (medium: Medium | undefined) => medium?.status === 'UPLOADED' || medium?.status === 'PROCESSING'

/** A line's own medium among those of its product. */
export function mediumOf(line: Line, media: ReadonlyMap<string, Medium[]>): Medium | undefined {
    return media.get(line.product_id)?.find((medium) => medium.id === gid('MediaImage', line.item_id))
}

/** Only ready files can be changed: waits a while for those of the lines, and returns their products' media then. */
export async function mediaWhenReady(place: Place, lines: readonly Line[]): Promise<Map<string, Medium[]>> {
    const { client } = place
    const productIds = lines.map((line) => line.product_id)
    const nextWait = growingWait(client.limits.firstPollMs, client.limits.longestPollMs)
    for (let waited = 0; ; ) {
        const media = await mediaNow(place, productIds)
        if (waited >= LONGEST_WAIT_MS || !lines.some((line) => working(mediumOf(line, media)))) return media
        const wait = nextWait()
        await client.clock.sleep(wait, client.signal)
        waited += wait
    }
}

/** What keeps a line's medium from being changed now; null where nothing does. */
export function notReady(line: Line, medium: Medium): Outcome | null {
    if (medium.status === 'READY') return null
    if (!working(medium)) return { line, status: 'failed', message: `its file is ${medium.status} at the store` }
    return { line, status: 'settling', message: 'the store is still working on the file; the next run writes it' }
}
