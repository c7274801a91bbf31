import type { z } from 'zod'
import type { Json } from '../../connectors/entities/index.ts'
import type { Database } from '../../sql/database.ts'
import type { AccountRow } from '../../sql/stores/accounts.ts'
import type { Logger } from '../log.ts'
import type { Host } from '../run_context.ts'

/** What a command has to work with; the database is opened when it is first asked for. */
export type Desk = {
    json: boolean
    verbose: boolean
    log: Logger
    /** Who is named for what is done: the user of this machine. */
    who: string
    /** Aborted by Ctrl-C or SIGTERM. */
    signal: AbortSignal
    /** Says something on stderr. */
    say(line: string): void
    /** Prints the outcome of a command that stays, now that it is ready; what it returns in the end is not printed. */
    ready(outcome: Outcome): void
    /** The database at this code's schema; the embedded one is migrated when it is not. */
    db(): Promise<Database>
    /** What runs are worked with. */
    host(): Promise<Host>
    /** The account meant: the one named by --account, or else the only one. */
    account(): Promise<AccountRow>
}

/** `json` is what --json prints, `text` what a person reads, on stdout both. */
export type Outcome = {
    json: { [key: string]: Json }
    text: string | readonly string[]
    /** Something waits for a person: exit code 3. */
    held?: boolean
    /** Its document is on stdout already; nothing else goes there. */
    isPrinted?: boolean
    /** It was carried out but failed, with what is said on stderr: exit code 1. */
    failed?: string
}

export type Option = readonly [flags: string, description: string]

export type Command = {
    /** As it is typed after crossdock: `store add`. */
    name: string
    /** One sentence. */
    does: string
    /** What else its help says. */
    about?: string
    /** Lines as they would be typed. */
    example: string
    /** `<id>` needed, `[id]` may be left out, `[ids...]` any number. */
    arguments?: readonly Option[]
    options?: readonly Option[]
    run(given: unknown, desk: Desk): Promise<Outcome>
}

type Definition<Given extends z.ZodType> = Omit<Command, 'run'> & {
    /** What arguments and options must be, by their names (camel case). */
    given: Given
    run(given: z.output<Given>, desk: Desk): Promise<Outcome>
}

/** What was typed is wrong: exit code 2. */
export class WrongUse extends Error {
    override readonly name = 'WrongUse'
}

/** A command whose arguments and options are read by a schema before it runs. */
export function command<Given extends z.ZodType>({ given, run, ...rest }: Definition<Given>): Command {
    return {
        ...rest,
        async run(raw, desk) {
            const read = given.safeParse(raw)
            if (read.success) return run(read.data, desk)
            const faults = read.error.issues.map(({ path, message }) => `${flag(path)}: ${message}`)
            throw new WrongUse(`${faults.join('\n')}\nSee crossdock ${rest.name} --help.`)
        },
    }
}

/** `apiVersion` as it is typed. */
function flag(path: readonly PropertyKey[]): string {
    return `--${String(path[0] ?? '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
