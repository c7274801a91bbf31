import type { IncomingMessage, ServerResponse } from 'node:http'

/** What a route answers; null means the connection is already dealt with. */
export type Reply = { status: number; headers?: Record<string, string>; body: string | Buffer }

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
    return {
        status,
        headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        body: JSON.stringify(value),
    }
}

export function xml(status: number, body: string): Reply {
    return {
        status,
        headers: { 'content-type': 'application/xml; charset=UTF-8' },
        body: `<?xml version='1.0' encoding='UTF-8'?>${body}`,
    }
}

/** The error documents of Google's storage, which serves results and takes uploads. */
export function storageError(status: number, code: string, message: string): Reply {
    return xml(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`)
}

/** Reads a body whole. Throws when it is larger than `most` bytes. */
export async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer> {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length
        if (size > most) throw new Error(`request body: expected at most ${most} bytes, got more`)
        chunks.push(chunk)
    }
    return Buffer.concat(chunks)
}

export function send(
    response: ServerResponse,
    { status, headers = {}, body }: Reply,
    more: Record<string, string>,
): void {
    response.writeHead(status, { ...headers, ...more, 'content-length': String(Buffer.byteLength(body)) })
    response.end(body)
}
