import { crc32, deflateRawSync } from 'node:zlib'

/** An archive made by hand. `claimed`: what it says every part unfolds to, whatever it does. */
export function zipOf(parts: { [path: string]: string | Buffer }, { claimed }: { claimed?: number } = {}): Buffer {
    const bodies: Buffer[] = []
    const listing: Buffer[] = []
    let at = 0
    for (const [path, text] of Object.entries(parts)) {
        const content = Buffer.from(text as string)
        const packed = deflateRawSync(content)
        const name = Buffer.from(path)
        const facts = Buffer.alloc(26)
        facts.writeUInt16LE(20, 0)
        facts.writeUInt16LE(8, 4)
        facts.writeUInt32LE(crc32(content), 10)
        facts.writeUInt32LE(packed.length, 14)
        facts.writeUInt32LE(claimed ?? content.length, 18)
        facts.writeUInt16LE(name.length, 22)
        const body = Buffer.concat([Buffer.from('504b0304', 'hex'), facts, name, packed])
        const tail = Buffer.alloc(14)
        tail.writeUInt32LE(at, 10)
        listing.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), facts, tail, name]))
        bodies.push(body)
        at += body.length
    }
    const list = Buffer.concat(listing)
    const end = Buffer.alloc(22)
    end.write('504b0506', 0, 'hex')
    end.writeUInt16LE(listing.length, 8)
    end.writeUInt16LE(listing.length, 10)
    end.writeUInt32LE(list.length, 12)
    end.writeUInt32LE(at, 16)
    return Buffer.concat([...bodies, list, end])
}
