import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import type { IntrospectionQuery } from 'graphql'

// The package keeps the schemas out of its `exports`, so they are found beside its package.json.
const packageFolder = dirname(createRequire(import.meta.url).resolve('@shopify/ai-toolkit/package.json'))
const assets = join(packageFolder, 'skills/shopify-admin/assets')

type WithAccess = { name: string; requiredAccess?: string | null; isProtected?: boolean }
export type IntrospectedType = WithAccess & { kind: string; fields?: WithAccess[] | null }

/** The versions the package ships, oldest first, `unstable` last: `['2025-10', …, '2026-10', 'unstable']`. */
export const versions: readonly string[] = readdirSync(assets)
    .map((file) => /^admin_(.+)\.json\.br$/.exec(file)?.[1])
    .filter((version) => version !== undefined)
    .toSorted()

/**
 * The version that serves a request for `asked`: itself, or the oldest supported stable one when it is retired or was
 * never there (Shopify falls forward instead of failing).
 */
export function servedVersion(asked: string): string {
    return versions.includes(asked) ? asked : (versions[0] ?? asked)
}

/** The whole introspection of a version, with Shopify's additions such as `requiredAccess`. */
export function introspectionOf(version: string): { query: IntrospectionQuery; types: readonly IntrospectedType[] } {
    const packed = readFileSync(join(assets, `admin_${version}.json.br`))
    const read: { data: IntrospectionQuery } = JSON.parse(brotliDecompressSync(packed).toString('utf8'))
    return { query: read.data, types: read.data.__schema.types as readonly IntrospectedType[] }
}
