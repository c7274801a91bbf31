import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import busboy from 'busboy'
import type { Request, RequestHandler } from 'express'
import { Refusal } from './refusal.ts'

/** A file on its way in: nothing of it is read before somebody takes its bytes. */
export type IncomingFile = { name: string; bytes(): AsyncGenerator<Buffer> }

const files = new WeakMap<Request, IncomingFile>()

/** The file of a form that was sent with one. */
export function incomingFile(request: Request): IncomingFile | null {
    return files.get(request) ?? null
}

/** Our forms have a few short fields before their file. */
const LIMITS = { fields: 12, fieldNameSize: 50, fieldSize: 1000, files: 1, parts: 14, headerPairs: 20 }

/**
 * Reads the fields of a form with a file, up to the file: the wall looks at them first, and who may not send it has sent
 * it for nothing. What comes after the file is left out.
 */
export function fieldsBeforeFile(mostBytes: number): RequestHandler {
    return async (request, response, next) => {
        if (!request.is('multipart/form-data')) return next()
        const { fields, file } = await beginningOf(openForm(request, mostBytes))
        request.body = fields
        if (file) {
            files.set(request, { name: plainName(file.name), bytes: () => bytesOf(file.stream, mostBytes) })
            // An answer that came before the file was read lets the rest run by, so that the browser gets to read it.
            response.once('finish', () => file.stream.resume())
        }
        next()
    }
}

type Sent = { name: string; stream: Readable & { truncated?: boolean } }

function openForm(request: Request, mostBytes: number): busboy.Busboy {
    const limits = { ...LIMITS, fileSize: mostBytes }
    try {
        const form = busboy({ headers: request.headers, limits, defParamCharset: 'utf8' })
        pipeline(request, form, () => {}) // what breaks off ends the file's stream with an error
        return form
    } catch {
        throw notUnderstood()
    }
}

/** The fields before the file, and the file; null where the form ends without one. */
function beginningOf(form: busboy.Busboy): Promise<{ fields: Record<string, string>; file: Sent | null }> {
    const fields: Record<string, string> = {}
    return new Promise((resolve, reject) => {
        form.on('field', (name, value) => {
            fields[name] ??= value
        })
        form.once('file', (_field, stream, { filename }) => {
            stream.on('error', () => {}) // told to whoever reads it
            resolve({ fields: { ...fields }, file: { name: filename ?? '', stream } })
        })
        form.once('close', () => resolve({ fields, file: null }))
        form.once('error', () => reject(notUnderstood()))
    })
}

function notUnderstood(): Refusal {
    return new Refusal(
        400,
        'Not understood',
        'The form could not be read. Open the page again and choose the file anew.',
    )
}

async function* bytesOf(stream: Sent['stream'], mostBytes: number): AsyncGenerator<Buffer> {
    for await (const piece of stream) yield piece as Buffer
    if (!stream.truncated) return
    const most = Math.floor(mostBytes / 1024 / 1024)
    throw new Refusal(
        413,
        'Too large',
        `The file is larger than ${most} MB, so nothing of it was kept. Split it and upload the parts one after the other.`,
    )
}

/** As it is called there, without its folder and without what no name holds. */
function plainName(name: string): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    return name.replaceAll(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').slice(-150)
}
