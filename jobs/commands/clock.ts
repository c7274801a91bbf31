import { z } from 'zod'
import { scheduleZones } from '../../sql/runs/runs.ts'
import { calendar } from '../calendar.ts'
import { command } from './command.ts'
import { untilEnded } from './until_ended.ts'

const scheduled = calendar.filter(({ cron }) => cron !== null)

export const clock = command({
    name: 'clock',
    does: 'Asks for the scheduled runs when they fall due, until it is ended.',
    about: [
        'Any number may run: each slot is fired once. Without a worker the runs wait. The schedule:',
        ...scheduled.map(
            ({ name, cron, zone, does }) =>
                `  ${name}  ${cron} (${zone === 'UTC' ? zone : "the source's zone"})  ${does}`,
        ),
    ].join('\n'),
    example: 'crossdock clock',
    given: z.object({}),
    async run(_given, desk) {
        const db = await desk.db()
        const { log } = desk
        const [{ startClock }, { fireOn }] = await Promise.all([import('../clock.ts'), import('../fire.ts')])
        const { stop } = await startClock({ zones: () => scheduleZones(db), fire: fireOn(db), log })
        const outcome = { json: { clock: process.pid }, text: 'The clock is ready.' }
        desk.ready(outcome)
        await untilEnded(desk.signal).finally(stop)
        return outcome
    },
})
