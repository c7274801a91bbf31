import type { Mistake } from '../mistake.ts'

const UNSEEN = 'test/stories/stock_unseen.test.ts'

/** What leaves no row behind that moved is figured anew all the same. */
export const unseen: readonly Mistake[] = [
    {
        name: 'a level that is gone says so nowhere',
        file: 'sql/staging/remove_levels.sql',
        find: 'set changed_at = :merged_at::timestamptz',
        put: 'set changed_at = changed_at + (:merged_at::timestamptz - :merged_at::timestamptz)',
        tests: [UNSEEN],
        named: 'rule 27:',
    },
    {
        name: 'an hourly reading does not see what is stocked no more',
        file: 'connectors/entities/level.ts',
        find: 'node.isActive === false ? null : ',
        put: '',
        tests: [UNSEEN],
        named: 'hourly',
    },
    {
        name: 'what came back to where the source does not stock it is sold',
        file: 'sql/diff/level_rows.sql',
        find: 'least(m.units, 0)',
        put: 'm.units',
        tests: [UNSEEN],
        named: 'until it is stocked there',
    },
    {
        name: 'what is refused at a closed location is refused for good',
        file: 'jobs/load/closed_locations.ts',
        find: 'nodes[index]?.isActive === false',
        put: 'nodes[index]?.isActive === (null as never)',
        tests: [UNSEEN],
        named: 'rule 28: what could not be',
    },
    {
        name: 'what was just written is not looked at again',
        file: 'sql/diff/touched.sql',
        find: '    union all select product_id from written\n',
        put: '',
        tests: [UNSEEN],
        named: 'D1:',
    },
    {
        name: 'an edit that was taken back says so nowhere',
        file: 'sql/stock/edits.sql',
        find: '    set changed_at = now()\n    from undone as u',
        put: '    set changed_at = m.changed_at\n    from undone as u',
        tests: ['test/stock_stories/figures.test.ts'],
        named: 'taken back',
    },
    {
        name: 'what a person released says so nowhere',
        file: 'sql/movements/release.sql',
        find: '    changed_at = now(),\n',
        put: '',
        tests: [UNSEEN],
        named: 'rule 21b',
    },
    {
        name: 'a location that opened again is not looked at',
        file: 'sql/diff/rules_turned.sql',
        find: '            and x.changed_at > :since::timestamptz',
        put: '            and x.changed_at > now()',
        tests: [UNSEEN],
        named: 'rule 28',
    },
    {
        name: 'what is stocked there meanwhile is written over unasked',
        file: 'jobs/load/calls/level_set.ts',
        find: "    connection.settings.orders !== 'none' && mode !== null && origin !== 'rollback'",
        put: "    connection.settings.orders !== 'none' && mode !== null && origin === 'nothing'",
        tests: [UNSEEN],
        named: 'rules 27 and 33',
    },
    {
        name: 'a whole look forgets what was sold',
        file: 'sql/diff/unsettled_levels.sql',
        find: 'had.available + coalesce(m.units, 0)',
        put: 'had.available',
        tests: ['test/jobs/look_ahead.test.ts'],
        named: 'a whole pass',
    },
]
