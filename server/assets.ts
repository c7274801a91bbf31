import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { BareRoute } from './route.ts'

const require = createRequire(import.meta.url)
const own = (name: string) => join(import.meta.dirname, 'public', name)

/** Every file that pages ask for; nothing else is served, and nothing from elsewhere. */
const FILES = {
    'pico.css': require.resolve('@picocss/pico/css/pico.min.css'),
    'htmx.js': require.resolve('htmx.org/dist/htmx.min.js'),
    'site.css': own('site.css'),
    'site.js': own('site.js'),
    'icon.svg': own('icon.svg'),
}

const TYPES: Readonly<Record<string, string>> = {
    css: 'text/css; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    svg: 'image/svg+xml',
}

type Asset = { type: string; plain: Buffer; gzip: Buffer; brotli: Buffer; version: string }

/** Read and compressed once. Pages themselves are not compressed: they hold secrets beside what visitors wrote (BREACH). */
const assets = new Map<string, Asset>(
    Object.entries(FILES).map(([name, path]) => {
        const plain = readFileSync(path)
        const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
        const version = createHash('sha256').update(plain).digest('hex').slice(0, 12)
        return [name, { type, plain, gzip: gzipSync(plain), brotli: brotliCompressSync(plain), version }]
    }),
)

/** Address of an asset, with its version: it may be kept for a year. */
export function assetPath(name: string): string {
    return `/assets/${name}?${assets.get(name)?.version}`
}

export const assetRoute: BareRoute = {
    method: 'get',
    path: '/assets/:file',
    serve(_desk, request, response) {
        const asset = assets.get(String(request.params.file))
        if (!asset) return void response.status(404).type('text').send('There is no such file.\n')
        const coding = request.acceptsEncodings(['br', 'gzip', 'identity'])
        const bodies = { br: asset.brotli, gzip: asset.gzip, identity: asset.plain }
        response.set({ 'content-type': asset.type, vary: 'accept-encoding', etag: `"${asset.version}-${coding}"` })
        response.set('cache-control', 'public, max-age=31536000, immutable')
        if (coding && coding !== 'identity') response.set('content-encoding', coding)
        response.send(bodies[(coding || 'identity') as keyof typeof bodies])
    },
}
