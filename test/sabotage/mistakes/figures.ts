import { type Mistake, SEAMS, STOCK, STORIES } from '../mistake.ts'

const OPEN = 'sql/views/open_movements.sql'
const FIGURES = 'sql/diff/level_rows.sql'

/** How the figure of a destination is worked out (rules 19, 21). */
export const figures: readonly Mistake[] = [
    {
        name: 'packs are rounded up',
        file: 'sql/functions/figure_of.sql',
        find: 'else floor(greatest(0,',
        put: 'else ceil(greatest(0,',
        tests: [SEAMS],
        named: 'seventeen',
    },
    {
        name: 'a floor below which nothing is shown is forgotten',
        file: 'sql/functions/figure_of.sql',
        find: ' < zero_below then 0',
        put: ' < 0 then 0',
        tests: [STOCK],
        named: 'rule 21:',
    },
    {
        name: 'what is below nothing at one location counts as nothing in the sum',
        file: FIGURES,
        find: 'coalesce(sum(coalesce(level.available + coalesce(m.units, 0), least(m.units, 0))), 0) as pool',
        put: 'coalesce(sum(greatest(0, level.available + coalesce(m.units, 0))), 0) as pool',
        tests: [SEAMS],
        named: 'lacks',
    },
    {
        name: 'what is set aside at a store is forgotten',
        file: FIGURES,
        find: 'figure_of(k.pool - coalesce(a.units, 0) - coalesce(n.units, 0), k.pool,',
        put: 'figure_of(k.pool, k.pool,',
        tests: [STORIES],
        named: 'rule 19',
    },
    {
        name: 'source and destination are mixed up',
        file: FIGURES,
        find: 'and level.store_id = :source::integer',
        put: 'and level.store_id = :destination::integer',
        tests: [STOCK],
        named: 'rule 15',
    },
    {
        name: 'a figure is raised without settling',
        file: FIGURES,
        find: "when next_doubt_at is not null and (figure > actual_available or expected_available is null) then 'settling'",
        put: '',
        tests: [STORIES],
        named: 'rule 16',
    },
    {
        name: 'units in doubt are put on sale',
        file: FIGURES,
        find: 'then greatest(0, figure - next_doubt_units)',
        put: 'then figure',
        tests: [SEAMS],
        named: 'no reason we know',
    },
    {
        name: 'what moved for no known reason is written without its orders being read at once',
        file: 'sql/stock/unaccounted.sql',
        find: 'select exists (',
        put: 'select false and exists (',
        tests: ['test/stock_stories/hidden.test.ts'],
        named: 'by hand',
    },
    {
        name: 'a figure from before our own write is taken for what is there',
        file: 'sql/stock/overtaken.sql',
        find: 'where known',
        put: 'where false and known',
        tests: ['test/stock_stories/hidden.test.ts'],
        named: 'own write',
    },
    {
        name: 'two lines of one item count as one',
        file: OPEN,
        find: '    sum(m.units) as units\n',
        put: '    min(m.units) as units\n',
        tests: [SEAMS],
        named: 'rule 35',
    },
    {
        name: 'units that are on their way back count before they are there',
        file: OPEN,
        find: '    and (m.units < 0 or m.sent_at is null)',
        put: '',
        tests: [SEAMS],
        named: 'rule 22',
    },
]
