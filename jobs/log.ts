import { type DestinationStream, destination, type Logger, pino } from 'pino'

export type { Logger } from 'pino'

/** Whatever is called so is never written, wherever in the fields of a line it stands. */
const SECRETS = ['token', 'accessToken', 'refreshToken', 'clientSecret', 'clientId', 'credentials', 'password', 'key']
const REDACTED = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/**
 * The log of a process, on stderr: `lines` of JSON for machines (worker, clock), else `words` for a person, who is
 * told only of errors unless `verbose`.
 */
export function createLog(form: 'lines' | 'words', verbose = false): Logger {
    const level = verbose ? 'debug' : form === 'lines' ? 'info' : 'error'
    const options = { level, base: { pid: process.pid }, redact: { paths: REDACTED, censor: '[secret]' } }
    return form === 'lines' ? pino(options, destination({ dest: 2, sync: true })) : pino(options, words)
}

/** A line as `warn: sent again (store=northwind.example attempt=2)`. */
const words: DestinationStream = {
    write(line: string) {
        const { level, time, pid, msg, err, ...fields } = JSON.parse(line) as Record<string, unknown>
        const facts = Object.entries(fields).map(
            ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
        )
        const cause = (err as { message?: string } | undefined)?.message
        const text = [msg, cause].filter(Boolean).join(': ')
        process.stderr.write(
            `${pino.levels.labels[level as number]}: ${text}${facts.length > 0 ? ` (${facts.join(' ')})` : ''}\n`,
        )
    },
}
