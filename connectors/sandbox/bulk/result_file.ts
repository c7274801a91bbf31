import { randomBytes } from 'node:crypto'
import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const BUFFERED = 256 * 1024

/** A result file being written: lines in, counts out; memory stays at one buffer. */
export class ResultFile {
    readonly signature = randomBytes(14).toString('hex')
    lines = 0
    bytes = 0
    private readonly path: string
    private readonly file: FileHandle
    private pending: string[] = []
    private pendingLength = 0

    private constructor(file: FileHandle, folder: string, signature: string) {
        this.file = file
        this.signature = signature
        this.path = pathOf(folder, signature)
    }

    static async create(folder: string): Promise<ResultFile> {
        const signature = randomBytes(14).toString('hex')
        return new ResultFile(await open(pathOf(folder, signature), 'w'), folder, signature)
    }

    /** Adds one line; resolves once there is room again. */
    async add(line: string): Promise<void> {
        this.lines += 1
        this.pending.push(line, '\n')
        this.pendingLength += line.length + 1
        if (this.pendingLength > BUFFERED) await this.flush()
    }

    async close(): Promise<void> {
        await this.flush()
        await this.file.close()
    }

    /** Keeps the first half of the lines, as a run that broke off leaves them. */
    async cutInHalf(): Promise<void> {
        const lines = (await readFile(this.path, 'utf8')).split('\n').slice(0, -1)
        const kept = lines.slice(0, Math.floor(lines.length / 2))
        const text = kept.map((line) => `${line}\n`).join('')
        await writeFile(this.path, text)
        this.lines = kept.length
        this.bytes = Buffer.byteLength(text)
    }

    private async flush(): Promise<void> {
        const bytes = Buffer.from(this.pending.join(''))
        this.pending = []
        this.pendingLength = 0
        this.bytes += bytes.length
        if (bytes.length > 0) await this.file.write(bytes)
    }
}

export function pathOf(folder: string, signature: string): string {
    return join(folder, `${signature}.jsonl`)
}

/** A line as Shopify writes it: JSON with every slash escaped. */
export function lineOf(value: unknown): string {
    return JSON.stringify(value).replaceAll('/', '\\/')
}
