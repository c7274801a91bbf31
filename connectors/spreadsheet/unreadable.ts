/** A file that is refused as it is: the sentence says what came, where, and what to do. */
export class Unreadable extends Error {
    override readonly name = 'Unreadable'
}
