import { isUtf8 } from 'node:buffer'
import { Unreadable } from './unreadable.ts'

const SLICE = 64 * 1024
const ADVICE = 'Save it anew as "CSV UTF-8", or as .xlsx.'

/** Bytes that windows-1252 leaves undefined, and control characters that no text holds. */
const NOT_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])

/**
 * The text of a file in pieces, and the encoding it was told by: a byte order mark, what is UTF-8 throughout, or else
 * windows-1252, as older spreadsheets write it. What is none of them, or damaged, is refused.
 */
export function decoded(bytes: Buffer): { encoding: string; text: Iterable<string> } {
    const encoding = encodingOf(bytes)
    return { encoding, text: piecesOf(bytes, encoding) }
}

function encodingOf(bytes: Buffer): string {
    const [a, b, c] = bytes
    if (a === 0xff && b === 0xfe) return 'utf-16le'
    if (a === 0xfe && b === 0xff) return 'utf-16be'
    if (isUtf16(bytes)) throw new Unreadable(`The file looks like UTF-16 without its mark. ${ADVICE}`)
    const zero = bytes.indexOf(0)
    if (zero >= 0) {
        throw new Unreadable(`Line ${lineAt(bytes, zero)} holds a NUL character, which no text has. ${ADVICE}`)
    }
    if (isUtf8(bytes)) return 'utf-8'
    const isMarked = a === 0xef && b === 0xbb && c === 0xbf
    const broken = firstBroken(bytes)
    if (isMarked || broken.letters > 0) {
        throw new Unreadable(`The file is UTF-8, but line ${broken.line} is damaged. ${ADVICE}`)
    }
    const odd = bytes.findIndex((byte) => NOT_IN_1252.has(byte))
    if (odd < 0) return 'windows-1252'
    throw new Unreadable(
        `Line ${lineAt(bytes, odd)} holds a character of an encoding that cannot be told from others. ${ADVICE}`,
    )
}

/** Without a mark: every second byte of its beginning is zero. */
function isUtf16(bytes: Buffer): boolean {
    const head = bytes.subarray(0, 200)
    const zeros = (from: number) => head.filter((byte, place) => place % 2 === from && byte === 0).length
    return head.length >= 4 && Math.max(zeros(0), zeros(1)) > head.length / 3
}

/** The line of the first byte that UTF-8 does not allow, and how many letters of several bytes are right all the same. */
function firstBroken(bytes: Buffer): { line: number; letters: number } {
    let [line, letters, found, lineNow] = [0, 0, false, 1]
    for (let at = 0; at < bytes.length; ) {
        const byte = bytes[at]!
        if (byte === 0x0a) lineNow += 1
        const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
        const isRight = byte < 0x80 || (byte >= 0xc2 && isUtf8(bytes.subarray(at, at + length)))
        if (isRight && length > 1) letters += 1
        if (!isRight && !found) [line, found] = [lineNow, true]
        at += isRight ? length : 1
    }
    return { line, letters }
}

function lineAt(bytes: Buffer, place: number): number {
    return bytes.subarray(0, place).filter((byte) => byte === 0x0a).length + 1
}

function* piecesOf(bytes: Buffer, encoding: string): Generator<string> {
    const decoder = new TextDecoder(encoding, { fatal: true })
    let line = 1
    for (let at = 0; at < bytes.length; at += SLICE) {
        const text = decode(decoder, bytes.subarray(at, at + SLICE), at + SLICE < bytes.length, line)
        line += text.split('\n').length - 1
        yield text
    }
}

function decode(decoder: InstanceType<typeof TextDecoder>, slice: Buffer, stream: boolean, line: number): string {
    const text = attempt(() => decoder.decode(slice, { stream }))
    const zero = text?.indexOf('\0') ?? -1
    if (text !== null && zero < 0) return text
    if (text === null) throw new Unreadable(`The file is damaged near line ${line}. ${ADVICE}`)
    const at = line + text.slice(0, zero).split('\n').length - 1
    throw new Unreadable(`Line ${at} holds a NUL character, which no text has. ${ADVICE}`)
}

function attempt(act: () => string): string | null {
    try {
        return act()
    } catch {
        return null
    }
}
