import { z } from 'zod'
import { storeByDomain } from '../../sql/stores/stores.ts'
import { isConfirmed, nothingDone, YES } from './ask.ts'
import { command } from './command.ts'
import { domain } from './given.ts'

const MEANS = {
    source: 'As a source it is where products are edited and orders arrive: it is read, and feeds destinations.',
    destination: 'As a destination it is written to: what a source offers comes to it.',
} as const

export const storeRole = command({
    name: 'store role',
    does: 'Gives a store its other role, once nothing is connected to it.',
    about:
        'The steps: disconnect all its connections, change the role, connect anew. Links are kept: a pair that is connected\n' +
        'the other way round keeps what was linked, and one that gets its old roles back can be reconnected.',
    example: 'crossdock store role --domain corner-shop.myshopify.com --role source',
    options: [
        ['--domain <domain>', 'a store, see crossdock store list'],
        ['--role <role>', 'source or destination'],
        YES,
    ],
    given: z.object({ domain, role: z.enum(['source', 'destination']), yes: z.literal(true).optional() }),
    async run({ domain: name, role, yes = false }, desk) {
        const { account_id } = await desk.account()
        const store = await storeByDomain(await desk.db(), account_id, name)
        if (store === null) throw new Error(`There is no store ${name}: see crossdock store list.`)
        const { changeRole, refuseRole } = await import('../ends/role.ts')
        const kept = await refuseRole(await desk.db(), store, role)
        const shown = [
            `${name} is a ${store.role} and is to be a ${role}. ${MEANS[role]}`,
            `It has ${kept.length} disconnected connections, whose links are kept.`,
            'Nothing is written to it by this. Next: crossdock connect, with the pair in its new roles.',
        ]
        if (!(await isConfirmed(desk, shown, yes))) return nothingDone
        await changeRole(await desk.host(), { account_id, who: desk.who }, store, role)
        return { json: { store: store.store_id, domain: name, role }, text: `${name} is a ${role}.` }
    },
})
