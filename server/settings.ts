import { z } from 'zod'

/** What the environment says of the site. */
export type SiteSettings = {
    /** Where it listens; port 0 takes any free one. */
    host: string
    port: number
    publicUrl: string | null
    metricsToken: string | null
}

const LOOPBACK = '127.0.0.1'
const PORT = 3000

const schema = z.object({
    PORT: z.coerce.number('expected a port such as 3000').int().min(0).max(65_535).default(PORT),
    HOST: z.string().min(1).optional(),
    PUBLIC_URL: z
        .url({ protocol: /^https?$/, error: 'expected an address such as https://crossdock.example' })
        .refine(
            (text) => /^https?:\/\/[^/]+\/?$/.test(text),
            'expected an address without a path: the site lies at its root',
        )
        .optional(),
    METRICS_TOKEN: z.string().min(16, 'expected at least 16 characters').optional(),
    DATABASE_URL: z.string().optional(),
})

/**
 * Reads PORT, HOST, PUBLIC_URL and METRICS_TOKEN. Without HOST only this machine is served while everything is on it (the
 * embedded database, no PUBLIC_URL), and everybody otherwise.
 * @throws a sentence that names each variable which is none.
 */
export function settingsFrom(environment: NodeJS.ProcessEnv): SiteSettings {
    const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
    const read = schema.safeParse(given)
    if (!read.success) {
        const faults = read.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`)
        throw new Error(faults.join('\n'))
    }
    const { PORT, HOST, PUBLIC_URL, METRICS_TOKEN, DATABASE_URL } = read.data
    const isLocal = !PUBLIC_URL && !DATABASE_URL
    return {
        port: PORT,
        host: HOST ?? (isLocal ? LOOPBACK : '0.0.0.0'),
        publicUrl: PUBLIC_URL ? new URL(PUBLIC_URL).origin : null,
        metricsToken: METRICS_TOKEN ?? null,
    }
}
