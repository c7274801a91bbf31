import { z } from 'zod'
import { storesOf } from '../../sql/stores/stores.ts'
import { command } from './command.ts'
import { table } from './table.ts'

export const storeList = command({
    name: 'store list',
    does: 'Lists the stores of an account.',
    example: 'crossdock store list',
    given: z.object({}),
    async run(_given, desk) {
        const { account_id } = await desk.account()
        const stores = await storesOf(await desk.db(), account_id)
        return {
            json: {
                stores: stores.map(
                    ({
                        store_id,
                        domain,
                        role,
                        name,
                        currency,
                        zone,
                        state,
                        state_reason,
                        origin,
                        api_version,
                        join_code,
                    }) => ({
                        store: store_id,
                        domain,
                        role,
                        name,
                        currency,
                        zone,
                        state,
                        state_reason,
                        origin,
                        api_version,
                        join_code,
                    }),
                ),
            },
            text: table(
                ['store', 'domain', 'role', 'currency', 'zone', 'state', 'API'],
                stores.map((store) => [
                    store.store_id,
                    store.domain,
                    store.role,
                    store.currency,
                    store.zone,
                    store.state_reason ?? store.state,
                    `${store.origin} ${store.api_version}`,
                ]),
                'There is no store yet: see crossdock store add --help.',
            ),
        }
    },
})
