import type { ShopifyClient } from '../../../connectors/shopify/client.ts'
import type { RunContext } from '../../../jobs/context.ts'

/** Thrown everywhere in a process that was killed: nothing it still does leaves a trace. */
export class Killed extends Error {}

/**
 * The context of a process that dies at its `step`th step: a state-changing transaction (before it begins) or a mutation
 * (before it is sent). What it had sent until then still arrives.
 */
export function dyingAt(context: RunContext, step: number): RunContext & { steps(): number } {
    let steps = 0
    const live = () => {
        steps += 1
        if (steps >= step) throw new Killed(`killed at step ${step}`)
    }
    return {
        ...context,
        steps: () => steps,
        async inTransaction(act, on) {
            live()
            return context.inTransaction(act, on)
        },
        clientOf: (store) => mortal(context.clientOf(store), live),
    }
}

function mortal(client: ShopifyClient, live: () => void): ShopifyClient {
    return {
        ...client,
        mutate(document, variables) {
            live()
            return client.mutate(document, variables)
        },
    }
}
