import { offerAgain } from '../../sql/changes/offer_again.ts'
import type { PageRoute } from '../route.ts'

/** Takes back that the creation of a product was rejected: its destination decides it anew when it is proposed. */
export const offerAgainHere: PageRoute = {
    method: 'post',
    path: '/connections/:connection/products/:product/offer-again',
    who: 'destination',
    async answer({ desk, place, viewer, the }) {
        const [connection, { product_id }] = [the('connection'), the('product')]
        const to = `${place.path}/connections/${connection.connection_id}/products/${product_id}`
        const isTaken = await offerAgain(desk.db, connection, { who: viewer.who, product_id })
        if (!isTaken)
            return { to, say: 'It was not rejected, or is offered again already: nothing was done.', isFault: true }
        return {
            to,
            say: 'It is offered again: the next comparison proposes it, and it waits for your decision there.',
        }
    },
}
