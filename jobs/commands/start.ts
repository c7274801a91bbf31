import { join } from 'node:path'
import { z } from 'zod'
import { command } from './command.ts'

const PROCFILE = join(import.meta.dirname, '..', '..', 'Procfile')

export const start = command({
    name: 'start',
    does: 'Starts everything: the processes of the Procfile, until it is ended.',
    about: 'First the line `release` is carried out (migrate), then all others run side by side; one that ends, ends all.',
    example: 'crossdock start',
    given: z.object({}),
    async run(_given, desk) {
        const { openDatabase } = await import('../../sql/database.ts')
        const { startProcesses } = await import('../processes.ts')
        // Held for as long as this runs: the embedded server ends with its last user.
        const db = await openDatabase()
        const ended = await startProcesses(PROCFILE, {
            ...desk,
            begun: (names) =>
                desk.ready({ json: { processes: names }, text: `Running: ${names.join(', ')}. Ctrl-C ends them.` }),
        }).finally(() => db.close())
        if (ended.name !== null) {
            throw new Error(
                `Expected ${ended.name} to stay, but it ended with ${ended.code}; the others were ended too.`,
            )
        }
        return { json: {}, text: '' }
    },
})
