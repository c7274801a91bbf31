import { destination, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

const SECRETS = ['password', 'token', 'code', 'cookie', 'authorization', 'clientSecret']
const REDACTED = SECRETS.flatMap((name) => [name, `*.${name}`])

/** The log of the site, on stderr as lines of JSON. Addresses are told without their query: that may carry a code. */
export function createLog(): Logger {
    const redact = { paths: REDACTED, censor: '[secret]' }
    return pino({ level: 'info', base: { pid: process.pid }, redact }, destination({ dest: 2, sync: true }))
}
