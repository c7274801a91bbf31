import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { CORNER_SHOP, MARKET_STALL, NORTHWIND, single } from '../helpers/cast.ts'
import { type Browser, operatorOf, peopleOf, siteFor } from '../helpers/site.ts'
import { plain, type Story, startStory } from '../helpers/story.ts'

const goods = [
    single('Mug', 'MUG-1', { variant: { available: 12 } }),
    single('Lamp', 'LAMP-1'),
    single('Kettle', 'KETTLE-1'),
]

async function shop(t: TestContext, more: { destination: string }[] = []) {
    const connections = [{ destination: CORNER_SHOP }, ...more].map((it) => ({ ...it, settings: plain() }))
    const story = await startStory(t, { goods: { [NORTHWIND]: goods }, connections })
    const site = await siteFor(t, story.db)
    const ann = await operatorOf(story.db, site.browser(), story.account_id)
    return { story, site, ann }
}

const AT = '/account/connections/1'

/** Ids of products as the list of them has them. */
async function idOf(browser: Browser, title: string, at = AT): Promise<string> {
    const { html } = await browser.open(`${at}/products`)
    const id = new RegExp(`name="product" value="(\\d+)" aria-label="Choose ${title}"`).exec(html)?.[1]
    return id ?? assert.fail(`${title} is not in the list`)
}

/** Works the run that a page asked for, as a worker would. */
async function work({ run, db }: Story) {
    const { rows } = await db.send<{ arguments: Record<string, number> }>(
        `select arguments from runs where job = 'push_products' and state = 'queued' order by run_id`,
    )
    assert.equal(rows.length, 1)
    return run('push_products', rows[0]!.arguments)
}

const hidden = (html: string, name: string) =>
    [...html.matchAll(new RegExp(`type="hidden" name="${name}" value="([^"]*)"`, 'g'))].map((match) => match[1]!)

const handlesAt = async (story: Story, domain: string) =>
    (await story.state(domain)).products.map(({ handle }) => handle).toSorted()

test('spec row 136: during a first sync one product is pushed by whoever saw its lines, and the rest goes on waiting', async (t) => {
    const { story, ann } = await shop(t)
    await story.run('nightly')
    const mug = await idOf(ann, 'Mug')
    assert.match(
        (await ann.open(`${AT}/products/${mug}`)).html,
        /href="[^"]*\/push\?product=\d+" role="button">Push this product/,
    )
    const { html } = await ann.open(`${AT}/push?product=${mug}`)
    assert.match(html, /<h1>Push Mug<\/h1>[\s\S]*lines? waits? for a person[\s\S]*new product[\s\S]*first sync/)
    assert.doesNotMatch(html, /LAMP-1/)
    const line = hidden(html, 'line')
    const asked = await ann.send(`${AT}/push`, { product: mug, line, approve: 'yes' })
    assert.match(asked.html, /Run \d+, push products[\s\S]*waits for a worker/)
    const ended = await work(story)
    assert.equal(ended.state, 'held', 'the rest waits')
    assert.deepEqual(await handlesAt(story, CORNER_SHOP), ['mug'])
    assert.match(
        (await ann.open(`/account/runs/${ended.run_id}`)).html,
        /something waits for a person[\s\S]*Change sets it made/,
    )

    const stock = await ann.open(`${AT}/push?product=${mug}`)
    assert.match(stock.html, /quantity[\s\S]*first sync/, 'its stock is looked at like everything else of a first sync')
    await ann.send(`${AT}/push`, { product: mug, line: hidden(stock.html, 'line'), approve: 'yes' })
    await work(story)
    assert.equal((await story.variant(CORNER_SHOP, 'MUG-1')).levels[0]!.available, 12)
    assert.deepEqual(await handlesAt(story, CORNER_SHOP), ['mug'])
})

test('what waits for a person is not pushed without their word, however often somebody asks', async (t) => {
    const { story, ann } = await shop(t)
    await story.run('nightly')
    const mug = await idOf(ann, 'Mug')
    const { html } = await ann.open(`${AT}/push?product=${mug}`)
    await ann.send(`${AT}/push`, { product: mug, line: hidden(html, 'line') })
    assert.equal((await work(story)).state, 'held')
    assert.deepEqual(await handlesAt(story, CORNER_SHOP), [])
    const lamp = await idOf(ann, 'Lamp')
    const other = hidden((await ann.open(`${AT}/push?product=${lamp}`)).html, 'line')
    await ann.send(`${AT}/push`, { product: mug, line: other, approve: 'yes' })
    await work(story)
    assert.deepEqual(
        await handlesAt(story, CORNER_SHOP),
        [],
        'lines of another product are not approved under its name',
    )
})

