import { test } from 'node:test'
import { rowsOf, shopState, SOURCE, synced, tally, twoShops } from './load/loading.ts'

test('try', async (t) => {
    const shops = await twoShops(t, { catalogue: { products: 30, seed: 7 } })
    const t0 = Date.now()
    console.log(await synced(shops), Date.now() - t0)
    console.log(await tally(shops))
    console.log(await rowsOf(shops, `select status, message, count(*) from changes where status not in ('applied') group by 1,2`))
    console.log(await rowsOf(shops, `select name, transport, state, count(*) from calls group by 1,2,3`))
    console.log(await rowsOf(shops, `select code, count(*) from problems group by 1`))
    const [s, d] = [await shopState(shops, SOURCE), await shopState(shops)]
    console.log(s.products.length, d.products.length)
    console.log(await synced(shops))
    console.log(await tally(shops))
    console.log(await rowsOf(shops, `select status, message, count(*) from changes where status not in ('applied') group by 1,2`))
})
