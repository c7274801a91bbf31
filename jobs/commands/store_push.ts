import { z } from 'zod'
import { transaction } from '../../sql/database.ts'
import { execute } from '../../sql/query.ts'
import { audit } from '../../sql/runs/audit.ts'
import { storeByDomain } from '../../sql/stores/stores.ts'
import { command } from './command.ts'
import { domain } from './given.ts'

export const storePush = command({
    name: 'store push',
    does: "Switches the automatic push of a destination's orders on or off, for all of its sources.",
    about: 'Off, it overrides what connections say; orders that a person asks for are pushed all the same (rule 57).',
    example: 'crossdock store push --domain corner-shop.myshopify.com --automatic off',
    options: [
        ['--domain <domain>', 'a destination, see crossdock store list'],
        ['--automatic <switch>', 'on or off'],
    ],
    given: z.object({ domain, automatic: z.enum(['on', 'off']) }),
    async run({ domain: name, automatic }, desk) {
        const { account_id } = await desk.account()
        const db = await desk.db()
        const store = await storeByDomain(db, account_id, name)
        if (store?.role !== 'destination') {
            throw new Error(`Expected a destination of this account, got ${name}: see crossdock store list.`)
        }
        const { store_id } = store
        await transaction(db, async (tx) => {
            await execute(tx, 'stores/set_automatic_push', { account_id, store_id, automatic: automatic === 'on' })
            const detail = { automatic }
            await audit(tx, { account_id, who: desk.who, what: 'store.push', store_id, detail })
        })
        const says = automatic === 'on' ? 'are pushed by themselves' : 'are pushed only where a person asks'
        return { json: { store: store_id, domain: name, automatic }, text: `From now on orders of ${name} ${says}.` }
    },
})
