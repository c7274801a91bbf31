import assert from 'node:assert/strict'
import { test } from 'node:test'
import { budgetOf, type Cost, createRateBudget } from '../../../connectors/shopify/throttle.ts'
import { clientAt, data, fakeClock, startStandIn } from '../../helpers/stand_in.ts'

function cost(requestedQueryCost: number, currentlyAvailable: number): Cost {
    const throttleStatus = { maximumAvailable: 2000, currentlyAvailable, restoreRate: 100 }
    return { requestedQueryCost, actualQueryCost: requestedQueryCost, throttleStatus }
}

test('until the first answer has come only one request is let through', async () => {
    const budget = createRateBudget(fakeClock())
    const first = await budget.take('query A { a }')
    let second = false
    const waiting = budget.take('query A { a }').then((points) => {
        second = true
        return points
    })
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(second, false)
    budget.settle('query A { a }', first, cost(40, 1960))
    assert.equal(await waiting, 40)
})

test('a failed first request lets the next one ask', async () => {
    const budget = createRateBudget(fakeClock())
    const first = await budget.take('query A { a }')
    const waiting = budget.take('query A { a }')
    budget.settle('query A { a }', first)
    assert.equal(await waiting, 10)
})

test('a request waits just until the bucket holds the cost its document had last time', async () => {
    const clock = fakeClock()
    const budget = createRateBudget(clock)
    budget.settle('query A { a }', await budget.take('query A { a }'), cost(300, 100))
    await budget.take('query A { a }')
    assert.deepEqual(clock.slept, [2000])
})

test('points set aside for requests under way are not given twice', async () => {
    const clock = fakeClock()
    const budget = createRateBudget(clock)
    budget.settle('query A { a }', await budget.take('query A { a }'), cost(100, 250))
    await Promise.all([1, 2, 3].map(() => budget.take('query A { a }')))
    assert.deepEqual(clock.slept, [500])
})

test('a document dearer than the whole bucket is let through when the bucket is full', async () => {
    const clock = fakeClock()
    const budget = createRateBudget(clock)
    budget.settle('query A { a }', await budget.take('query A { a }'), cost(5000, 1900))
    assert.equal(await budget.take('query A { a }'), 2000)
    assert.deepEqual(clock.slept, [1000])
})

test('a waiting caller that is told to stop leaves the queue to the others', async () => {
    const budget = createRateBudget(fakeClock())
    const stop = new AbortController()
    const first = await budget.take('query A { a }')
    const stopped = budget.take('query A { a }', stop.signal)
    const next = budget.take('query A { a }')
    stop.abort(new Error('stopped'))
    budget.settle('query A { a }', first, cost(10, 1990))
    await assert.rejects(stopped, /stopped/)
    assert.equal(await next, 10)
})

test('many callers in parallel keep within a store that refuses what is overdrawn', async (t) => {
    let available = 100
    let refused = 0
    const standIn = await startStandIn(() => {
        if (available < 30) refused += 1
        else available -= 30
        return data({ ok: true }, { available, requested: 30 })
    })
    t.after(() => standIn.close())
    const client = clientAt(standIn)
    const sleep = client.clock.sleep
    client.clock.sleep = (ms, signal) => {
        available += ms / 10
        return sleep(ms, signal)
    }
    await Promise.all(Array.from({ length: 40 }, () => client.query('query A { a }')))
    assert.equal(refused, 0)
    assert.equal(standIn.asked.length, 40)
})

test('two clients of one store share its budget, those of two stores do not', () => {
    assert.equal(budgetOf('https://northwind.example'), budgetOf('https://northwind.example'))
    assert.notEqual(budgetOf('https://northwind.example'), budgetOf('https://corner-shop.example'))
})
