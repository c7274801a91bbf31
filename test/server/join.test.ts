import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShopOptions } from '../../connectors/sandbox/shop/options.ts'
import { connectionsOf, storeByDomain } from '../../sql/stores/stores.ts'
import { CORNER_SHOP, MARKET_STALL, NORTHWIND, OUTLET } from '../helpers/cast.ts'
import { operatorOf, peopleOf } from '../helpers/site.ts'
import { apart, ask, codeIn, join, keyFrom, wishIn } from './apart.ts'

test('a destination asks by code, its source agrees, a worker connects them, and the first sets wait (D9)', async (t) => {
    const { db, account_id, run, north, come } = await apart(t)
    const corner = await come(CORNER_SHOP)
    const code = codeIn((await north.open(join(NORTHWIND))).html)
    assert.match(code, /^CD-[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    const asked = await ask(corner, CORNER_SHOP, ` ${code.toLowerCase().replaceAll('-', '')} `)
    assert.match(asked.html, /You asked northwind\.example\. It decides; nothing is read or written until then/)
    assert.deepEqual(await connectionsOf(db, account_id), [])
    assert.match((await ask(corner, CORNER_SHOP, code)).html, /You asked northwind\.example already/)

    assert.match((await north.open(`/stores/${NORTHWIND}`)).html, /corner-shop\.example asks to be fed by northwind/)
    assert.match(
        (await north.open(`/stores/${NORTHWIND}/connections`)).html,
        /Asked to join[\s\S]*corner-shop\.example/,
    )
    const wish = wishIn((await north.open(join(NORTHWIND))).html)
    const { html } = await north.send(`${join(NORTHWIND)}/wishes/${wish}/approve`)
    assert.match(html, /You agreed to feed corner-shop\.example\. Run \d+ connects the two/)
    const { state } = await run('connect_stores', { join: Number(wish) })
    assert.equal(state, 'done')
    const [connection, ...others] = await connectionsOf(db, account_id)
    assert.deepEqual(others, [])
    assert.deepEqual(
        [connection?.state, connection?.first_sync_over_at, connection?.settings.existing_items],
        ['connected', null, 'stock_only'],
    )
    assert.match((await corner.open(join(CORNER_SHOP))).html, /connections\/\d+">connected/)
    assert.match((await north.open(`/stores/${NORTHWIND}/connections`)).html, /<h2[^>]*>Connected/)
    assert.doesNotMatch((await north.open(`/stores/${NORTHWIND}`)).html, /asks to be fed/)
    assert.match((await ask(corner, CORNER_SHOP, code)).html, /are connected already/)
})

test('what a new connection still lacks is told on its page, such as a rate (rule 39)', async (t) => {
    const { db, account_id, run, north, come } = await apart(t)
    const key = await keyFrom(north)
    const corner = await come(CORNER_SHOP)
    await ask(corner, CORNER_SHOP, key)
    await run('connect_stores')
    const [connection] = await connectionsOf(db, account_id)
    const { html } = await corner.open(`/stores/${CORNER_SHOP}/connections/${connection!.connection_id}`)
    assert.match(html, /There is no rate from \w+ to \w+: prices are held/)
})

test('a key connects at once, one destination, once, and not after it was taken back or has expired', async (t) => {
    const { db, account_id, run, north, come } = await apart(t)
    const [corner, outlet, stall] = [await come(CORNER_SHOP), await come(OUTLET), await come(MARKET_STALL)]
    const key = await keyFrom(north, { domain: CORNER_SHOP })
    assert.match((await ask(outlet, OUTLET, key)).html, /No source of this account has this code or key/)
    assert.match((await ask(corner, CORNER_SHOP, key)).html, /has agreed by its key: the two are being connected/)
    assert.match((await ask(outlet, OUTLET, key)).html, /or it is used up/)
    await run('connect_stores')
    assert.equal((await connectionsOf(db, account_id)).length, 1)

    const ended = await keyFrom(north)
    const { html } = await north.open(join(NORTHWIND))
    const id = /keys\/(\d+)\/end/.exec(html)![1]!
    assert.doesNotMatch(html, new RegExp(ended), 'a key is shown once')
    assert.match((await north.send(`${join(NORTHWIND)}/keys/${id}/end`)).html, /The key is taken back/)
    assert.match((await ask(stall, MARKET_STALL, ended)).html, /No source of this account/)
    const old = await keyFrom(north, { days: '1' })
    await db.send(
        `update join_keys set expires_at = now() - interval '1 minute' where ended_at is null and used_at is null`,
    )
    assert.match((await ask(stall, MARKET_STALL, old)).html, /No source of this account/)
    assert.match((await north.open(join(NORTHWIND))).html, /expired[\s\S]*taken back[\s\S]*used[\s\S]*by corner-shop/)
})

test('a key given for a wish that waits approves it', async (t) => {
    const { db, run, north, come } = await apart(t)
    const corner = await come(CORNER_SHOP)
    await ask(corner, CORNER_SHOP, codeIn((await north.open(join(NORTHWIND))).html))
    await ask(corner, CORNER_SHOP, await keyFrom(north))
    await run('connect_stores')
    assert.deepEqual((await db.send('select state from joins')).rows, [{ state: 'connected' }])
})

test('a renewed code lets the old one die at once', async (t) => {
    const { north, come } = await apart(t)
    const corner = await come(CORNER_SHOP)
    const old = codeIn((await north.open(join(NORTHWIND))).html)
    const renewed = codeIn((await north.send(`${join(NORTHWIND)}/code`)).html)
    assert.notEqual(renewed, old)
    assert.match((await ask(corner, CORNER_SHOP, old)).html, /No source of this account/)
    assert.match((await ask(corner, CORNER_SHOP, renewed)).html, /It decides/)
})

test('codes cannot be guessed by trying: after ten that are none a store waits, whoever tries for it', async (t) => {
    const { db, account_id, north, come, browser } = await apart(t)
    const corner = await come(CORNER_SHOP)
    const code = codeIn((await north.open(join(NORTHWIND))).html)
    for (let n = 0; n < 10; n++)
        assert.match((await ask(corner, CORNER_SHOP, `CD-AAAA-AAAA-AAA${n}`)).html, /No source/)
    assert.equal((await ask(corner, CORNER_SHOP, code)).status, 429)
    const ann = await operatorOf(db, browser(), account_id)
    assert.equal((await ask(ann, CORNER_SHOP, code)).status, 429)
    assert.match((await ask(ann, OUTLET, code)).html, /It decides/, 'another store may go on')
    await db.send(`update audit_events set at = at - interval '15 minutes' where what = 'join.missed'`)
    assert.match((await ask(corner, CORNER_SHOP, code)).html, /It decides/)
})

test('a source that refused is not asked again for a day, after three refusals for a month, and a wish can be taken back', async (t) => {
    const { db, north, come } = await apart(t)
    const corner = await come(CORNER_SHOP)
    const code = codeIn((await north.open(join(NORTHWIND))).html)
    for (let n = 1; n <= 3; n++) {
        assert.match((await ask(corner, CORNER_SHOP, code)).html, /It decides/)
        const wish = wishIn((await north.open(join(NORTHWIND))).html)
        assert.match((await north.send(`${join(NORTHWIND)}/wishes/${wish}/refuse`)).html, /You refused it/)
        assert.match((await ask(corner, CORNER_SHOP, code)).html, /was asked before\. Ask again after/)
        await db.send(
            `update joins set decided_at = decided_at - interval '25 hours', asked_at = asked_at - interval '25 hours'`,
        )
    }
    assert.match((await ask(corner, CORNER_SHOP, code)).html, /was asked before/)
    assert.match((await ask(corner, CORNER_SHOP, await keyFrom(north))).html, /has agreed by its key/, 'a key opens it')

    const outlet = await come(OUTLET)
    const wish = wishIn((await ask(outlet, OUTLET, code)).html)
    assert.match((await outlet.send(`${join(OUTLET)}/wishes/${wish}/take-back`)).html, /You took it back/)
    await north.open(join(NORTHWIND))
    assert.match((await north.send(`${join(NORTHWIND)}/wishes/${wish}/approve`)).html, /decided already/)
})

test('a pair that was blocked or disconnected is not asked for anew, but unblocked or reconnected', async (t) => {
    const { db, run, north, come } = await apart(t)
    const corner = await come(CORNER_SHOP)
    await ask(corner, CORNER_SHOP, await keyFrom(north))
    await run('connect_stores')
    for (const [state, why] of [
        ['blocked', /only the source can unblock it/],
        ['disconnected', /reconnect it on its page/],
    ] as const) {
        await db.send('update connections set state = $1', [state])
        assert.match((await ask(corner, CORNER_SHOP, await keyFrom(north))).html, why)
    }
    const { rows } = await db.send(`select count(*)::integer as joins from joins`)
    assert.deepEqual(rows, [{ joins: 1 }])
})

test('where a store has several locations each side chooses its own (rule 26)', async (t) => {
    const several = { locations: [{ name: 'Hall' }, { name: 'Yard' }] } as Partial<ShopOptions>
    const { db, account_id, run, north, come } = await apart(t, { [NORTHWIND]: several, [CORNER_SHOP]: several })
    const corner = await come(CORNER_SHOP)
    const code = codeIn((await north.open(join(NORTHWIND))).html)
    const yardIn = (html: string) => /<option value="(\d+)">Yard/.exec(html)![1]!
    const page = await corner.open(join(CORNER_SHOP))
    assert.match((await corner.send(join(CORNER_SHOP), { code })).html, /has several locations: choose the one/)
    await corner.send(join(CORNER_SHOP), { code, location: yardIn(page.html) })
    const theirs = (await north.open(join(NORTHWIND))).html
    const approve = `${join(NORTHWIND)}/wishes/${wishIn(theirs)}/approve`
    assert.match(
        (await north.send(approve, { location: yardIn(page.html) })).html,
        /choose the one/,
        "another's location",
    )
    await north.open(join(NORTHWIND))
    await north.send(approve, { location: yardIn(theirs) })
    assert.equal((await run('connect_stores')).error, null)
    const [connection] = await connectionsOf(db, account_id)
    assert.deepEqual(
        connection?.settings.locations.map(({ source, destination }) => [source, destination]),
        [[yardIn(theirs), yardIn(page.html)]],
    )
})

test('what could not be connected says why to whose business it is, and is tried again', async (t) => {
    const tokens = [{ token: `token-${CORNER_SHOP}` }, { token: 'another' }]
    const { db, sandbox, run, north, come, add } = await apart(t, { [CORNER_SHOP]: { tokens } })
    const corner = await come(CORNER_SHOP)
    await ask(corner, CORNER_SHOP, await keyFrom(north))
    await sandbox.control('token.expire', { shop: CORNER_SHOP, token: `token-${CORNER_SHOP}` })
    assert.equal((await run('connect_stores')).state, 'failed')
    const theirs = await corner.open(join(CORNER_SHOP))
    assert.match(theirs.html, /could not be connected yet[\s\S]*corner-shop\.example, [^<]*HTTP 401/)
    const { html } = await north.open(join(NORTHWIND))
    assert.match(html, /What keeps it is not on your side/)
    assert.doesNotMatch(html, /HTTP 401/)
    await add(CORNER_SHOP, 'another')
    assert.match((await north.send(`${join(NORTHWIND)}/wishes/${wishIn(html)}/again`)).html, /Run \d+ tries again/)
    await run('hourly')
    assert.deepEqual((await db.send('select state, fault from joins')).rows, [{ state: 'connected', fault: null }])
})

test('a store that does not let us in asks nobody, and is agreed to by nobody, until it does (rule 90)', async (t) => {
    const { db, north, come } = await apart(t)
    const corner = await come(CORNER_SHOP)
    const code = codeIn((await north.open(join(NORTHWIND))).html)
    const stop = (domain: string, state: string) =>
        db.send('update stores set state = $1, state_reason = $2 where domain = $3', [
            state,
            'The app is gone.',
            domain,
        ])
    await stop(CORNER_SHOP, 'stopped')
    assert.match((await ask(corner, CORNER_SHOP, code)).html, /does not let us in now: The app is gone/)
    await stop(CORNER_SHOP, 'ready')
    await ask(corner, CORNER_SHOP, code)
    await stop(NORTHWIND, 'stopped')
    const wish = wishIn((await north.open(join(NORTHWIND))).html)
    const { html } = await north.send(`${join(NORTHWIND)}/wishes/${wish}/approve`)
    assert.match(html, /northwind\.example does not let us in now/)
    assert.deepEqual((await db.send('select state from joins')).rows, [{ state: 'waiting' }])
})

test('a wish is carried out once, and a connection that was made meanwhile keeps its settings', async (t) => {
    const { db, account_id, run, north, come } = await apart(t)
    await ask(await come(CORNER_SHOP), CORNER_SHOP, await keyFrom(north))
    await run('connect_stores')
    await db.send(`update connections set settings = settings || '{"create": "update_only"}', settings_at = 'epoch'`)
    await db.send(`update joins set state = 'approved'`)
    await run('connect_stores')
    const [connection] = await connectionsOf(db, account_id)
    assert.equal(connection?.settings.create, 'update_only')
})

test('codes and keys stand in no log, run or notice', async (t) => {
    const { db, run, north, come } = await apart(t)
    const code = codeIn((await north.open(join(NORTHWIND))).html)
    const key = await keyFrom(north)
    await ask(await come(OUTLET), OUTLET, code)
    await ask(await come(CORNER_SHOP), CORNER_SHOP, key)
    await ask(await come(MARKET_STALL), MARKET_STALL, 'CD-ABCD-EFGH-JKLM')
    await run('connect_stores')
    for (const table of ['audit_events', 'runs', 'notices', 'joins', 'join_keys']) {
        const { rows } = await db.send<{ row: string }>(`select t::text as row from ${table} as t`)
        for (const { row } of rows) {
            for (const secret of [code, key, 'ABCD-EFGH']) assert.ok(!row.includes(secret), `${table}: ${row}`)
        }
    }
})

test('spec row 12: two stores in one browser cannot be mixed up: a form joins the store it was made for, or nothing', async (t) => {
    const { db, account_id, north, browser } = await apart(t)
    const code = codeIn((await north.open(join(NORTHWIND))).html)
    const both = browser()
    const idOf = async (domain: string) => (await storeByDomain(db, account_id, domain))!.store_id
    await peopleOf(db, both, { account_id, store_id: await idOf(NORTHWIND) })
    await peopleOf(db, both, { account_id, store_id: await idOf(CORNER_SHOP) })
    assert.equal((await both.open(join(NORTHWIND))).status, 404, "the source's page is left")
    await both.open(join(CORNER_SHOP))
    const form = both.hidden()
    await peopleOf(db, both, { account_id, store_id: await idOf(OUTLET) })
    const old = await both.sendOnly(join(CORNER_SHOP), { ...form, code })
    assert.equal(old.status, 404)
    const moved = await both.sendOnly(join(OUTLET), { ...form, code })
    assert.equal(moved.status, 403, 'the form of one store does nothing for another')
    const ann = await operatorOf(db, browser(), account_id)
    await ann.open(join(CORNER_SHOP))
    const other = await ann.sendOnly(join(OUTLET), { code })
    assert.equal(other.status, 403)
    assert.match(other.html, /belongs to another store/)
    assert.deepEqual((await db.send('select * from joins')).rows, [])
})

test('a source asks nobody, a destination gives no code, and from the whole account a store is chosen first', async (t) => {
    const { db, account_id, north, come, browser } = await apart(t)
    const corner = await come(CORNER_SHOP)
    await corner.open(join(CORNER_SHOP))
    for (const path of ['/code', '/keys']) {
        const { status, html } = await corner.sendOnly(`${join(CORNER_SHOP)}${path}`)
        assert.equal(status, 403)
        assert.match(html, /Only a source may do this, and corner-shop\.example is none/)
    }
    await north.open(join(NORTHWIND))
    assert.equal((await north.sendOnly(join(NORTHWIND), { code: 'CD-AAAA-AAAA-AAAA' })).status, 403)
    const ann = await operatorOf(db, browser(), account_id)
    const { html } = await ann.open('/account/join')
    assert.match(html, /stores\/northwind\.example\/join[\s\S]*a source/)
    assert.match((await ann.sendOnly('/account/join/code')).html, /from its own page/)
})
