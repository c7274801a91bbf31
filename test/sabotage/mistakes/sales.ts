import { type Mistake, SEAMS, STORIES, TWO_WAY } from '../mistake.ts'

const SOLD = 'sql/diff/sold.sql'
const TOLD = 'jobs/stock/adjust.ts'
const [REFUNDS, EDITS] = ['refunds', 'edits'].map((of) => `test/stories/mirror_${of}.test.ts`) as [string, string]

/** Which orders count, and how often (D4, D5, rules 17 to 25). */
export const sales: readonly Mistake[] = [
    {
        name: 'pending orders count as paid',
        file: SOLD,
        find: "else 'aside'",
        put: "else 'counts'",
        tests: [STORIES],
        named: 'rule 19|D5',
    },
    {
        name: 'test orders count',
        file: SOLD,
        find: "when o.test or o.financial_status = 'VOIDED' then 'never'",
        put: "when o.financial_status = 'VOIDED' then 'never'",
        tests: [STORIES],
        named: 'D5: test',
    },
    {
        name: 'refunded units come back although nobody restocked them',
        file: 'sql/diff/given_back.sql',
        find: "    and r.restock_type in ('CANCEL', 'RETURN')\n",
        put: '',
        tests: [SEAMS],
        named: 'not restocked stay gone',
    },
    {
        name: 'a restock before the push counts twice',
        file: 'sql/stock/sales.sql',
        find: 'coalesce(b.quantity, 0) + coalesce(h.quantity, 0)',
        put: '2 * coalesce(b.quantity, 0) + coalesce(h.quantity, 0)',
        tests: [STORIES],
        named: 'rule 23',
    },
    {
        name: 'an order cancelled before its push is never released',
        file: 'sql/stock/close_unsent.sql',
        find: 'or (o.is_refused and :pushes::boolean)',
        put: '',
        tests: [STORIES],
        named: 'rule 21b',
    },
    {
        name: 'what was lost before the push is forgotten with the cancellation',
        file: 'sql/stock/close_unsent.sql',
        find: ' and p.order_id is null as is_refused',
        put: ' as is_refused',
        tests: [REFUNDS],
        named: 'lost whole before the push',
    },
    {
        name: 'more comes back to a source than it was told of',
        file: 'sql/stock/restocks.sql',
        find: 'greatest(0, least(b.units, t.units - b.before))',
        put: 'b.units',
        tests: [EDITS],
        named: 'of what comes back with a cancellation',
    },
    {
        name: 'an edit that was taken back untold stays',
        file: 'jobs/stock/movements.ts',
        find: "'stock/untold_edits', keys)",
        put: "'stock/untold_edits', { ...keys, connection_id: 0 })",
        tests: [EDITS],
        named: 'taken back before the source heard of it',
    },
    {
        name: 'a movement ends before the source was told',
        file: 'sql/stock/close_shown.sql',
        find: '    and m.told_at is not null\n',
        put: '    and m.told_at is null\n    or m.closed_at is null\n',
        tests: [STORIES],
        named: 'rule 17|rule 18',
    },
    {
        name: 'an adjustment is repeated under another key',
        file: TOLD,
        find: 'variables: JSON.parse(variables) })',
        put: 'variables: { ...JSON.parse(variables), idempotencyKey: crypto.randomUUID() } })',
        tests: [SEAMS],
        named: 'without an answer',
    },
    {
        name: 'an adjustment names no figure that it starts from',
        file: TOLD,
        find: 'changeFromQuantity: it.from,',
        put: 'changeFromQuantity: null,',
        tests: [SEAMS],
        named: 'without an answer',
    },
    {
        name: 'our own write is taken for a count by hand',
        file: 'jobs/stock/look.ts',
        find: '    await readLevelsNow(context, destination, shown)\n',
        put: '',
        tests: [TWO_WAY],
        named: 'wrote ourselves',
    },
]
