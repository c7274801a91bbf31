import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { CORNER_SHOP, NORTHWIND, single } from '../helpers/cast.ts'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { plain } from '../helpers/story.ts'
import { syncedStory } from '../helpers/synced.ts'
import { buildTown, CORNER_SHOP as CORNER } from './town.ts'

const AT = '/account/connections/1/prices'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    return { db, browser, ann: await operatorOf(db, browser(), 1) }
}

async function save(browser: Browser, page: string, form: string, fields: Record<string, string>) {
    const { html } = await browser.open(page)
    const seen_at = /name="seen_at" value="([^"]*)"/.exec(html)?.[1] ?? ''
    return browser.send(`${page}/${form}`, { seen_at, ...fields })
}

/** The parts of an example, as they are read from top to bottom. */
const steps = (html: string) =>
    [...html.matchAll(/<tr><t[dh][^>]*>([^<]*)<\/t[dh]><td class="figure">(?:<strong>)?([^<]*)/g)].map(
        ([, text, figure]) => `${text}: ${figure}`,
    )

const exampleOf = async (browser: Browser, asked: Record<string, string>, at = AT) =>
    (await browser.open(`${at}/example?${new URLSearchParams(asked)}`)).html

test('rules 37 and 38: an example shows a price step by step, as the rule on the form would make it', async (t) => {
    const { ann } = await town(t)
    const rule = { base: 'price', percent: '25', amount: '-1.50', round: '.99', min_price: '20', rate: '0.8' }
    assert.deepEqual(steps(await exampleOf(ann, { ...rule, price: '20' })), [
        'The price at the source: 20 USD',
        '× 0.8: 16.00',
        '+ 25 %: 20.00',
        '− 1.50: 18.50',
        'raised to the floor: 20.00',
        'ends with .99: 20.99',
        'The price: 20.99 GBP',
    ])
    const margin = { base: 'cost', percent: '0', amount: '0', round: 'none', min_margin_pct: '30', rate: '1' }
    assert.deepEqual(steps(await exampleOf(ann, { ...margin, price: '5', cost: '10.00' })), [
        'The cost at the source: 10 USD',
        'raised to the floor: 13.00',
        'The price: 13.00 GBP',
    ])
    assert.match(await exampleOf(ann, { base: 'price', percent: 'much', price: '20' }), /percent: expected a decimal/)
    assert.match(await exampleOf(ann, { sku: 'NO-SUCH' }), /offers nothing with the SKU/)
})

test('rule 39: without a rate of the last 7 days an example says that prices wait; a rate entered is true now', async (t) => {
    const { db, ann } = await town(t)
    assert.match(await exampleOf(ann, { sku: 'SKU-1' }), /There is no exchange rate of the last 7 days, so prices wait/)
    await save(ann, AT, 'rates', { do: 'add', from: 'USD', to: 'GBP', rate: '0.8' })
    assert.match(await exampleOf(ann, { sku: 'SKU-1' }), /No price rule governs it/)
    assert.deepEqual(steps(ann.page().html).at(-1), 'The price: 8.00 GBP')
    await db.send(`
        update exchange_rates set as_of = now() - interval '8 days';
        update connections set settings = jsonb_set(settings, '{rates}', '[{"from": "USD", "to": "GBP", "rate": "0.8"}]')`)
    await save(ann, AT, 'price_rules', { do: 'add', base: 'price', percent: '10', scope: 'all' })
    assert.match(await exampleOf(ann, { sku: 'SKU-1' }), /so prices wait/, 'to save a rule makes no rate new')
    await save(ann, AT, 'rates', { do: 'change', row: '0', from: 'USD', to: 'GBP', rate: '0.8' })
    assert.deepEqual(steps(await exampleOf(ann, { sku: 'SKU-1' })).at(-1), 'The price: 8.80 GBP')
    assert.match(ann.page().html, /By price rule 1 of the list/)
})

test('a rate that is none, and a rule that makes no sense, are refused beside their fields', async (t) => {
    const { db, ann } = await town(t)
    const rate = await save(ann, AT, 'rates', { do: 'add', from: 'USD', to: 'GBP', rate: '0' })
    assert.match(rate.html, /for="rates_new_rate"[\s\S]*?class="fault"[^>]*>expected a rate above zero, got 0/)
    const rule = { do: 'add', base: 'price', percent: 'ten', amount: '1', scope: 'vendor', scope_value: 'Acme' }
    const { status, html } = await save(ann, AT, 'price_rules', rule)
    assert.equal(status, 422)
    assert.match(html, /for="price_rules_new_percent"[\s\S]*?value="ten"[\s\S]*?class="fault"[^>]*>expected a decimal/)
    assert.match(html, /<details class="add" open>/)
    for (const valid_from of ['0000-01-01T00:00', '2027-01-20T14:00:00+20:00', '2027-02-30T00:00']) {
        const { status, html } = await save(ann, AT, 'price_rules', { ...rule, percent: '10', valid_from })
        assert.equal(status, 422, valid_from)
        assert.match(html, /for="price_rules_new_valid_from"[\s\S]*?>expected a time such as 2027-01-20T14:00:00Z/)
    }
    assert.equal((await db.send('select from price_rules')).rowCount, 0)
})

test('D2: a destination is shown no price that tells the cost of the source', async (t) => {
    const { db, browser } = await town(t)
    await db.send('update staging.variants set cost = 6.66 where variant_id = 111')
    const corner = await peopleOf(db, browser(), { account_id: 1, store_id: CORNER })
    const at = '/stores/corner-shop.example/connections/1/prices'
    const rules: Record<string, string>[] = [{ base: 'cost' }, { base: 'price', min_margin_pct: '900' }]
    for (const rule of rules) {
        const html = await exampleOf(corner, { ...rule, rate: '1', sku: 'SKU-1' }, at)
        assert.match(html, /the source&#x27;s own business/)
        assert.doesNotMatch(html, /6\.66|66\.60/)
    }
    const own = await exampleOf(corner, { base: 'cost', rate: '1', sku: 'SKU-1', cost: '5' }, at)
    assert.deepEqual(steps(own).at(-1), 'The price: 5.00 GBP')
})

test('rule 41: a price rule made on its page is what the next run proposes, to the cent that the example showed', async (t) => {
    const story = await syncedStory(t, {
        goods: { [NORTHWIND]: [single('Kettle', 'KETTLE-1', { variant: { price: '40.10', cost: '20.00' } })] },
        connections: [{ destination: CORNER_SHOP, settings: plain() }],
    })
    const { browser } = await siteFor(t, story.db)
    const ann = await operatorOf(story.db, browser(), story.account_id)
    const rule = { base: 'price', percent: '12.5', amount: '0.30', round: '.95', scope: 'sku', scope_value: 'KETTLE-1' }
    const shown = steps(await exampleOf(ann, { ...rule, sku: 'KETTLE-1' })).at(-1)
    assert.equal(shown, 'The price: 35.95 GBP')
    await save(ann, AT, 'price_rules', { ...rule, do: 'add' })
    await story.run('hourly')
    assert.equal((await story.variant(CORNER_SHOP, 'KETTLE-1')).price, '35.95')
})
