import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfThere, writeWhole } from './folder.ts'
import type { Entry } from './oracle_thread.ts'

/** What the oracle is shown, as files: written before it considers them, so that a kill loses none. */
export type Journal = {
    /** Entries there are, oldest first. */
    numbers(): Promise<number[]>
    pathOf(number: number): string
    kindOf(number: number): Promise<Entry['kind']>
    /** `shops` are JSON as they came, by domain: to parse them here would be a waste. */
    write(
        number: number,
        kind: Entry['kind'],
        rest: Omit<Entry, 'kind' | 'shops'>,
        shops: [string, Buffer][],
    ): Promise<void>
    /** Removes entries up to one. */
    forget(upTo: number): Promise<void>
}

/** The journal in a folder. */
export function journalIn(folder: string): Journal {
    const pathOf = (number: number) => join(folder, `oracle.${number}.json`)
    const numbers = async () => {
        const names = (await readdir(folder)).map((name) => /^oracle\.(\d+)\.json$/.exec(name)?.[1])
        return names.flatMap((digits) => (digits === undefined ? [] : Number(digits))).toSorted((a, b) => a - b)
    }
    return {
        numbers,
        pathOf,
        async kindOf(number) {
            const bytes = await readIfThere(pathOf(number))
            return bytes?.subarray(0, HEAD_BYTES).includes('"kind":"before"') ? 'before' : 'after'
        },
        write: (number, kind, rest, shops) => writeWhole(pathOf(number), bytesOf(kind, rest, shops)),
        async forget(upTo) {
            for (const number of await numbers()) if (number <= upTo) await rm(pathOf(number))
        },
    }
}

/** The kind stands first in a file. */
const HEAD_BYTES = 40

function bytesOf(kind: Entry['kind'], rest: Omit<Entry, 'kind' | 'shops'>, shops: [string, Buffer][]): Buffer {
    const head = Buffer.from(`{"kind":"${kind}","now":${rest.now},"lists":${JSON.stringify(rest.lists)},"shops":{`)
    const states = shops.flatMap(([domain, state], place) => [
        Buffer.from(`${place === 0 ? '' : ','}${JSON.stringify(domain)}:`),
        state,
    ])
    return Buffer.concat([head, ...states, Buffer.from('}}')])
}