/** The source has other titles, and nothing says that they moved: no reading brings them, no hourly comparison sees them. */
async function turnUnseen(story: Story) {
    await story.pass(2)
    await story.run('hourly')
    await story.db.send(
        `update staging.products set title = 'New ' || title, changed_at = '2020-01-01' where account_id = 1 and store_id = 1`,
    )
    await allWasCompared(story)
}

/** As if everything had been compared a while after it last moved. */
const allWasCompared = ({ db }: Story) => db.send(`update connections set compared_at = now() + interval '1 hour'`)

test('a pushed product is compared also where nothing says that it moved, a selection and all of them alike', async (t) => {
    const { story, ann } = await shop(t)
    await story.firstSync()
    const titles = async () => (await story.state(CORNER_SHOP)).products.map(({ title }) => title).toSorted()
    const [mug, lamp] = [await idOf(ann, 'Mug'), await idOf(ann, 'Lamp')]
    await turnUnseen(story)
    await story.run('hourly')
    assert.deepEqual(await titles(), ['Kettle', 'Lamp', 'Mug'])
    await allWasCompared(story)
    const { html } = await ann.open(`${AT}/push?product=${mug}&product=${lamp}`)
    assert.match(html, /<h1>Push 2 products<\/h1>[\s\S]*Nothing of it waits for a person/)
    await ann.send(`${AT}/push`, { product: [mug, lamp] })
    assert.equal((await work(story)).state, 'done')
    assert.deepEqual(await titles(), ['Kettle', 'New Lamp', 'New Mug'])
    await ann.open(`${AT}/push?all=yes`)
    await ann.send(`${AT}/push`, { all: 'yes' })
    await work(story)
    assert.deepEqual(await titles(), ['New Kettle', 'New Lamp', 'New Mug'])
})

test('a collection is pushed by its products, and the source pushes to several destinations at once', async (t) => {
    const { story, site, ann } = await shop(t, [{ destination: MARKET_STALL }])
    await story.firstSync()
    const [mug, kettle] = [await idOf(ann, 'Mug'), await idOf(ann, 'Kettle')]
    await story.db.send(`
        insert into staging.collections (account_id, store_id, collection_id, title, handle, read_at)
        values (1, 1, 77, 'Kitchen', 'kitchen', now());
        insert into staging.collection_products (account_id, store_id, collection_id, product_id, read_at)
        values (1, 1, 77, ${mug}, now()), (1, 1, 77, ${kettle}, now())`)
    assert.match((await ann.open(`${AT}/push`)).html, /<option value="77">Kitchen, 2 products/)
    const people = await peopleOf(story.db, site.browser(), { account_id: 1, store_id: 1 })
    const at = `/stores/${NORTHWIND}/connections/1`
    const { html } = await people.open(`${at}/push?collection=77`)
    assert.match(html, /Push the collection Kitchen[\s\S]*name="also" value="2"> market-stall\.example/)
    await people.send(`${at}/push`, { collection: '77', also: '2' })
    const { rows } = await story.db.send(`select arguments from runs where job = 'push_products' order by run_id`)
    assert.deepEqual(rows, [
        { arguments: { connection: 1, collection: '77' } },
        { arguments: { connection: 2, collection: '77' } },
    ])
    await turnUnseen(story)
    await story.run('push_products', { connection: 1, collection: '77' })
    const titles = (await story.state(CORNER_SHOP)).products.map(({ title }) => title).toSorted()
    assert.deepEqual(titles, ['Lamp', 'New Kettle', 'New Mug'])
})

test('rule 91: a destination pushes what it is offered alone, and a source approves nothing there', async (t) => {
    const { story, site, ann } = await shop(t)
    await story.settings(CORNER_SHOP, plain({ scopes: [{ kind: 'product', value: 'mug' }] }))
    await story.run('nightly')
    const corner = await peopleOf(story.db, site.browser(), { account_id: 1, store_id: 2 })
    const at = `/stores/${CORNER_SHOP}/connections/1`
    const [mug, lamp] = [await idOf(ann, 'Mug'), await idOf(ann, 'Lamp')]
    assert.equal((await corner.open(`${at}/push?product=${lamp}`)).status, 404)
    assert.equal((await corner.open(`${at}/push?product=${mug}`)).status, 200)
    const north = await peopleOf(story.db, site.browser(), { account_id: 1, store_id: 1 })
    const { html } = await north.open(`/stores/${NORTHWIND}/connections/1/push?product=${mug}`)
    assert.match(html, /corner-shop\.example, the destination, decides this/)
    assert.deepEqual(hidden(html, 'line'), [])
    const refused = await north.send(`/stores/${NORTHWIND}/connections/1/push`, { product: mug, approve: 'yes' })
    assert.match(refused.html, /Only corner-shop\.example approves what waits there: nothing was done/)
    assert.equal((await story.db.send(`select from runs where job = 'push_products'`)).rowCount, 0)
})
