import type { Mistake } from '../mistake.ts'

const story = (name: string) => `test/stories/mirror_${name}.test.ts`

/** What becomes of a pushed order is carried once, as it was (rules 22 to 24, 63 to 69, D19). */
export const mirrorings: readonly Mistake[] = [
    {
        name: 'a refund that we carried over comes back as news',
        file: 'sql/mirror/refund_news.sql',
        find: "            (i.target_id = r.refund_id and i.kind in ('refund', 'refund_money', 'cancel_lines', 'return_process'))\n            or position('[' || i.key || ']' in r.note) > 0\n",
        put: '            false\n',
        tests: [story('refunds')],
        named: 'not carried back',
    },
    {
        name: 'a refund is booked at the rate of today',
        file: 'sql/mirror/plan_refunds.sql',
        find: 'round(n.through * t.rate, :source_digits::integer) - round((n.through - n.amount) * t.rate, :source_digits::integer)',
        put: 'round(n.amount, :source_digits::integer)',
        tests: [story('money')],
        named: 'booked at the twin',
    },
    {
        name: 'a part of a pack is shipped as a whole one',
        file: 'sql/mirror/plan_fulfillments.sql',
        find: '        through / factor - (through - units) / factor as packs,\n',
        put: '        (through + factor - 1) / factor - (through - units + factor - 1) / factor as packs,\n',
        tests: [story('parcels')],
        named: 'less than a pack',
    },
    {
        name: 'the buyer is told of other tracking as of a new parcel',
        file: 'jobs/mirror/tracking.ts',
        find: 'notify: false',
        put: 'notify: true',
        tests: [story('parcels')],
        named: 'rule 65',
    },
    {
        name: 'money of the source’s refunds moves by itself',
        file: 'jobs/mirror/refunds.ts',
        find: "intent.towards === 'source' ? bookedBack(intent, suggestion) : '0'",
        put: "intent.towards === 'source' ? bookedBack(intent, suggestion) : suggestion.amount",
        tests: [story('money')],
        named: 'is proposed',
    },
    {
        name: 'units that are lost are put back on sale at the other store',
        file: 'jobs/mirror/refunds.ts',
        find: '    const lost = restock ? 0 : cancelled + back\n',
        put: '    restock = true\n    const lost = restock ? 0 : cancelled + back\n',
        tests: [story('refunds')],
    },
    {
        name: 'the key of a mirror is made of the run',
        file: 'jobs/mirror/send.ts',
        find: 'key: keyOf(connection, intent), amount',
        put: "key: [keyOf(connection, intent), context.runId].join('-'), amount",
        tests: [story('once'), story('refunds')],
    },
    {
        name: 'a parcel without an answer is sent again before it can have landed',
        file: 'jobs/mirror/recover.ts',
        find: 'const ON_ITS_WAY_MS = 60_000',
        put: 'const ON_ITS_WAY_MS = 0',
        tests: [story('seams')],
        named: 'rule 89',
    },
    {
        name: 'units that the source lost with a cancellation are given back at the destination',
        file: 'sql/mirror/plan_cancels.sql',
        find: 'l.order_push_id = t.order_push_id and l.store_id = :source::integer',
        put: 'l.order_push_id = t.order_push_id and l.store_id = :source::integer and false',
        tests: [story('seams')],
        named: 'at once',
    },
]
