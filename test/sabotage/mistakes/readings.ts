import { type Mistake, SEAMS } from '../mistake.ts'

/** In which order and how far stores are read, and what of it is believed (rules 72, 73, 77). */
export const readings: readonly Mistake[] = [
    {
        name: 'orders are read before the levels of their store',
        file: 'jobs/readings.ts',
        find: `    const goods = await extractStore(context, store, { kind, only: [...GOODS, ...LEVELS] })
    return { ...(await readSales(context, store, kind)), goods: outcomeOf(goods) }`,
        put: `    const sales = await readSales(context, store, kind)
    const goods = await extractStore(context, store, { kind, only: [...GOODS, ...LEVELS] })
    return { ...sales, goods: outcomeOf(goods) }`,
        tests: [SEAMS],
        named: 'a run reads levels',
    },
    {
        name: "the source's levels are read before it is told",
        file: 'jobs/readings.ts',
        find: `    if (own.length > 0) await tellSource(context, store, own, pass)
    const levels = await extractStore(context, store, { kind: pass.reading, only: LEVELS })
    await closeShown(context, store)`,
        put: `    const levels = await extractStore(context, store, { kind: pass.reading, only: LEVELS })
    await closeShown(context, store)
    if (own.length > 0) await tellSource(context, store, own, pass)`,
        tests: [SEAMS],
        named: 'a run reads levels',
    },
    {
        name: 'orders that came without their fulfilment orders are told of as they are',
        file: 'sql/staging/are_unassigned.sql',
        find: 'select exists (',
        put: 'select false and exists (',
        tests: ['test/stock_stories/hidden.test.ts'],
        named: 'rule 21a',
    },
    {
        name: 'an hourly reading does not reach back over the lag of the index',
        file: 'jobs/extract/plan.ts',
        find: 'new Date(Date.parse(readAt) - INDEX_LAG_MS)',
        put: 'new Date(Date.parse(readAt))',
        tests: [SEAMS],
        named: 'reaches back',
    },
    {
        name: 'an hourly reading takes away what it does not name',
        file: 'sql/staging/remove_levels.sql',
        find: 'where :whole::boolean\n        and ',
        put: 'where ',
        tests: ['test/jobs/extract.test.ts', 'test/jobs/extract', 'test/stories/stock.test.ts'],
    },
    {
        name: 'an operation that brought nothing is taken for a failure',
        file: 'connectors/shopify/download.ts',
        find: 'operation.url === null ? []',
        put: 'operation.url === undefined ? []',
        tests: ['test/connectors/shopify/download.test.ts'],
    },
    {
        name: 'a reading that is suspiciously small is believed',
        file: 'jobs/extract/judge.ts',
        find: 'return before > 0 && came < before * SHARE',
        put: 'return false',
        tests: ['test/jobs/extract/doubt.test.ts', 'test/jobs/extract.test.ts'],
    },
    {
        name: 'a result that broke off is merged',
        file: 'connectors/shopify/download.ts',
        find: 'if (came === expected) return',
        put: 'if (came <= expected) return',
        tests: ['test/connectors/shopify/download.test.ts'],
    },
    {
        name: 'lines are counted from 1',
        file: 'connectors/shopify/bulk_mutation.ts',
        find: 'lineNumber: firstLine + __lineNumber,',
        put: 'lineNumber: firstLine + __lineNumber - 1,',
        tests: ['test/connectors/shopify/bulk_mutation.test.ts'],
    },
]
