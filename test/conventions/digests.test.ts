import assert from 'node:assert/strict'
import { test } from 'node:test'
import { product, variant } from '../../connectors/entities/index.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()

/** The columns that go into a staging table's digest. */
async function digested(table: string): Promise<string[]> {
    const { rows } = await db.send<{ column: string }>(
        `select a.attname as column
        from pg_attrdef as g
        join pg_depend as d on d.classid = 'pg_attrdef'::regclass and d.objid = g.oid and d.refclassid = 'pg_class'::regclass
        join pg_attribute as a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
        where g.adrelid = $1::regclass and pg_get_expr(g.adbin, g.adrelid) like 'hash_record_extended%'
            and a.attname <> 'digest'`,
        [`staging.${table}`],
    )
    return rows.map(({ column }) => column).sort()
}

for (const { name, table, fields } of [product, variant]) {
    test(`every field of a ${name} is in its digest, else a whole comparison would not see it move`, async () => {
        const added = 'drop column digest and add it again with the new field, in a migration'
        assert.deepEqual(await digested(table), fields.map((field) => field.name).sort(), added)
    })
}
