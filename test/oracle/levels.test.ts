import assert from 'node:assert/strict'
import { test } from 'node:test'
import { targetOf } from './levels.ts'
import { planOf } from './plan.ts'
import { readSettings } from './settings.ts'
import { cornerShop, northwind, product, scene, variant } from './small_shops.ts'

const buffer = (given: object) => readSettings({ buffers: [given] }).buffers[0]!

test('rule 21: buffer, factor and zero_below make the figure', () => {
    assert.equal(targetOf(5, buffer({ units: 2 }), 1), 3)
    assert.equal(targetOf(1, buffer({ units: 2 }), 1), 0)
    assert.equal(targetOf(2, buffer({ units: 2 }), 1), 0)
    assert.equal(targetOf(-4, null, 1), 0)
    assert.equal(targetOf(17, null, 6), 2)
    assert.equal(targetOf(50, buffer({ units: 2, percent: '9.5' }), 1), 45)
    assert.equal(targetOf(4, buffer({ zero_below: 5 }), 1), 0)
    assert.equal(targetOf(5, buffer({ zero_below: 5 }), 1), 5)
})

test('rules 19 and 21: the share that is kept back is one of the whole pool, also of what is set aside', () => {
    assert.equal(targetOf(41, buffer({ percent: '10' }), 1, 1), 35)
    assert.equal(targetOf(40, buffer({ percent: '10' }), 1), 36)
})

const pairOf = (source: object, destination: object, settings = {}) =>
    scene(
        northwind(product(1, { variants: [variant(10, { sku: 'MUG', available: 15, ...source })] })),
        cornerShop(
            product(1_000_001, { variants: [variant(1_000_010, { sku: 'MUG', available: 4, ...destination })] }),
        ),
        settings,
    )

test('rule 15: a linked item takes the figure of the source', () => {
    const [line, ...more] = planOf(pairOf({}, {})).lines
    assert.equal(more.length, 0)
    assert.deepEqual([line?.entity, line?.item, line?.before, line?.after], ['level', 1_000_015, 4, 15])
})

test('rule 16: on follow a figure set by hand stands until the figure of the source moves', () => {
    const there = pairOf({}, { available: 99 })
    there.memory.settled.set('level/1000015/2001/available', { wrote: 15, saw: 15 })
    const stands = planOf(there)
    assert.deepEqual([stands.lines.length, stands.deviations.at(-1)?.why], [0, 'dest_edited'])
    there.memory.settled.set('level/1000015/2001/available', { wrote: 20, saw: 20 })
    assert.equal(planOf(there).lines[0]?.after, 15)
})

test('rule 27: an item that is not stocked at the location gets its figure there', () => {
    const [line] = planOf(pairOf({}, { levels: [] })).lines
    assert.deepEqual([line?.before, line?.after], [null, 15])
})

test('rule 30: untracked on one side is listed and not written', () => {
    const plan = planOf(pairOf({}, { tracked: false }))
    assert.deepEqual([plan.lines.length, plan.problems.map((it) => it.code)], [0, ['untracked']])
})

test('rule 31: sold on with nothing left is listed', () => {
    const plan = planOf(pairOf({ available: 0 }, { inventoryPolicy: 'CONTINUE', available: 0 }))
    assert.deepEqual(
        plan.problems.map((it) => it.code),
        ['oversell_risk'],
    )
})
