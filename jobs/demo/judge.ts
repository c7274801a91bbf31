import { deserialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { listedOf } from '../../sql/reports/outcome.ts'
import type { Queryable } from '../../sql/session.ts'
import type { ConnectionRow } from '../../sql/stores/stores.ts'
import type { Difference } from '../../test/oracle/oracle.ts'
import { NORTHWIND, type Part, parts } from './cast.ts'
import { type Folder, readIfThere } from './folder.ts'
import { journalIn } from './journal.ts'
import type { Entry, FromOracle, Given, Kernel, ToOracle } from './oracle_thread.ts'
import type { Shops } from './shops.ts'

export type Connected = ConnectionRow & Part

export type Judge = {
    /**
     * Does something, in which the first sets of all connections are approved if they wait, and shows the oracle the shops
     * before and after. What an earlier demo began and did not live to end counts as part of it. `asking` is given what
     * is done for the oracle.
     */
    judged(act: () => Promise<unknown>, asking: Asking): Promise<void>
    /** Where the shops were not as the rules would have them, or something listed as left, or not, without a reason. */
    verdict(): Promise<Difference[]>
    /** Sends the oracle away; what it has not considered yet it will when it is called again. */
    dismiss(): Promise<void>
}

type Asking = <T>(run: () => Promise<T>) => Promise<T>

/**
 * Calls the oracle. What is right depends on how each pair was last settled, so it keeps its memory in a file; and since
 * it thinks while the demo goes on, what it is shown goes into a journal first.
 */
export async function callJudge(q: Queryable, connections: Connected[], shops: Shops, folder: Folder): Promise<Judge> {
    const journal = journalIn(folder.path)
    const kernel = await readIfThere(folder.oracle)
    const considered = kernel === null ? 0 : (deserialize(kernel) as Kernel).upTo
    await journal.forget(considered)
    const waiting = await journal.numbers()
    const thread = startThread(connections, folder)
    for (const number of waiting) thread.send({ number, path: journal.pathOf(number) })
    let last = waiting.at(-1) ?? considered
    let begun = waiting.length > 0 && (await journal.kindOf(last)) === 'before'
    const show = async (kind: Entry['kind'], lists: Entry['lists']) => {
        await journal.write(last + 1, kind, { lists, now: await timeOf(shops) }, await readShops(shops))
        last += 1
        thread.send({ number: last, path: journal.pathOf(last) })
    }
    return {
        async judged(act, asking) {
            if (!begun) await asking(() => show('before', {}))
            begun = true
            await act()
            await asking(async () => show('after', await listsOf(q, connections)))
            begun = false
        },
        async verdict() {
            const differences = await thread.all()
            await journal.forget(last)
            return differences
        },
        dismiss: () => thread.end(),
    }
}

/** The shops' own time. */
async function timeOf(shops: Shops): Promise<number> {
    const { now } = (await shops.control('clock.advance', { seconds: 0 })) as { now: string }
    return Date.parse(now)
}

async function readShops(shops: Shops): Promise<[string, Buffer][]> {
    const domains = [NORTHWIND, ...parts.map(({ destination }) => destination)]
    return Promise.all(
        domains.map(async (domain): Promise<[string, Buffer]> => [domain, await shops.rawStateOf(domain)]),
    )
}

async function listsOf(q: Queryable, connections: Connected[]): Promise<Entry['lists']> {
    const lists: Entry['lists'] = {}
    for (const { account_id, connection_id } of connections) {
        lists[connection_id] = await listedOf(q, { account_id, connection_id })
    }
    return lists
}

function startThread(connections: Connected[], { oracle: file }: Folder) {
    const workerData: Given = {
        file,
        connections: connections.map(({ connection_id: id, destination, document, accepted_at, settings_at }) => ({
            id,
            source: NORTHWIND,
            destination,
            settings: document,
            acceptedAt: accepted_at ?? settings_at,
            settingsAt: settings_at,
        })),
    }
    const thread = new Worker(new URL('./oracle_thread.ts', import.meta.url), { workerData })
    const answers: Promise<Difference[]>[] = []
    return {
        send(message: ToOracle) {
            const answer = answerTo(thread, message.number)
            answer.catch(() => {}) // told by `all`
            answers.push(answer)
            thread.postMessage(message)
        },
        /** Everything found, once all that was sent is considered. */
        all: async () => (await Promise.all(answers)).flat(),
        end: async () => void (await thread.terminate()),
    }
}

function answerTo(thread: Worker, number: number): Promise<Difference[]> {
    return new Promise((resolve, reject) => {
        const read = (message: FromOracle) => {
            if ('error' in message) reject(new Error(`The oracle failed: ${message.error}`))
            else if (message.number === number) resolve(message.differences)
            else return
            thread.off('message', read)
        }
        thread.on('message', read)
        thread.once('error', reject)
        thread.once('exit', () => reject(new Error('The oracle was sent away.')))
    })
}
