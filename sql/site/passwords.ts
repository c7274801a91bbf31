import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** 64 MB and about 0.2 s a try: dear for whoever guesses, bearable for whoever signs in. */
const COST = { N: 2 ** 16, r: 8, p: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32
const SHORTEST = 12
const LONGEST = 200

/** @throws a sentence where a password is too short or too long to be one. */
export function refuseWeak(password: string): void {
    if (password.length >= SHORTEST && password.length <= LONGEST) return
    throw new Error(
        `Expected a password of ${SHORTEST} to ${LONGEST} characters, got ${password.length}. A few words make a good one.`,
    )
}

/** A password as it is kept: `scrypt$65536$8$1$<salt>$<hash>`. */
export async function hashPassword(password: string): Promise<string> {
    refuseWeak(password)
    const salt = randomBytes(SALT_BYTES)
    const hash = await derive(password, salt, COST)
    return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$')
}

/** Whether a password is the one that is kept. Without one kept it takes as long and is false. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
    const [, N, r, p, salt, hash] = (kept ?? NOBODY).split('$')
    const expected = Buffer.from(hash ?? '', 'base64')
    const cost = { N: Number(N), r: Number(r), p: Number(p) }
    const came = await derive(password.slice(0, LONGEST), Buffer.from(salt ?? '', 'base64'), cost)
    return timingSafeEqual(came, expected) && kept !== null
}

const NOBODY = ['scrypt', COST.N, COST.r, COST.p, '', Buffer.alloc(HASH_BYTES).toString('base64')].join('$')

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
    const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r }
    return new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) =>
            error ? reject(error) : resolve(key),
        )
    })
}
