import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { type Entry, Open, Parse } from 'unzipper'
import type { ReadLimits } from './read_limits.ts'
import { Unreadable } from './unreadable.ts'

const MOST_PARTS = 2_000
const BROKEN = 'The workbook is damaged. Open it in a spreadsheet program and save it anew as .xlsx.'
const BOMB = 'The workbook unfolds to far more than a table of that kind holds, so it was not read.'

/**
 * Refuses what a workbook should not hold: more than it may unfold to, links to other files, programs. It goes by what the
 * file says of itself first, and then by what it really unfolds to, read through once as it will be read later.
 */
export async function refuseBadZip(bytes: Buffer, limits: ReadLimits): Promise<void> {
    const listed = await Open.buffer(bytes).catch((cause) => {
        throw new Unreadable(BROKEN, { cause })
    })
    const parts = listed.files.map(({ path, uncompressedSize, crc32 }) => ({
        path,
        size: uncompressedSize,
        sum: crc32,
    }))
    refuseParts(parts, limits)
    const real = await unfolded(bytes, limits)
    refuseParts(real, limits)
    const sums = new Map(parts.map(({ path, sum }) => [path, sum]))
    if (real.some(({ path, sum }) => sums.get(path) !== sum)) throw new Unreadable(BROKEN)
}

type Part = { path: string; size: number; sum: number }

function refuseParts(parts: readonly Part[], limits: ReadLimits): void {
    const has = (pattern: RegExp) => parts.some(({ path }) => pattern.test(path))
    if (parts.length > MOST_PARTS) throw new Unreadable(BOMB)
    if (!has(/^xl\/workbook\.xml$/)) {
        throw new Unreadable('This is an archive, not a workbook. Unpack it and choose the .xlsx or CSV file in it.')
    }
    if (has(/vbaProject/i)) throw new Unreadable('The workbook carries macros. Save it as .xlsx, without them.')
    if (has(/externalLinks?\//i)) {
        throw new Unreadable(
            'The workbook is linked to other files. Save a copy in which those cells are plain values, or save it as CSV.',
        )
    }
    const total = parts.reduce((sum, { size }) => sum + size, 0)
    const held = parts.filter(({ path }) => !isSheet(path)).reduce((sum, { size }) => sum + size, 0)
    if (total > limits.expanded || held > limits.held) throw new Unreadable(BOMB)
}

const isSheet = (path: string) => /^xl\/worksheets\//.test(path)

/** What each part really unfolds to, with its check sum; ends at once where that is too much. */
async function unfolded(bytes: Buffer, limits: ReadLimits): Promise<Part[]> {
    const parts: Part[] = []
    let total = 0
    const count = async (entry: Entry) => {
        let [size, sum] = [0, 0]
        for await (const piece of entry as AsyncIterable<Buffer>) {
            size += piece.length
            total += piece.length
            sum = crc32(piece, sum)
            if (total > limits.expanded) throw new Unreadable(BOMB)
        }
        parts.push({ path: entry.path, size, sum })
    }
    const archive = Parse({ forceStream: true })
    try {
        await pipeline(Readable.from([bytes]), archive, async (entries: AsyncIterable<Entry>) => {
            for await (const entry of entries) await count(entry)
        })
    } catch (cause) {
        throw cause instanceof Unreadable ? cause : new Unreadable(BROKEN, { cause })
    }
    return parts
}
