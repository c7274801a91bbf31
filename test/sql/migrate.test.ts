import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openDatabase, transaction } from '../../sql/database.ts'
import { migrate, refuseOtherSchema } from '../../sql/migrate.ts'
import { testDatabase } from '../helpers/database.ts'

const projectMigrations = join(import.meta.dirname, '..', '..', 'sql', 'migrations')

/** An empty database and a folder of `path: text` files. */
async function scene(t: TestContext, files: Record<string, string>) {
    const { db, url } = await testDatabase(t, { migrated: false })
    const folder = mkdtempSync(join(tmpdir(), 'crossdock-migrate-'))
    t.after(() => rmSync(folder, { recursive: true }))
    const write = (path: string, text: string) => {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
    }
    for (const [path, text] of Object.entries(files)) write(path, text)
    return { db, url, folder, write, remove: (path: string) => rmSync(join(folder, path)) }
}

const shelves = "create table shelves (sku text); -- why? :because\ninsert into shelves values ('a?:b'), ('$1');"

test('migrations run in order, once each, and their text is taken as it stands', async (t) => {
    const { db, folder } = await scene(t, {
        'migrations/0002_units.sql': 'alter table shelves add column units int;',
        'migrations/0001_shelves.sql': shelves,
    })
    assert.deepEqual((await migrate(db, folder)).applied, ['0001_shelves.sql', '0002_units.sql'])
    assert.deepEqual((await migrate(db, folder)).applied, [])
    const { rows } = await db.send('select sku, units from shelves order by sku')
    assert.deepEqual(rows, [
        { sku: '$1', units: null },
        { sku: 'a?:b', units: null },
    ])
})

test('two processes migrating a new database at once both succeed', async (t) => {
    const { db, url } = await testDatabase(t, { migrated: false })
    const other = await openDatabase(url)
    t.after(() => other.close())
    const done = await Promise.all([migrate(db), migrate(other)])
    assert.deepEqual(done.flatMap(({ applied }) => applied).sort(), readdirSync(projectMigrations).sort())
    await refuseOtherSchema(db)
})

test('a migration that fails leaves nothing of itself, says where, and stays to be run', async (t) => {
    const { db, folder, write } = await scene(t, {
        'migrations/0001_shelves.sql': shelves,
        'migrations/0002_units.sql': 'create table half ();\nalter table\n    shelf add column units int;',
    })
    await assert.rejects(migrate(db, folder), /sql\/migrations\/0002_units\.sql: relation "shelf" does not exist/)
    assert.deepEqual((await db.send("select to_regclass('half') as half, count(*) from shelves")).rows, [
        { half: null, count: '2' },
    ])
    await assert.rejects(refuseOtherSchema(db, folder), /lacks 1 migrations, 0002_units\.sql first/)
    write('migrations/0002_units.sql', 'alter table shelves add column units int;')
    assert.deepEqual((await migrate(db, folder)).applied, ['0002_units.sql'])
})

test('an edited migration stops the process', async (t) => {
    const { db, folder, write } = await scene(t, { 'migrations/0001_shelves.sql': shelves })
    await migrate(db, folder)
    write('migrations/0001_shelves.sql', `${shelves} `)
    write('migrations/0002_units.sql', 'alter table shelves add column units int;')
    const refusal = /0001_shelves\.sql was edited after it ran here/
    await assert.rejects(migrate(db, folder), refusal)
    await assert.rejects(refuseOtherSchema(db, folder), refusal)
    assert.deepEqual((await db.send('select * from shelves limit 0')).rowCount, 0)
    await assert.rejects(db.send('select units from shelves'), /does not exist/)
})

test('a database that is newer than the code stops the process', async (t) => {
    const { db, folder, remove } = await scene(t, {
        'migrations/0001_shelves.sql': shelves,
        'migrations/0002_units.sql': 'alter table shelves add column units int;',
    })
    await migrate(db, folder)
    remove('migrations/0002_units.sql')
    const refusal = /migrated by a newer Crossdock \(0002_units\.sql\)/
    await assert.rejects(migrate(db, folder), refusal)
    await assert.rejects(refuseOtherSchema(db, folder), refusal)
})

test('a migration that would come before one that has run is refused', async (t) => {
    const { db, folder, write } = await scene(t, { 'migrations/0002_shelves.sql': shelves })
    await migrate(db, folder)
    write('migrations/0001_late.sql', 'select 1;')
    await assert.rejects(migrate(db, folder), /0001_late\.sql comes before 0002_shelves\.sql/)
})

test('two migrations of one number, and one without, are refused', async (t) => {
    const { db, folder, write, remove } = await scene(t, {
        'migrations/0001_shelves.sql': shelves,
        'migrations/0001_bins.sql': 'select 1;',
    })
    await assert.rejects(migrate(db, folder), /have the same number/)
    remove('migrations/0001_bins.sql')
    write('migrations/bins.sql', 'select 1;')
    await assert.rejects(migrate(db, folder), /A migration is named as in 0007_what_it_does\.sql/)
})

test('an empty database is refused by those who do not migrate', async (t) => {
    const { db } = await testDatabase(t, { migrated: false })
    await assert.rejects(refuseOtherSchema(db), /run crossdock migrate/)
})

test('views and functions are made anew each time, whatever order they need', async (t) => {
    const { db, folder, write } = await scene(t, {
        'migrations/0001_shelves.sql': shelves,
        'functions/count_all.sql':
            'create or replace function count_all() returns bigint language sql begin atomic select n from a_count; end',
        'views/a_count.sql': 'create or replace view a_count as select count(*) as n from b_all',
        'views/b_all.sql': 'create or replace view b_all as select sku from shelves',
    })
    const { replaced } = await migrate(db, folder)
    assert.deepEqual(replaced.toSorted(), ['functions/count_all', 'views/a_count', 'views/b_all'])
    assert.deepEqual((await db.send('select count_all() as n')).rows, [{ n: '2' }])
    write('views/b_all.sql', "create or replace view b_all as select sku from shelves where sku <> '$1'")
    await migrate(db, folder)
    assert.deepEqual((await db.send('select count_all() as n')).rows, [{ n: '1' }])
})

test('a view that cannot be made is named, and the others stay as they were', async (t) => {
    const { db, folder, write } = await scene(t, {
        'migrations/0001_shelves.sql': shelves,
        'views/all.sql': 'create or replace view all_shelves as select sku, 1 as one from shelves',
        'views/more.sql': 'create or replace view more as select 1 as n',
    })
    await migrate(db, folder)
    write('views/more.sql', 'create or replace view more as select 2 as n')
    write('views/all.sql', 'create or replace view all_shelves as select sku from shelves')
    await assert.rejects(migrate(db, folder), /sql\/views\/all\.sql: cannot drop columns from view[\s\S]*new migration/)
    assert.deepEqual((await db.send('select n from more')).rows, [{ n: 1 }])
})

test("a lock that a killed migration left in knex's own table does not stay", async (t) => {
    const { db, folder, write } = await scene(t, { 'migrations/0001_shelves.sql': shelves })
    await migrate(db, folder)
    write('migrations/0002_slow.sql', 'select pg_terminate_backend(pg_backend_pid());')
    await assert.rejects(migrate(db, folder), /terminat/)
    write('migrations/0002_slow.sql', 'alter table shelves add column units int;')
    assert.deepEqual((await migrate(db, folder)).applied, ['0002_slow.sql'])
    await transaction(db, (tx) => tx.send('select units from shelves'))
})
