import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { linked, mappingShops } from '../uploads/mapping.ts'

const AT = '/stores/corner-shop.example/connections/1/uploads'

async function cornerShop(t: TestContext) {
    const shops = await mappingShops(t, {
        source: [
            { id: 11, sku: 'SOCK-1' },
            { id: 21, sku: 'MUG-1' },
        ],
        destination: [
            { id: 111, sku: 'SOCK-6PK' },
            { id: 121, sku: 'UK-MUG-1' },
        ],
    })
    const site = await siteFor(t, shops.db)
    const bob = await peopleOf(shops.db, site.browser(), { account_id: 1, store_id: 2 })
    return { ...shops, site, bob }
}

/** Sends the form of the page that is open with a file, as a browser does. */
function send(browser: Browser, to: string, file: { name: string; bytes: string | Buffer } | null, more: object = {}) {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...browser.hidden(), kind: 'variant_map', ...more }))
        form.append(name, value as string)
    if (file) form.append('file', new Blob([file.bytes as string]), file.name)
    return browser.ask(to, { method: 'POST', body: form })
}

const count = async (shops: { db: Awaited<ReturnType<typeof mappingShops>>['db'] }, table: string) =>
    (await shops.db.send(`select from ${table}`)).rows.length

test('a mapping by the site: uploaded, looked at, errors first, mended, applied, kept as history', async (t) => {
    const shops = await cornerShop(t)
    const { bob, db } = shops
    const empty = (await bob.open('/stores/corner-shop.example/uploads')).html
    assert.match(empty, /Nothing was uploaded yet[\s\S]*Download the template/)
    const bad = 'source_sku,dest_sku,mine\nSOCK-1,SOCK-6PK,a\nNOPE,<script>UK</script>,b\n'
    const { status, headers } = await send(bob, AT, { name: 'map <b>.csv', bytes: bad })
    assert.equal(status, 303)
    const page = headers.get('location')!
    assert.match((await bob.open(page)).html, /hx-get[\s\S]*It is being looked at[\s\S]*It waits for a worker/)
    await runAll(shops)
    const { html } = await bob.open(page)
    assert.match(html, /map &lt;b&gt;\.csv/)
    assert.match(html, /1 row is wrong, so nothing can be applied/)
    assert.match(
        html,
        /data-label="Row" class="figure">3<[\s\S]*badge bad">error[\s\S]*data-label="Row" class="figure">2</,
        'errors first',
    )
    assert.match(html, /&lt;script&gt;UK/)
    assert.doesNotMatch(html, /<script>UK|Apply it/)
    assert.match(html, /Columns that mean nothing here are kept and given back: mine/)
    const result = await bob.ask(`${page}/result.csv`)
    assert.match(result.headers.get('content-disposition')!, /^attachment; filename="map-b--result\.csv"$/)
    assert.match(result.html, /source_sku,dest_sku,mine,result,message,row_no\r?\nSOCK-1,SOCK-6PK,a,ok/)

    await bob.open(AT)
    const second = (
        await send(bob, AT, { name: 'map.csv', bytes: 'source_sku,dest_sku\nSOCK-1,SOCK-6PK\n' })
    ).headers.get('location')!
    await runAll(shops)
    const fine = (await bob.open(second)).html
    assert.match(fine, /Every row can be applied[\s\S]*1 pair is linked/)
    const digest = /name="digest" value="(\w+)"/.exec(fine)![1]!
    assert.match((await bob.send(`${second}/apply`, { digest })).html, /It is being applied/)
    await runAll(shops)
    assert.match(
        (await bob.open(second)).html,
        /badge good">applied[\s\S]*by bob[\s\S]*The next comparison looks at everything/,
    )
    assert.deepEqual(await shops.links(), ['11 111 mapping 1 unit'])
    const history = (await bob.open(AT)).html
    assert.match(history, /uploads\/2"[\s\S]*applied[\s\S]*uploads\/1"[\s\S]*1 row wrong/)
    assert.equal(
        (await db.send(`select from audit_events where what = 'upload.variant_map' and who = 'bob'`)).rows.length,
        1,
    )
})

async function runAll(shops: Awaited<ReturnType<typeof mappingShops>>): Promise<void> {
    const { rows } = await shops.db.send<{ job: string; arguments: Record<string, string> }>(
        `select job, arguments from runs where state = 'queued' order by run_id`,
    )
    for (const { job, arguments: args } of rows) await shops.run(job, args)
}

test('template and result come as workbooks too', async (t) => {
    const { bob, db } = await cornerShop(t)
    await db.send(linked(11, 111))
    const { headers, html } = await bob.ask(`${AT}/template.xlsx?kind=variant_map`)
    assert.match(headers.get('content-type')!, /spreadsheetml/)
    assert.match(html, /^PK/)
    assert.match(
        (await bob.ask(`${AT}/template.csv`)).html,
        /MERGE,northwind\.example,SOCK-1,corner-shop\.example,SOCK-6PK,sku,1,unit/,
    )
})

