import type { Response } from 'express'
import { Refusal } from './refusal.ts'
import type { Download } from './route.ts'

/** Each holds a connection of the database as long as its reader is slow: pages need some too. */
const MOST_AT_ONCE = 4
/** So that a place whose readers are slow keeps no other from its files. */
const MOST_OF_A_PLACE = 2
/** Slower than that is a line that was forgotten. */
const LONGEST_MS = 15 * 60_000

const TYPES = {
    csv: 'text/csv; charset=utf-8',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** Whose files are being written now. */
const underWay: string[] = []

/** Streams a file to whoever asked, as fast as they take it. What fails on the way cuts it off: a file is never short in silence. */
export async function sendFile(response: Response, { name, format, write }: Download, whose: string): Promise<void> {
    const own = underWay.filter((one) => one === whose).length
    if (underWay.length >= MOST_AT_ONCE || own >= MOST_OF_A_PLACE) {
        throw new Refusal(503, 'Too many at once', 'Other files are being written right now. Try again in a minute.')
    }
    underWay.push(whose)
    const cut = setTimeout(() => response.destroy(new Error('The file was not fetched in time.')), LONGEST_MS)
    try {
        // set when the first piece comes: until then an error is told as a page
        const plain = `${name.replaceAll(/[^\w.-]+/g, '-')}.${format}`
        response.set({ 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${plain}"` })
        await write(response)
    } catch (error) {
        if (response.headersSent) return void response.destroy()
        response.removeHeader('content-disposition')
        throw error
    } finally {
        clearTimeout(cut)
        underWay.splice(underWay.indexOf(whose), 1)
    }
}
