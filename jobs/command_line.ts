import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError, Command as Program } from 'commander'
import { type Command, type Outcome, WrongUse } from './commands/command.ts'
import { commands } from './commands/index.ts'

/** How a command ended (the process' exit code). */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, held: 3 } as const

/** Long-running ones write their log as lines of JSON. */
const LOGS_LINES = new Set(['worker', 'clock'])

type Given = { [option: string]: unknown }

/**
 * Carries out one command line (`argv` without node and script) and returns the exit code. With --json one object goes
 * to stdout, also when it failed; everything else goes to stderr.
 */
export async function runCommandLine(argv: readonly string[], signal: AbortSignal): Promise<number> {
    const json = argv.includes('--json')
    let code: number = EXIT.done
    const program = programOf(async (command, given) => {
        code = await carryOut(command, given, signal)
    })
    try {
        await program.parseAsync(argv, { from: 'user' })
    } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        if (error.exitCode === 0) return EXIT.done
        if (json) printJson({ error: error.message.replace(/^error: /, '') })
        return EXIT.wrongUse
    }
    return code
}

async function carryOut(command: Command, given: Given, signal: AbortSignal): Promise<number> {
    const { json = false, verbose = false, account, ...rest } = given as Given & { json?: boolean; verbose?: boolean }
    let printed = false
    const print = (outcome: Outcome) => {
        if (!printed) printOutcome(outcome, json)
        printed = true
    }
    const log = LOGS_LINES.has(command.name) ? 'lines' : 'words'
    // The database's libraries take longer to read than a help page.
    const { openDesk } = await import('./desk.ts')
    const { desk, close } = openDesk({ json, verbose, log, account: account as string | undefined }, signal, print)
    try {
        const outcome = await command.run(rest, desk)
        print(outcome)
        if (outcome.failed !== undefined) desk.say(`error: ${outcome.failed}`)
        return outcome.held ? EXIT.held : outcome.failed !== undefined ? EXIT.failed : EXIT.done
    } catch (error) {
        if (json && !printed) printJson({ error: messageOf(error) })
        desk.say(verbose && error instanceof Error ? traceOf(error) : `error: ${messageOf(error)}`)
        return error instanceof WrongUse ? EXIT.wrongUse : EXIT.failed
    } finally {
        await close()
    }
}

function printOutcome({ json, text, isPrinted }: Outcome, asJson: boolean): void {
    if (isPrinted) return
    if (asJson) printJson(json)
    else process.stdout.write(`${typeof text === 'string' ? text : text.join('\n')}\n`)
}

function printJson(value: object): void {
    process.stdout.write(`${JSON.stringify(value)}\n`)
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error)
}

function traceOf(error: Error): string {
    const cause = error.cause instanceof Error ? `\ncaused by: ${traceOf(error.cause)}` : ''
    return `${error.stack ?? error.message}${cause}`
}

function programOf(act: (command: Command, given: Given) => Promise<void>): Program {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'))
    const program = quiet(new Program('crossdock'))
        .description('Keeps several Shopify stores in step.')
        .version(version)
        .addHelpText('after', '\nExit code: 0 done, 1 failed, 2 wrong use, 3 held (something waits for a person).')
    for (const command of commands) addTo(program, command, act)
    return program
}

function addTo(program: Program, command: Command, act: (command: Command, given: Given) => Promise<void>): void {
    const words = command.name.split(' ')
    const last = words.pop() ?? ''
    const parent = words.reduce(groupIn, program)
    const leaf = quiet(parent.command(last))
        .description([command.does, command.about].filter(Boolean).join('\n\n'))
        .summary(command.does)
    for (const [flags, text] of command.arguments ?? []) leaf.argument(flags, text)
    for (const [flags, text] of command.options ?? []) leaf.option(flags, text)
    leaf.option('--account <name>', 'the account meant; needed only where there are several')
        .option('--json', 'print one JSON object on stdout, all else on stderr')
        .option('--verbose', 'say more, and where an error came from')
        .addHelpText('after', `\nExample:\n${command.example.replaceAll(/^/gm, '  ')}`)
        .action((...actual: unknown[]) => act(command, { ...named(leaf, actual), ...leaf.opts() }))
}

/** The arguments by their names. */
function named(leaf: Program, actual: unknown[]): Given {
    return Object.fromEntries(leaf.registeredArguments.map((argument, place) => [argument.name(), actual[place]]))
}

function groupIn(parent: Program, word: string): Program {
    const known = parent.commands.find((child) => child.name() === word)
    if (known) return known
    const members = commands
        .filter(({ name }) => name.startsWith(`${word} `))
        .map(({ name }) => name.slice(word.length + 1))
    return quiet(parent.command(word)).description(members.join(', '))
}

/** Faults are thrown instead of ending the process, and told on stderr. */
function quiet(program: Program): Program {
    return program.exitOverride().showHelpAfterError('(add --help for what it takes)')
}
