import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { testDatabase } from '../helpers/database.ts'
import { type Browser, operatorOf, siteFor } from '../helpers/site.ts'
import { buildTown, linesIn } from './town.ts'

const SET = '/account/changes/1'

async function town(t: TestContext) {
    const { db } = await testDatabase(t)
    await buildTown(db)
    const { browser } = await siteFor(t, db)
    return { db, ann: await operatorOf(db, browser(), 1) }
}

/** The form that decides all a filter shows, as a person has it before them; its text is empty where there is none. */
async function wholeForm(browser: Browser, query: string) {
    const { html } = await browser.open(`${SET}${query}`)
    const [form = ''] = /<form method="post" action="[^"]*\/decisions">[\s\S]*?<\/form>/.exec(html) ?? []
    const hidden = form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)
    const fields = Object.fromEntries([...hidden].map(([, name, value]) => [name!, value!]))
    return {
        text: form.replaceAll(/<[^>]*>/g, ' ').trim(),
        press: async (decision: string) => (await browser.send(`${SET}/decisions`, { ...fields, decision })).html,
    }
}

test('lines are shown a page at a time, each once, those that tripped a brake first', async (t) => {
    const { db, ann } = await town(t)
    await db.send(`
        insert into changes (
            account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id, field,
            label, before, after, origin, rule, status, brake
        )
        select 1, 1, 1, 'variant', 'update', 1000 + n / 3, 2000 + n / 3, 3000 + n, 'price', 'N-' || n, '"1.00"', '"2.00"', 'first_sync',
            'rule', 'held', case when n = 117 then 'price_moved' end
        from generate_series(1, 119) as n`)
    const labels: string[] = []
    let next: string | null = '/account/changes/1'
    while (next) {
        const { html }: { html: string } = await ann.open(next)
        labels.push(...linesIn(html).map(({ label }) => label))
        next = /href="([^"]*)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? null
    }
    assert.equal(labels.length, 120)
    assert.equal(new Set(labels).size, 120)
    assert.equal(labels[0], 'N-117')
    const found = await ann.open('/account/changes/1?search=n-11')
    assert.equal(linesIn(found.html).length, 11, 'N-11 and N-110 to N-119')
    assert.equal(linesIn((await ann.open('/account/changes/1?search=%25')).html).length, 0, '% is meant as typed')
})

test('a decision on what a filter shows covers that and nothing else, and says beforehand how many lines it decides', async (t) => {
    const { db, ann } = await town(t)
    await db.send(`
        insert into changes (account_id, change_set_id, connection_id, entity, action, source_product_id, destination_product_id, item_id, field,
            label, before, after, origin, rule, status)
        select 1, 1, 1, 'variant', 'update', 101, 102, 112, field, 'SKU-1', '"1.00"', '"2.00"', 'first_sync', 'rule', status
        from (values ('weight', 'held'), ('barcode', 'proposed'), ('taxable', 'rejected'), ('tracked', 'applied')) as f (field, status)`)
    for (const query of [
        '?status=rejected',
        '?status=applied',
        '?field=taxable',
        '?status=held&field=barcode',
        '?status=nothing',
    ]) {
        assert.equal((await wholeForm(ann, query)).text, '', `${query} shows nothing that waits`)
    }
    const unseen = { scope: 'whole', decision: 'approve', status: 'rejected' }
    assert.match(
        (await ann.send('/account/changes/1/decisions', unseen)).html,
        /No line that waits fits[^<]*nothing was done/,
    )
    assert.match((await wholeForm(ann, '')).text, /Approve 3 lines that wait\b(?! here)/)
    assert.match((await wholeForm(ann, '?status=held')).text, /Approve 2 lines that wait here/)
    const weight = await wholeForm(ann, '?entity=variant&action=update&field=weight')
    assert.match(weight.text, /Reject 1 line that waits here/)
    assert.match(await weight.press('reject'), /1 line: rejected/)
    const proposed = await wholeForm(ann, '?status=proposed')
    assert.match(proposed.text, /Reject 1 line that waits here/)
    assert.match(await proposed.press('reject'), /1 line: rejected/)
    const { rows } = await db.send<{ field: string; status: string }>(
        'select field, status from changes where account_id = 1 and change_set_id = 1 order by field',
    )
    assert.deepEqual(Object.fromEntries(rows.map(({ field, status }) => [field, status])), {
        barcode: 'rejected',
        price: 'held',
        taxable: 'rejected',
        tracked: 'applied',
        weight: 'rejected',
    })
})

test('a line takes another value, and one that is none is refused with a sentence', async (t) => {
    const { ann } = await town(t)
    const { html } = await ann.open('/account/changes/1')
    const line = linesIn(html)[0]!.id
    const none = await ann.send('/account/changes/1/decisions', { line: [], decision: 'approve' })
    assert.match(none.html, /No line was chosen: nothing was done/)
    const strange = await ann.send('/account/changes/1/decisions', { line: '9999', decision: 'approve' })
    assert.match(strange.html, /has no line 9999/)
    const { html: replaced } = await ann.send('/account/changes/1/decisions', {
        line,
        decision: 'replace',
        value: '12.49',
    })
    assert.match(replaced, /1 line: approved with your value[\s\S]*12\.49/)
})
