import { createInterface } from 'node:readline/promises'
import { type Desk, type Option, type Outcome, WrongUse } from './command.ts'

export const YES: Option = ['--yes', 'yes to what would be asked']

/**
 * Shows on stderr what would be done, with its numbers, and asks; --yes answers.
 * @throws WrongUse where nobody can be asked.
 */
export async function isConfirmed(desk: Desk, shown: readonly string[], yes: boolean): Promise<boolean> {
    for (const line of shown) desk.say(line)
    if (yes) return true
    if (!process.stdin.isTTY) {
        throw new WrongUse(
            'Expected an answer, but there is no terminal to ask at: look at the numbers above, then say --yes.',
        )
    }
    const asking = createInterface({ input: process.stdin, output: process.stderr })
    try {
        const answer = await asking.question('Go on? [y/N] ', { signal: desk.signal })
        return /^y(es)?$/i.test(answer.trim())
    } finally {
        asking.close()
    }
}

/** What is printed where a person says no. */
export const nothingDone: Outcome = { json: { done: false }, text: 'Nothing was done.' }
