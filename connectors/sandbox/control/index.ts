import { originOf } from '../frame_context.ts'
import type { Parts } from '../parts.ts'
import { type Action, shopActions } from '../shop/actions/index.ts'
import { settleCancellations } from '../shop/orders/cancellations.ts'
import { plainShop } from '../shop/plain.ts'
import { type ControlBody, shopNamed, type Verb } from './body.ts'
import { bulkVerbs } from './bulk.ts'
import { faultVerbs } from './faults.ts'
import { houseVerbs } from './house.ts'

/** What can be done to the sandbox from outside, beside what Shopify's own API does. */
const verbs: Readonly<Record<string, Verb>> = {
    ...merchantVerbs(shopActions),
    ...houseVerbs,
    ...faultVerbs,
    ...bulkVerbs,
}

/** Runs one verb of the control address. Throws with a sentence if there is no such verb or its body is wrong. */
export async function runVerb(parts: Parts, name: string, body: ControlBody): Promise<unknown> {
    const verb = verbs[name]
    if (!verb) throw new Error(`control: expected one of ${Object.keys(verbs).toSorted().join(', ')}, got ${name}`)
    await parts.faults.carryOutLate(parts.clock.now())
    return verb(parts, body)
}

/** A shop in plain form, for whoever checks what must be true of it. */
export function controlState(parts: Parts, domain: string | null): unknown {
    const shop = shopNamed(parts, domain)
    settleCancellations(shop, parts.clock.now())
    return plainShop(shop, originOf(parts.serverUrl(), shop.domain), parts.clock.now())
}

/** What a merchant does by hand is done to the shop that the request names. */
function merchantVerbs(actions: Readonly<Record<string, Action>>): Record<string, Verb> {
    return Object.fromEntries(
        Object.entries(actions).map(([name, act]): [string, Verb] => [
            name,
            (parts, body) => {
                const shop = shopNamed(parts, body.shop)
                settleCancellations(shop, parts.clock.now())
                return act(shop, body, parts.clock)
            },
        ]),
    )
}
