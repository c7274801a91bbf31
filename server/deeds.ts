import type { Activity } from '../sql/pages/connections.ts'

/** What was done, as a sentence goes on after a name. */
const deeds: Readonly<Record<string, string>> = {
    'connection.set': 'connected the stores, or gave them other settings',
    'connection.end_asked': 'asked for the end of the connection',
    'connection.blocked': 'blocked the connection',
    'connection.unblocked': 'unblocked the connection',
    'connection.disconnected': 'disconnected the stores',
    'connection.reconnected': 'reconnected the stores',
    'lines.approve': 'approved lines of a change set',
    'lines.reject': 'rejected lines of a change set',
    'lines.keep': 'kept what the destination has',
    'lines.replace': 'approved lines with another value',
    'orders.push': 'asked for orders to be pushed',
    'orders.hold': 'held orders back',
    'orders.released': 'released orders',
    'upload.variant_map': 'applied a mapping file',
    'movements.released': 'ended stock movements',
}

/** An event of the log in words; one that has none is told by its code. */
export function deedOf({ what, lines }: Activity): string {
    const deed = deeds[what] ?? what.replaceAll(/[._]/g, ' ')
    return lines === null ? deed : `${deed} (${lines})`
}
