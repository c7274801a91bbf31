import { pino } from 'pino'

/** Silent, unless KILLS_LOG names a level. */
export const log = pino({ level: process.env.KILLS_LOG ?? 'silent' }, pino.destination(2))