test('an upload that cannot be read says why, and leads on', async (t) => {
    const shops = await cornerShop(t)
    await shops.bob.open(AT)
    const { headers } = await send(shops.bob, AT, { name: 'old.xls', bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex') })
    await runAll(shops)
    const { html } = await shops.bob.open(headers.get('location')!)
    assert.match(html, /This file cannot be read\.<\/strong> This is a workbook of old Excel[\s\S]*Upload another/)
})

test('applying what was shown otherwise since, or is wrong, or was applied, does nothing and says so', async (t) => {
    const shops = await cornerShop(t)
    const upload = await shops.upload('source_sku,dest_sku\nMUG-1,UK-MUG-1\n')
    const { html } = await shops.bob.open(`${AT}/${upload.upload_id}`)
    assert.match(html, /Apply it/)
    assert.match(
        (await shops.bob.send(`${AT}/${upload.upload_id}/apply`, { digest: 'other' })).html,
        /looked at anew since you saw it/,
    )
    await shops.apply(upload)
    await shops.bob.open(`${AT}/${upload.upload_id}`)
    assert.match(
        (await shops.bob.send(`${AT}/${upload.upload_id}/apply`, { digest: upload.digest! })).html,
        /Only an upload that was looked at can be applied/,
    )
    const wrong = await shops.upload('source_sku,dest_sku\nNOPE,UK-MUG-1\n')
    await shops.bob.open(`${AT}/${wrong.upload_id}`)
    assert.match(
        (await shops.bob.send(`${AT}/${wrong.upload_id}/apply`, { digest: wrong.digest! })).html,
        /Some of its rows are wrong/,
    )
})

test('a file without the token, of another place, from another site or by a source is not kept', async (t) => {
    const shops = await cornerShop(t)
    const { bob, db, site } = shops
    await bob.open(AT)
    const file = { name: 'map.csv', bytes: 'source_sku,dest_sku\nMUG-1,UK-MUG-1\n' }
    assert.equal((await send(bob, AT, file, { _token: '' })).status, 403)
    assert.equal((await send(bob, AT, file, { _token: 'x'.repeat(43) })).status, 403)
    assert.equal((await send(bob, AT, file, { _place: 'northwind.example' })).status, 403)
    const late = new FormData()
    late.append('file', new Blob(['a,b\n']), 'map.csv')
    for (const [name, value] of Object.entries(bob.hidden())) late.append(name, value)
    assert.equal((await bob.ask(AT, { method: 'POST', body: late })).status, 403, 'the token comes before the file')
    const headers = { 'sec-fetch-site': 'cross-site' }
    const form = new FormData()
    for (const [name, value] of Object.entries(bob.hidden())) form.append(name, value)
    assert.equal((await bob.ask(AT, { method: 'POST', body: form, headers })).status, 403)
    assert.equal((await send(site.browser(), AT, file)).status, 401)
    const source = await peopleOf(db, site.browser(), { account_id: 1, store_id: 1 })
    const { html } = await source.open('/stores/northwind.example/uploads')
    assert.match(html, /Files are uploaded by destinations/)
    assert.doesNotMatch(html, />Uploads<\/a>/)
    const there = AT.replace('corner-shop', 'northwind')
    assert.equal((await send(source, there, file)).status, 403)
    assert.equal(await count(shops, 'uploads'), 0)
})

test('a form with no file, with more than it may hold, or that breaks off keeps nothing', async (t) => {
    const shops = await cornerShop(t)
    const { bob } = shops
    await bob.open(AT)
    const without = await send(bob, AT, null)
    assert.match((await bob.open(without.headers.get('location')!)).html, /Choose a file first/)
    assert.equal((await send(bob, AT, { name: 'a.csv', bytes: 'a\n' }, { kind: 'other' })).status, 303)
    const large = await send(bob, AT, { name: 'large.csv', bytes: Buffer.alloc(26 * 1024 * 1024, 'a') })
    assert.equal(large.status, 413)
    assert.match(large.html, /larger than 25 MB, so nothing of it was kept/)
    const odd = await bob.ask(AT, { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data' } })
    assert.equal(odd.status, 400)
    await breakOff(shops)
    assert.equal(await count(shops, 'uploads'), 0)
    assert.equal(await count(shops, 'runs'), 0)
})

/** Sends the beginning of a file, and goes away once it is being kept. */
async function breakOff(shops: Awaited<ReturnType<typeof cornerShop>>): Promise<void> {
    const { bob, site } = shops
    const fields = Object.entries({ ...bob.hidden(), kind: 'variant_map' })
        .map(([name, value]) => `--xx\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join('')
    const head = `${fields}--xx\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`
    const headers = { cookie: bob.cookie(), 'content-type': 'multipart/form-data; boundary=xx' }
    const request = httpRequest(new URL(AT, site.url), { method: 'POST', headers })
    request.on('error', () => {})
    request.write(`${head}${'source_sku,dest_sku\n'.repeat(50_000)}`)
    while ((await count(shops, 'uploads')) === 0) await setImmediate()
    request.destroy()
    while ((await count(shops, 'uploads')) > 0) await setImmediate()
    await bob.open(AT)
}

test('the operator uploads for any connection, and an upload is found at its own alone', async (t) => {
    const shops = await cornerShop(t)
    const upload = await shops.upload('source_sku,dest_sku\nMUG-1,UK-MUG-1\n')
    const ann = await operatorOf(shops.db, shops.site.browser(), 1)
    assert.match(
        (await ann.open(`/account/connections/1/uploads/${upload.upload_id}`)).html,
        /Every row can be applied/,
    )
    assert.equal((await ann.open(`/account/connections/2/uploads/${upload.upload_id}`)).status, 404)
    assert.match((await ann.open('/account/uploads')).html, /aria-current="page">Uploads/)
})
