import { type Desk, WrongUse } from '../../jobs/commands/command.ts'
import { commands } from '../../jobs/commands/index.ts'
import { accountsOf } from '../../sql/stores/accounts.ts'
import type { Story } from './story.ts'

/** A person at the command line of a story, without a terminal: commands by their names, and what was said on stderr. */
export function deskOf({ db, host, account_id }: Pick<Story, 'db' | 'host' | 'account_id'>) {
    const said: string[] = []
    const desk: Desk = {
        json: true,
        verbose: false,
        log: host.log,
        who: 'the operator',
        signal: new AbortController().signal,
        say: (line) => said.push(line),
        ready: () => {},
        db: async () => db,
        host: async () => host,
        account: async () => (await accountsOf(db, String(account_id)))[0]!,
    }
    const crossdock = async (name: string, given: { [option: string]: unknown } = {}) => {
        const command = commands.find((it) => it.name === name)
        if (!command) throw new Error(`Expected a command, got ${name}.`)
        return command.run(given, desk)
    }
    return { crossdock, said }
}

/** Whether a command ended as wrong use (exit code 2), with this in its sentence. */
export const wrongUse = (sentence: RegExp) => (error: Error) =>
    error instanceof WrongUse && sentence.test(error.message)
