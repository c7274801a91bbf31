import { z } from 'zod'
import { command } from './command.ts'
import { untilEnded } from './until_ended.ts'

export const worker = command({
    name: 'worker',
    does: 'Works at requested and scheduled runs until it is ended.',
    about: 'Any number may run side by side, on one machine or several.',
    example: 'crossdock worker',
    given: z.object({}),
    async run(_given, desk) {
        const { startWorker } = await import('../worker.ts')
        const { stop } = await startWorker(await desk.host())
        const outcome = { json: { worker: process.pid }, text: 'The worker is ready.' }
        desk.ready(outcome)
        await untilEnded(desk.signal).finally(stop)
        return outcome
    },
})
