import type { Mistake } from '../mistake.ts'

const GATES = 'sql/orders/gated_orders.sql'
const SEND = 'jobs/push/send.ts'
const [PUSH, ONCE, DETAILS, AT_SEAMS] = ['push', 'push_once', 'push_details', 'push_seams'].map(
    (name) => `test/stories/${name}.test.ts`,
) as [string, string, string, string]

/** Which orders are pushed, how often, and with what (rules 52 to 63, 71). */
export const pushes: readonly Mistake[] = [
    {
        name: 'an order is created without a look whether it is there',
        file: SEND,
        find: '    if (kind.sentAgain && (await kind.find(client, recorder, known))) return true\n',
        put: '',
        tests: [AT_SEAMS],
        named: 'nobody remembers',
    },
    {
        name: 'the intent says that an order is sent only after the call',
        file: 'sql/orders/push_sent.sql',
        find: "        state = 'sent',\n",
        put: "        state = 'planned',\n",
        tests: [AT_SEAMS],
        named: 'before the creation',
    },
    {
        name: 'the mark of an order is made of the run',
        file: 'jobs/push/plan.ts',
        find: 'const origin = originOf(destination, order.order_id)',
        put: "const origin = originOf(destination, [order.order_id, runId].join('-'))",
        tests: [ONCE],
        named: 'found by its mark',
    },
    {
        name: 'one look that finds nothing is enough to create an order anew',
        file: 'jobs/push/look_up.ts',
        find: 'const SETTLED_MS = 60_000',
        put: 'const SETTLED_MS = 0',
        tests: [ONCE],
        named: 'found by the second look|looked up twice',
    },
    {
        name: 'a draft that got no answer is created again',
        file: 'jobs/push/kinds.ts',
        find: '    sentAgain: false,\n',
        put: '    sentAgain: true,\n',
        tests: [ONCE],
        named: 'never made again by itself',
    },
    {
        name: 'the stock of the source is bypassed',
        file: 'jobs/push/order_document.ts',
        find: 'inventoryBehaviour: settings.push_inventory.toUpperCase(),',
        put: "inventoryBehaviour: 'BYPASS',",
        tests: [PUSH],
        named: 'rules 18 and 59',
    },
    {
        name: 'test orders are pushed',
        file: GATES,
        find: "            when o.test then 'TEST_ORDER'\n",
        put: '',
        tests: [PUSH],
        named: 'each gate',
    },
    {
        name: 'cancelled orders are pushed',
        file: GATES,
        find: "            when o.cancelled_at is not null then 'CANCELLED_BEFORE_PUSH'\n",
        put: '',
        tests: [PUSH],
        named: 'rules 19 and 58',
    },
    {
        name: 'the switch of the automatic push is not looked at',
        file: GATES,
        find: "and not (d.automatic_push and coalesce((c.settings #>> '{push,automatic}')::boolean, true))",
        put: 'and false',
        tests: [PUSH],
        named: 'rule 57',
    },
    {
        name: 'cents are dropped where a total does not divide',
        file: 'sql/orders/ready.sql',
        find: '            (1, p.units - p.dearer, p.low),\n',
        put: '            (1, p.units, p.low), (3, 0, p.low),\n',
        tests: [DETAILS],
        named: 'rule 63',
    },
    {
        name: 'an exchange rate is turned round',
        file: 'sql/views/push_rates.sql',
        find: 'then 1 / there.rate\n',
        put: 'then there.rate\n',
        tests: [DETAILS],
        named: 'rule 63',
    },
    {
        name: 'the lowest threshold says what shipping costs',
        file: 'sql/orders/ready.sql',
        find: "    order by l.order_id, (rule ->> 'from')::numeric desc\n",
        put: "    order by l.order_id, (rule ->> 'from')::numeric\n",
        tests: [DETAILS],
        named: 'rule 62',
    },
    {
        name: 'a tag that is too long is lost',
        file: 'jobs/push/marks.ts',
        find: "            ...(long.length > 0 ? [{ key: 'Tags', value: long.join(', ') }] : []),\n",
        put: '',
        tests: [DETAILS],
        named: 'rules 60 and 61',
    },
    {
        name: 'the note of the buyer travels unasked',
        file: 'jobs/push/marks.ts',
        find: "travels('note') ? order.note : null",
        put: 'order.note',
        tests: [DETAILS],
        named: 'rule 71',
    },
]
