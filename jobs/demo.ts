import { setTimeout } from 'node:timers/promises'
import { CommanderError, InvalidArgumentError, Command as Program } from 'commander'
import { tryAdvisoryLock } from '../sql/database.ts'
import type { Desk } from './commands/command.ts'
import { untilEnded } from './commands/until_ended.ts'
import { theAccount } from './demo/begin.ts'
import { PRODUCTS, shopsOf } from './demo/cast.ts'
import { clear, type Folder, moveIn, readProgress } from './demo/folder.ts'
import { type Rehearsed, rehearse } from './demo/rehearsal.ts'
import { awaitEarlierShops, openShops, type Shops } from './demo/shops.ts'
import { giveLogin, type Login, openSite } from './demo/site.ts'
import { type Stage, timed } from './demo/stage.ts'
import { tellBeginning, tellEnd, tellSite, tellWhatNext } from './demo/tell.ts'
import { createVoice, type Voice } from './demo/voice.ts'
import { openDesk } from './desk.ts'
import type { Host } from './run_context.ts'

/** How the demo ended, as `crossdock` ends. */
const EXIT = { done: 0, failed: 1, wrongUse: 2 }

type Wishes = { exit: boolean; json: boolean; reset: boolean; products?: number }

/** A demo that is just ending may take so long to let go. */
const LOCK_WAIT_MS = 30_000
const LOCK_LOOK_MS = 250
const LOCK = 'crossdock demo'

const program = new Program('npm run demo --')
    .description('Rehearses Crossdock on this machine: four shops in a sandbox, a nightly run, an hourly run.')
    .option('--exit', 'end when all is shown, instead of staying up', false)
    .option('--json', 'print one object with all counts on stdout, everything else on stderr', false)
    .option('--reset', 'start anew; otherwise a start goes on from where the last one ended', false)
    .option(
        '--products <number>',
        `products of the source's catalogue (at least 60, by default ${PRODUCTS})`,
        atLeast60,
    )
    .exitOverride()

function atLeast60(text: string): number {
    const number = Number(text)
    if (Number.isInteger(number) && number >= 60) return number
    throw new InvalidArgumentError('expected a whole number of at least 60.')
}

process.exitCode = await main()

async function main(): Promise<number> {
    try {
        return await demo(program.parse().opts<Wishes>(), endingSignal())
    } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse
    }
}

/** Aborted by Ctrl-C and its like, and when the npm that started us is gone. Asked a second time, all ends at once. */
function endingSignal(): AbortSignal {
    const ending = new AbortController()
    const end = (why: string) => {
        process.stderr.write(`${why}: the demo ends.\n`)
        if (ending.signal.aborted) process.exit(EXIT.failed)
        ending.abort(new Error(`The demo was asked to end (${why}).`))
    }
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, end)
    const parent = process.ppid
    const look = setInterval(() => {
        if (process.ppid === parent) return
        clearInterval(look)
        if (!ending.signal.aborted) end('npm is gone')
    }, 1000)
    if (process.env.npm_lifecycle_event === undefined) clearInterval(look)
    look.unref()
    return ending.signal
}

async function demo(wishes: Wishes, signal: AbortSignal): Promise<number> {
    const voice = createVoice(wishes.json ? process.stderr : process.stdout)
    const folder = await moveIn()
    try {
        const act = (anew: boolean) =>
            alone(voice, wishes, signal, (desk) => perform(desk, folder, voice, wishes, anew))
        let code = await act(wishes.reset)
        if (code === 'anew') {
            await clear(folder)
            code = await act(false)
        }
        if (code === 'anew') throw new Error(`Expected ${folder.path} to be empty after it was cleared.`)
        return code
    } catch (error) {
        if (!signal.aborted) voice.say(voice.bad(`\nerror: ${(error as Error).message}`))
        else voice.say('\nEnded. The next start goes on from here.')
        if (wishes.json) process.stdout.write(`${JSON.stringify({ error: (error as Error).message })}\n`)
        return EXIT.failed
    }
}

/** Opens the demo's database and acts while no other demo is at work there. */
async function alone<T>(
    voice: Voice,
    wishes: Wishes,
    signal: AbortSignal,
    act: (desk: Desk) => Promise<T>,
): Promise<T> {
    const { desk, close } = openDesk({ json: wishes.json, verbose: false, log: 'words' }, signal, () => {})
    try {
        const db = await desk.db()
        for (let waited = 0; waited < LOCK_WAIT_MS; waited += LOCK_LOOK_MS) {
            const done = await tryAdvisoryLock(db, LOCK, async () => ({ result: await act(desk) }))
            if (done) return done.result
            if (waited === 0) voice.say('Another demo is at work here: its end is awaited.')
            await setTimeout(LOCK_LOOK_MS, undefined, { signal })
        }
        throw new Error('Another demo is still at work here. End it, or use it: it said how.')
    } finally {
        await close()
    }
}

/** `anew`: what is there cannot be gone on with and has to be cleared first. */
async function perform(
    desk: Desk,
    folder: Folder,
    voice: Voice,
    wishes: Wishes,
    anew: boolean,
): Promise<number | 'anew'> {
    const earlier = await awaitEarlierShops(folder.shops)
    if (earlier === 'lost') voice.say('The shops of the last demo were killed before they were saved: starting anew.')
    if (anew || earlier === 'lost') return 'anew'
    const known = await readProgress(folder)
    const progress = known ?? {
        products: wishes.products ?? PRODUCTS,
        rounds: 0,
        busy: false,
        judged: true,
        run: '0',
        event: '0',
    }
    const phases: Stage['phases'] = {}
    const begun = performance.now()
    tellBeginning(voice, progress, wishes.products)
    const shops = await timed({ phases }, 'shops', () => openShops(shopsOf(progress.products), folder.shops))
    try {
        const host = await desk.host()
        const { account_id } = await theAccount(host.db)
        const { who, signal } = desk
        const login = wishes.exit ? null : await giveLogin(host.db, account_id)
        const rehearsed = await rehearse({ host, account_id, shops, folder, voice, signal, who, progress, phases })
        const seconds = Number(((performance.now() - begun) / 1000).toFixed(1))
        const started = known ? 'further' : 'anew'
        tellEnd(voice, seconds, phases)
        if (wishes.json) printJson({ products: progress.products, started, seconds, phases, ...rehearsed })
        if (login) await stayUp(host, { voice, shops, folder, login, signal })
        return (rehearsed.differences ?? []).length > 0 ? EXIT.failed : EXIT.done
    } finally {
        await shops.close()
    }
}

type Staying = { voice: Voice; shops: Shops; folder: Folder; login: Login; signal: AbortSignal }

/** The site, a worker and the shops stay up until the demo is asked to end. */
async function stayUp(host: Host, { voice, shops, folder, login, signal }: Staying): Promise<void> {
    const site = await openSite(host)
    try {
        tellSite(voice, site.url, login)
        tellWhatNext(voice, shops, folder)
        await untilEnded(signal)
    } finally {
        await site.close()
    }
}

type Counts = Rehearsed & { products: number; started: 'anew' | 'further'; seconds: number; phases: Stage['phases'] }

function printJson(counts: Counts): void {
    process.stdout.write(`${JSON.stringify(counts)}\n`)
}
