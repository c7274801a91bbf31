import { existsSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defaultSettings } from './shop/options.ts'
import type { Shop } from './shop/state.ts'

/** What a state file holds: the shops, how far their clock runs ahead, and the version of this shape. */
type Saved = { version: 1; clockOffset: number; shops: Shop[] }

const MAP = '$map'

/** Writes the state whole or not at all: a new file beside it, then a rename. */
export async function saveState(path: string, shops: Iterable<Shop>, clockOffset: number): Promise<void> {
    const saved: Saved = { version: 1, clockOffset, shops: [...shops] }
    await mkdir(dirname(path), { recursive: true })
    const beside = `${path}.${process.pid}.new`
    const file = await open(beside, 'w')
    try {
        await file.writeFile(JSON.stringify(saved, withMaps))
        await file.sync()
    } finally {
        await file.close()
    }
    await rename(beside, path)
}

/** The state a file holds; null if there is no file. Throws if it is none of ours. */
export async function loadState(path: string): Promise<{ shops: Shop[]; clockOffset: number } | null> {
    if (!existsSync(path)) return null
    const saved: Saved = JSON.parse(await readFile(path, 'utf8'), asMaps)
    if (saved.version !== 1) {
        throw new Error(
            `${path}: expected a sandbox's state of version 1, got ${saved.version}; remove it to start anew`,
        )
    }
    return { shops: saved.shops.map(completed), clockOffset: saved.clockOffset }
}

/** A shop that was saved before it knew of orders has none; settings that came later have their defaults. */
function completed(shop: Shop): Shop {
    const without = {
        ...{ orders: new Map(), fulfillmentOrders: new Map(), orderParts: new Map(), lastOrderNumber: 1000 },
        ...{ draftOrders: new Map(), orderEdits: new Map(), cancellations: [] },
    }
    return { ...without, ...shop, settings: { ...defaultSettings, ...shop.settings } }
}

function withMaps(_key: string, value: unknown): unknown {
    return value instanceof Map ? { [MAP]: [...value] } : value
}

function asMaps(_key: string, value: unknown): unknown {
    const isMap = typeof value === 'object' && value !== null && MAP in value && Array.isArray(value[MAP])
    return isMap ? new Map(value[MAP] as [unknown, unknown][]) : value
}
