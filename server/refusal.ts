/** What the site says no to: the page says what came, and what to do. */
export class Refusal extends Error {
    override readonly name = 'Refusal'
    readonly status: number
    readonly title: string
    /** Where to go on, with what is written on the link. */
    readonly way: { to: string; text: string } | null

    constructor(status: number, title: string, message: string, way: Refusal['way'] = null) {
        super(message)
        this.status = status
        this.title = title
        this.way = way
    }
}

/** There is no such thing, or it is not theirs to see: both are answered alike. */
export function nothingThere(what: string, way: Refusal['way'] = null): Refusal {
    return new Refusal(404, 'Not here', `There is no ${what} here, or it is not yours to see.`, way)
}
