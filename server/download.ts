import type { Response } from 'express'

/** A file that is written as it is taken. */
export type Download = { name: string; send(to: Response): Promise<void> }

const TYPES: Readonly<Record<string, string>> = {
    csv: 'text/csv; charset=utf-8',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Sends a file to be kept, never to be shown within the site. */
export async function sendDownload(response: Response, { name, send }: Download): Promise<void> {
    const plain = name.replaceAll(/[^\w.-]+/g, '_')
    response.type(TYPES[plain.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
    response.set('content-disposition', `attachment; filename="${plain}"`)
    await send(response)
}
