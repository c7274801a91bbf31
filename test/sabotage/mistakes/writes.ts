import { type Mistake, STORIES } from '../mistake.ts'

const LEVELS = 'jobs/load/calls/level_set.ts'
const LOADS = ['test/jobs/load_stock.test.ts', 'test/jobs/load.test.ts', 'test/jobs/load_lines.test.ts']

/** How things are written, and what becomes of an answer. */
export const writes: readonly Mistake[] = [
    {
        name: 'a quantity names no figure that it is written over',
        file: LEVELS,
        find: '        changeFromQuantity: fromOf(line),\n',
        put: '',
        tests: LOADS,
        named: 'rule 15|rule 33',
    },
    {
        name: 'a quantity is written over whatever is there',
        file: LEVELS,
        find: 'changeFromQuantity: fromOf(line),',
        put: 'changeFromQuantity: null,',
        tests: [...LOADS, STORIES],
        named: 'rule 33',
    },
    {
        name: 'what moved is written over without its orders being read',
        file: 'jobs/load/recompute.ts',
        find: '    const orders = await readOrdersNow(context, destination)\n',
        put: '    const orders: { state: string }[] = []\n',
        tests: [STORIES],
        named: 'rule 33',
    },
    {
        name: 'a refusal is taken for an answer',
        file: LEVELS,
        find: "if (userErrors.length === 0) return lines.map((line) => ({ line, status: 'applied', at: group?.createdAt }))",
        put: "if (userErrors.length >= 0) return lines.map((line) => ({ line, status: 'applied', at: group?.createdAt }))",
        tests: LOADS,
        named: 'rule 32|rule 33',
    },
    {
        name: "a field's refusal is taken for an answer",
        file: 'jobs/load/calls/product_update.ts',
        find: 'if (userErrors.length > 0) return refusedFields(lines, userErrors)',
        put: 'if (userErrors.length > 1_000) return refusedFields(lines, userErrors)',
        tests: LOADS,
    },
    {
        name: 'a call that one line spoiled is given up as a whole',
        file: 'jobs/load/refusals.ts',
        find: 'return unit.map((line) => again({ ...line, most: most ?? line.most }, messageOf(errors)))',
        put: 'return unit.map((line) => failed(line, messageOf(errors)))',
        tests: LOADS,
        named: 'rule 32',
    },
    {
        name: 'held lines of a set are loaded with its approved ones',
        file: 'sql/load/lines.sql',
        find: "and c.status = 'approved'",
        put: "and c.status in ('approved', 'held')",
        tests: ['test/stories/held_sets.test.ts', 'test/stories/brakes.test.ts'],
    },
]
