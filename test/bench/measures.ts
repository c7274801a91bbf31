import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Session, transaction, withConnection } from '../../sql/database.ts'
import { recorded, refuseUnlessCounted } from './counts.ts'
import { type Expected, expectedOf, onlyOf } from './expected.ts'
import { sizesOf } from './goods.ts'
import { forget, type House } from './house.ts'
import { orderSizesOf } from './order_rows.ts'
import { forgetToday, rewrittenOrders } from './orders.ts'
import { copyPlain, makePlainTables } from './plain_tables.ts'
import { compare, openRun } from './run.ts'

const run = promisify(execFile)
const NOTHING: Expected = { lines: {}, deviations: {} }
const FOLDER = import.meta.dirname

/** Milliseconds and megabytes of one process. */
export type Measured = { ms: number; read_ms: number; move_ms: number; compare_ms: number; rss_mb: number }
type Told = Measured & Expected & { rows: Record<string, number>[] }

async function inProcess(file: string, parameters: string[], options: string[] = []): Promise<Told> {
    const all = ['--disable-warning=ExperimentalWarning', ...options, join(FOLDER, file), ...parameters]
    const { stdout } = await run(process.execPath, all)
    return JSON.parse(stdout)
}

/** Reads the source whole, a hundredth of it changed since yesterday. */
export async function readSource(house: House): Promise<Measured> {
    const told = await inProcess('child.ts', ['read', house.url])
    refuseUnlessRead(house, told)
    return told
}

/** Reads the destination's orders whole, a fiftieth of them new, makes movements of those, and forgets them again. */
export async function readOrders({ db, url, variants }: House): Promise<Measured> {
    const told = await inProcess('child.ts', ['orders', url])
    const [sizes, [came]] = [orderSizesOf(variants), told.rows]
    const fresh = await forgetToday({ db, variants })
    const agrees = came!.orders === sizes.orders && came!.line_items === sizes.line_items && fresh === sizes.new_orders
    if (!agrees) throw new Error(`Expected ${JSON.stringify(sizes)}, came ${JSON.stringify(came)}, new ${fresh}.`)
    const rewritten = await rewrittenOrders(db)
    if (rewritten > 0)
        throw new Error(`Expected yesterday's orders and lines to stand, ${rewritten} were written anew.`)
    return told
}

/** Reads both stores, compares and decides. */
export async function nightly(house: House): Promise<Measured> {
    const told = await inProcess('child.ts', ['nightly', house.url])
    refuseUnlessRead(house, told)
    refuseUnlessCounted('nightly', told, expectedOf(sizesOf(house.variants).products))
    return told
}

/** Reads what moved in both stores since yesterday, compares and decides. */
export async function hourly(house: House): Promise<Measured> {
    const told = await inProcess('child.ts', ['hourly', house.url])
    refuseUnlessCounted('hourly', told, expectedOf(sizesOf(house.variants).products))
    return told
}

function refuseUnlessRead(house: House, { rows }: Told): void {
    for (const [table, size] of Object.entries(sizesOf(house.variants))) {
        const came = rows.map((counts) => counts[table])
        if (came.some((count) => count !== size)) throw new Error(`Expected ${size} ${table} a store, came ${came}.`)
    }
}

export async function mapScript(house: House): Promise<Measured> {
    // its maps need more than a default heap
    const told = await inProcess('yardsticks/map_script.ts', [house.folder], ['--max-old-space-size=16000'])
    refuseUnlessCounted('the map script', told, expectedOf(sizesOf(house.variants).products))
    return told
}

/** COPY of the source's rows from ready-made CSV into plain unlogged tables. */
export async function copyOfSource({ db, folder }: House): Promise<number> {
    return withConnection(db, async (session) => {
        await makePlainTables(session)
        const ms = await timed(() => copyPlain(session, folder, 'source'))
        await session.send('drop schema yardstick cascade')
        return ms
    })
}

/** The bare full outer join of both stores' variants. */
export async function bareJoin({ db, variants }: House): Promise<number> {
    const [tune, join_] = await Promise.all(['tune', 'join_variants'].map(sqlOf))
    return transaction(db, async (tx) => {
        await tx.send(tune!)
        let differing = 0
        const ms = await timed(async () => {
            differing = Number((await tx.send<{ differing: string }>(join_!)).rows[0]!.differing)
        })
        const expected = (variants / 500) * 2
        if (differing !== expected) throw new Error(`The bare join: expected ${expected} rows, came ${differing}.`)
        return ms
    })
}

const sqlOf = (name: string) => readFile(join(FOLDER, 'yardsticks', `${name}.sql`), 'utf8')

/** Compares and decides in this process; what it counted is checked, and forgotten again. */
export async function decide(
    house: House,
    what: 'unchanged' | 'changed' | 'variants' | 'hourly',
    watch?: (tx: Session) => Session,
): Promise<number> {
    const context = await openRun(house.db)
    const watched = watch && { ...context, inTransaction: watchedIn(context.inTransaction, watch) }
    const only = what === 'variants' ? 'variant' : undefined
    const { ms } = await compare(watched ?? context, { whole: what !== 'hourly', only })
    const all = what === 'unchanged' ? NOTHING : expectedOf(sizesOf(house.variants).products)
    refuseUnlessCounted(what, await recorded(house.db), what === 'variants' ? onlyOf(all, 'variant') : all)
    await forget(house)
    return ms
}

type InTransaction = Awaited<ReturnType<typeof openRun>>['inTransaction']

const watchedIn =
    (inTransaction: InTransaction, watch: (tx: Session) => Session): InTransaction =>
    (act, on) =>
        inTransaction((tx) => act(watch(tx)), on)

async function timed(act: () => Promise<unknown>): Promise<number> {
    const began = performance.now()
    await act()
    return performance.now() - began
}
