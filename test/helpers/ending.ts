import assert from 'node:assert/strict'
import { askForEnd, type Ending, endsOf, type Items, numbersOf } from '../../sql/ends/ask.ts'
import type { Story } from './story.ts'

const who = 'the person in the story'

export const whoseOf = ({ account_id }: Story) => ({ account_id, who })

/** The connection of a destination with both its stores. */
export const connectionOf = ({ db, account_id, connections }: Story, destination: string) =>
    endsOf(db, account_id, connections.get(destination)!)

/** A person says that a connection is to end, and nothing else happens yet. */
export async function asked(story: Story, destination: string, to: Ending, items: Items) {
    const ends = await connectionOf(story, destination)
    if (items !== 'leave') await story.run('extract', { store: destination, kind: 'incremental' }).catch(assert.ok)
    const numbers = await numbersOf(story.db, ends, items)
    await askForEnd(story.db, whoseOf(story), ends, { to, items, numbers })
    return numbers
}

/** A person ends a connection, and the oracle judges what that wrote. */
export async function ended(story: Story, destination: string, to: Ending, items: Items) {
    const connection = story.connections.get(destination)!
    const numbers = await asked(story, destination, to, items)
    const told = { ends: [{ connection, items }], connections: [] }
    await story.judged(() => story.run('end_connection', { connection }), told)
    return numbers
}
