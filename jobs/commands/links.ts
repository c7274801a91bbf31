import { z } from 'zod'
import { makeEntryLink } from '../../sql/site/entry_links.ts'
import { storeByDomain } from '../../sql/stores/stores.ts'
import { command, type Desk } from './command.ts'
import { domain } from './given.ts'

export const storeLink = command({
    name: 'store link',
    does: "Makes a link by which one of a store's people gets into the site, once, within two days.",
    about: 'For stores whose owner has no app of their own, or a site without a public address. It is shown once.',
    example: 'crossdock store link --domain corner-shop.myshopify.com',
    options: [['--domain <domain>', 'a store, see crossdock store list']],
    given: z.object({ domain }),
    async run({ domain: name }, desk) {
        const { account_id } = await desk.account()
        const store = await storeByDomain(await desk.db(), account_id, name)
        if (!store) throw new Error(`Expected a store of this account, got ${name}: see crossdock store list.`)
        const link = await linkFor(desk, store.store_id)
        return { json: { store: store.store_id, domain: name, link }, text: [`For the people of ${name}:`, link] }
    },
})

export const operatorLink = command({
    name: 'operator link',
    does: 'Makes a link by which an operator sets a password, their first or one in place of one that is lost.',
    about: 'The name they enter says whose password it is. Earlier links of this kind are worth nothing any more.',
    example: 'crossdock operator link',
    given: z.object({}),
    async run(_given, desk) {
        const link = await linkFor(desk, null)
        return { json: { link }, text: ['For an operator of this account:', link] }
    },
})

async function linkFor(desk: Desk, store_id: number | null): Promise<string> {
    const { account_id } = await desk.account()
    const path = await makeEntryLink(await desk.db(), { account_id, store_id, who: desk.who })
    const { PUBLIC_URL, PORT } = process.env
    return `${(PUBLIC_URL || `http://127.0.0.1:${PORT || 3000}`).replace(/\/+$/, '')}${path}`
}
