import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { homeFolder } from '../embedded/place.ts'

const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_FILE = 'key'

/** The key that seals credentials: 32 bytes, known to this machine and never to the database. */
export type SealingKey = Buffer

/**
 * CROSSDOCK_KEY (32 bytes as 64 hexadecimal digits or base64), or else the file `key` in CROSSDOCK_HOME, which is made
 * at first use and readable by its owner alone. Throws a sentence where the key given is none.
 */
export async function sealingKey(): Promise<SealingKey> {
    const given = process.env.CROSSDOCK_KEY
    if (given) return keyFrom(given, 'CROSSDOCK_KEY')
    const file = join(homeFolder(), KEY_FILE)
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return makeKeyFile(file)
        throw error
    })
    return keyFrom(text.trim(), file)
}

/** Seals a text; `about` says whose it is, and only the same `about` opens it again. Returns nonce, tag and text. */
export function seal(key: SealingKey, text: string, about: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(about))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** The text that was sealed. Throws where the key is another one, or the bytes were changed or are another store's. */
export function unseal(key: SealingKey, sealed: Buffer, about: string): string {
    const nonce = sealed.subarray(0, NONCE_BYTES)
    const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(about)).setAuthTag(tag)
    try {
        return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    } catch {
        // The cause says nothing more, and may not be trusted to hold nothing secret.
        throw new Error(
            `The credentials of ${about} were sealed with another key. Start with the CROSSDOCK_KEY (or the file ` +
                `${KEY_FILE} in CROSSDOCK_HOME) they were sealed with, or give them again with store add.`,
        )
    }
}

function keyFrom(text: string, where: string): SealingKey {
    const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64')
    if (key.length === KEY_BYTES) return key
    throw new Error(
        `Expected ${where} to hold a key of 32 bytes (64 hexadecimal digits, or base64), got ${key.length} bytes. ` +
            `Make one with: openssl rand -hex 32`,
    )
}

/** Written whole beside its place and linked there only if none has come: of two first starts one key stands. */
async function makeKeyFile(file: string): Promise<string> {
    await mkdir(homeFolder(), { recursive: true })
    const draft = `${file}.${randomBytes(8).toString('hex')}`
    try {
        await writeFile(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600 })
        await link(draft, file).catch((error: NodeJS.ErrnoException) => {
            if (error.code !== 'EEXIST') throw error
        })
    } finally {
        await rm(draft, { force: true })
    }
    return readFile(file, 'utf8')
}
