import type { ShopifyError } from './errors.ts'

/** What we say while working; pino's own shape. */
export type Log = {
    info(fields: Record<string, unknown>, message: string): void
    warn(fields: Record<string, unknown>, message: string): void
}

type Notices = {
    /** Reads the headers in which Shopify warns of versions and deprecations; each warning is logged once. */
    read(operation: string, headers: Headers | undefined): void
    retrying(problem: ShopifyError, attempt: number, waitMs: number): void
}

export function createNotices({ domain, apiVersion, log }: { domain: string; apiVersion: string; log?: Log }): Notices {
    const told = new Set<string>()

    function once(fields: Record<string, unknown>, message: string): void {
        const key = JSON.stringify([fields, message])
        if (told.has(key)) return
        told.add(key)
        log?.warn({ store: domain, ...fields }, message)
    }

    return {
        read(operation, headers) {
            // A retired version does not fail: Shopify serves another and only this header tells.
            const served = headers?.get('x-shopify-api-version')
            if (served && served !== apiVersion) {
                once({ asked: apiVersion, served }, 'another API version served the request than was asked for')
            }
            const deprecated = headers?.get('x-shopify-api-deprecated-reason')
            if (deprecated) once({ operation, deprecated }, 'the document uses what Shopify has deprecated')
        },
        retrying(problem, attempt, waitMs) {
            log?.info({ store: domain, attempt, waitMs: Math.round(waitMs) }, `sent again: ${problem.message}`)
        },
    }
}
