/**
 * The oracle of the tests (test/oracle), which works out from the rules alone what must be in the shops, in a thread of
 * its own: it thinks about the night while the day goes on. Told by judge.ts which entries of its journal to read.
 */
import { readFile } from 'node:fs/promises'
import { deserialize, serialize } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import {
    createOracle,
    type Difference,
    type Kept,
    type Listed,
    type Oracle,
    type OracleConnection,
} from '../../test/oracle/oracle.ts'
import type { ShopState } from '../../test/oracle/state.ts'
import { readIfThere, writeWhole } from './folder.ts'

/** What the thread is made with: the connections, and the file that keeps its memory. */
export type Given = { connections: OracleConnection[]; file: string }
/** An entry of the journal: the shops before or after something was done. */
export type Entry = {
    kind: 'before' | 'after'
    shops: { [domain: string]: ShopState }
    /** the shops' own time */
    now: number
    /** What Crossdock lists as left, by connection; only after. */
    lists: { [connection: number]: Listed }
}
export type ToOracle = { number: number; path: string }
export type FromOracle = { number: number; differences: Difference[] } | { error: string }

/** What it remembers, and up to which entry of the journal. */
export type Kernel = { upTo: number; memories: Kept['memories'] }

const { connections, file } = workerData as Given
let shops: Entry['shops'] = {}
let time = 0
let oracle: Oracle | null = null
let turn = Promise.resolve()

parentPort?.on('message', (message: ToOracle) => {
    turn = turn.then(() => consider(message)).catch((error: Error) => tell({ error: error.stack ?? error.message }))
})

async function consider({ number, path }: ToOracle): Promise<void> {
    const entry = JSON.parse(await readFile(path, 'utf8')) as Entry
    const stateOf = async (domain: string) => shops[domain]!
    oracle ??= createOracle({ connections, stateOf, kept: await remembered(), now: () => time })
    shops = entry.shops
    time = entry.now
    const differences = entry.kind === 'before' ? [] : await judge(oracle, entry.lists)
    if (entry.kind === 'before') await oracle.before()
    else await keep(oracle, number)
    tell({ number, differences })
}

async function judge(oracle: Oracle, lists: Entry['lists']): Promise<Difference[]> {
    // A night writes nothing where first sets wait, so it is judged with the morning on which they are approved (D9).
    for (const memory of oracle.kept().memories.values()) memory.firstSyncOver = true
    const { differences } = await oracle.after({ approved: connections.map(({ id }) => id) })
    for (const { id } of connections) differences.push(...oracle.compareLists(id, lists[id]!))
    return differences
}

async function remembered(): Promise<Kept | undefined> {
    const bytes = await readIfThere(file)
    return bytes === null ? undefined : { memories: (deserialize(bytes) as Kernel).memories, states: new Map() }
}

/** Keeps what it remembers, so that the entries up to here are needed no more. */
async function keep(oracle: Oracle, upTo: number): Promise<void> {
    await writeWhole(file, serialize({ upTo, memories: oracle.kept().memories } satisfies Kernel))
}

function tell(message: FromOracle): void {
    parentPort?.postMessage(message)
}
