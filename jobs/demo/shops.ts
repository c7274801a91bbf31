import { type ChildProcess, fork } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { ShopOptions } from '../../connectors/sandbox/shop/options.ts'
import type { ShopState } from '../../test/oracle/state.ts'
import { readIfThere } from './folder.ts'

export type ToShops = { shops: ShopOptions[]; stateFile: string; openFile: string; port: number } | { close: true }
export type FromShops = { port: number; url: string } | { error: string }

/** The sandbox of the demo, seen from outside, over HTTP as any store is. */
export type Shops = {
    url: string
    originOf(domain: string): string
    /** Something a merchant does, or that goes wrong: a verb of the control address. Throws what it answers. */
    control(verb: string, body: { [name: string]: unknown }): Promise<unknown>
    /** A shop in plain form. */
    stateOf(domain: string): Promise<ShopState>
    /** The same as JSON. */
    rawStateOf(domain: string): Promise<Buffer>
    /** Saves and ends the shops. */
    close(): Promise<void>
}

/** Shops of an earlier demo may take so long to be saved. */
const LEAVE_MS = 60_000
const LOOK_MS = 50

/** The port shops are opened at first, so that their addresses last; where it is taken, any other. */
const PORT = 4700

const openFileOf = (stateFile: string) => `${stateFile}.open`

/** Waits until the shops of an earlier demo are saved. Says `lost` where they were ended before they could be. */
export async function awaitEarlierShops(stateFile: string): Promise<'saved' | 'lost'> {
    for (let waited = 0; waited < LEAVE_MS; waited += LOOK_MS) {
        const pid = await readIfThere(openFileOf(stateFile))
        if (pid === null) return 'saved'
        if (!isAlive(Number(pid.toString('utf8')))) return (await readIfThere(openFileOf(stateFile))) ? 'lost' : 'saved'
        await setTimeout(LOOK_MS)
    }
    const pid = await readFile(openFileOf(stateFile), 'utf8')
    throw new Error(`The shops of an earlier demo (process ${pid}) are still open. End that process, or wait.`)
}

function isAlive(pid: number): boolean {
    try {
        return process.kill(pid, 0)
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM'
    }
}

/** Opens the shops as they were saved; those not saved yet are made. */
export async function openShops(shops: ShopOptions[], stateFile: string): Promise<Shops> {
    // Detached: a Ctrl-C in the terminal, or a kill of its group, must not reach them before the demo is done.
    const child = fork(join(import.meta.dirname, 'shops_process.ts'), {
        detached: true,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const { url } = await opened(child, { shops, stateFile, openFile: openFileOf(stateFile), port: PORT })
    return {
        url,
        originOf: (domain) => `${url}/shops/${domain}`,
        async control(verb, body) {
            const bytes = await ask(`${url}/control`, { method: 'POST', body: JSON.stringify({ verb, ...body }) })
            return JSON.parse(bytes.toString('utf8'))
        },
        stateOf: async (domain) => JSON.parse((await stateIn(url, domain)).toString('utf8')) as ShopState,
        rawStateOf: (domain) => stateIn(url, domain),
        async close() {
            if (child.connected) child.send({ close: true } satisfies ToShops)
            await ended
        },
    }
}

async function opened(child: ChildProcess, message: ToShops): Promise<{ url: string }> {
    child.send(message)
    const answer = await new Promise<FromShops>((resolve, reject) => {
        child.once('message', (came) => resolve(came as FromShops))
        child.once('error', reject)
        child.once('exit', (code) => resolve({ error: `their process ended with ${code}` }))
    })
    if ('error' in answer) throw new Error(`The shops could not be opened: ${answer.error}.`)
    return answer
}

function stateIn(url: string, domain: string): Promise<Buffer> {
    return ask(`${url}/control/state?shop=${domain}`)
}

async function ask(url: string, request?: RequestInit): Promise<Buffer> {
    const answer = await fetch(url, request)
    if (answer.ok) return Buffer.from(await answer.arrayBuffer())
    throw new Error(`The shops answered ${answer.status}: ${await answer.text()}`)
}
