import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Json } from '../../connectors/entities/index.ts'
import { parseSettings, type Settings } from '../../sql/stores/settings.ts'
import { WrongUse } from './command.ts'

/** A number of ours: a connection, a port. */
export const number = z
    .string()
    .regex(/^\d{1,9}$/, 'expected a whole number')
    .transform(Number)

/** An id that may be larger than JavaScript's numbers. */
export const id = z.string().regex(/^\d{1,19}$/, 'expected an id: a whole number')

export const domain = z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/i, 'expected a domain such as northwind.myshopify.com')
    .transform((text) => text.toLowerCase())

/** Reads a JSON file that was named on the command line. */
export async function jsonFile(path: string): Promise<Json> {
    const text = await readFile(path, 'utf8').catch((cause: Error) => {
        throw new WrongUse(`Expected a JSON file, but ${path} cannot be read: ${cause.message}.`, { cause })
    })
    try {
        return JSON.parse(text) as Json
    } catch (cause) {
        throw new WrongUse(`Expected JSON in ${path}: ${(cause as Error).message}.`, { cause })
    }
}

/** Reads a settings file; without one, the defaults. */
export async function settingsFile(path: string | undefined): Promise<Settings> {
    const document = path === undefined ? {} : await jsonFile(path)
    try {
        return parseSettings(document)
    } catch (cause) {
        throw new WrongUse(`${path}: ${(cause as Error).message}`, { cause })
    }
}
