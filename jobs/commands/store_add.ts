import { z } from 'zod'
import { API_VERSION } from '../../connectors/shopify/api_version.ts'
import { ALL_ORDERS, neededScopes, orderScopes } from '../../connectors/shopify/scopes.ts'
import { accountsOf, addAccount } from '../../sql/stores/accounts.ts'
import { command, type Desk } from './command.ts'
import { domain } from './given.ts'

const given = z
    .object({
        domain,
        role: z.enum(['source', 'destination']),
        token: z.string().min(1).optional(),
        clientId: z.string().min(1).optional(),
        clientSecret: z.string().min(1).optional(),
        origin: z
            .url({ protocol: /^https?$/, error: 'expected a URL such as https://northwind.myshopify.com' })
            .optional(),
        apiVersion: z
            .string()
            .regex(/^(\d{4}-(01|04|07|10)|unstable)$/, `expected a version such as ${API_VERSION}`)
            .optional(),
    })
    .refine(({ token, clientId, clientSecret }) => (token ? !clientId && !clientSecret : clientId && clientSecret), {
        path: ['token'],
        message: 'expected either --token, or --client-id with --client-secret',
    })

export const storeAdd = command({
    name: 'store add',
    does: 'Adds a store, or gives a known one its token anew.',
    about: [
        'The store is asked who it is, and whether the app may do there what its role needs:',
        ...Object.entries(neededScopes).map(([role, scopes]) => `  ${role}: ${scopes.join(', ')}`),
        `Where a connection's setting "orders" is not none, orders are read too: ${orderScopes.join(', ')};`,
        `and ${ALL_ORDERS} for those older than 60 days, read_customers for what a push carries of a customer.`,
        'The token is kept encrypted. Where there is no account yet, one named "default" is made.',
    ].join('\n'),
    example: 'crossdock store add --domain northwind.myshopify.com --role source --token shpat_…',
    options: [
        ['--domain <domain>', 'its myshopify.com domain'],
        ['--role <role>', 'source or destination; a store has one role'],
        ['--token <token>', 'an Admin API access token'],
        ['--client-id <id>', 'of an app of the Dev Dashboard, instead of a token'],
        ['--client-secret <secret>', 'of that app'],
        ['--origin <url>', 'where its API is reached, by default https://<domain>'],
        ['--api-version <version>', `version of the API, by default ${API_VERSION}`],
    ],
    given,
    async run({ domain: name, role, token, clientId, clientSecret, origin, apiVersion }, desk) {
        const access = token ? { token } : { clientId: clientId ?? '', clientSecret: clientSecret ?? '' }
        const whose = { account_id: await accountFor(desk), who: desk.who }
        const wanted = { domain: name, role, origin, api_version: apiVersion, ...access }
        const { addStore } = await import('../connect.ts')
        const store = await addStore(await desk.host(), whose, wanted)
        const { store_id, currency, zone, join_code } = store
        return {
            json: { store: store_id, domain: name, role, name: store.name, currency, zone, join_code },
            text: `${name} (${store.name}, ${currency}, ${zone}) is store ${store_id}, a ${role}.`,
        }
    },
})

async function accountFor(desk: Desk): Promise<number> {
    const db = await desk.db()
    if ((await accountsOf(db)).length > 0) return (await desk.account()).account_id
    const { account_id, name } = await addAccount(db, 'default')
    desk.say(`There was no account: account ${account_id}, ${name}, is made.`)
    return account_id
}
