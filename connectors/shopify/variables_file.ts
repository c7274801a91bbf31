import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

/** Shopify's limit for one input of a bulk mutation, as signed into its upload policy: 100 MiB (spec rule 78). */
export const MAX_INPUT_BYTES = 104_857_600

/** A JSONL file of variables on this machine, and where its lines stand in the whole input. */
export type VariablesFile = { path: string; lines: number; bytes: number; firstLine: number }

/**
 * Writes variables, one JSON object a line, into files of at most `maxBytes`, and gives each as soon as it is full; a
 * file is deleted when the next is asked for. A file, not memory: an upload must tell its length beforehand, and one
 * that broke is sent again as it was. Throws for a single line larger than a file may be.
 */
export async function* variablesFiles(
    lines: AsyncIterable<unknown> | Iterable<unknown>,
    maxBytes: number = MAX_INPUT_BYTES,
): AsyncGenerator<VariablesFile> {
    const folder = await mkdtemp(join(tmpdir(), 'crossdock-bulk-'))
    let firstLine = 0
    let open: OpenFile | undefined
    try {
        for await (const variables of lines) {
            const line = `${JSON.stringify(variables)}\n`
            const size = Buffer.byteLength(line)
            if (size > maxBytes)
                throw new Error(
                    `Expected lines of at most ${maxBytes} bytes, line ${firstLine + (open?.lines ?? 0)} has ${size}.`,
                )
            if (open && open.bytes + size > maxBytes) {
                yield await close(open)
                firstLine += open.lines
                open = undefined
            }
            open ??= create(join(folder, `${firstLine}.jsonl`), firstLine)
            await write(open, line, size)
        }
        if (open) yield await close(open)
    } finally {
        open?.stream.destroy()
        await rm(folder, { recursive: true, force: true })
    }
}

type OpenFile = VariablesFile & { stream: ReturnType<typeof createWriteStream> }

function create(path: string, firstLine: number): OpenFile {
    return { path, firstLine, lines: 0, bytes: 0, stream: createWriteStream(path, { mode: 0o600 }) }
}

async function write(file: OpenFile, line: string, size: number): Promise<void> {
    file.lines += 1
    file.bytes += size
    if (!file.stream.write(line)) await once(file.stream, 'drain')
}

async function close({ stream, ...file }: OpenFile): Promise<VariablesFile> {
    stream.end()
    await finished(stream)
    return file
}
