/** What a deed is told from. */
type Done = { what: string; lines: string | null; items?: string | null; job?: string | null }

/** What was done, as a sentence goes on after a name. */
const deeds: Readonly<Record<string, string>> = {
    'connection.set': 'connected the stores, or gave them other settings',
    'settings.changed': 'changed the settings',
    'connection.end_asked': 'asked for the end of the connection',
    'connection.blocked': 'blocked the connection',
    'connection.unblocked': 'unblocked the connection',
    'connection.disconnected': 'disconnected the stores',
    'connection.reconnected': 'reconnected the stores',
    'join.asked': 'asked to join',
    'join.key_used': 'joined by a key',
    'join.approved': 'agreed to a wish to join',
    'join.refused': 'refused a wish to join',
    'join.taken_back': 'took a wish to join back',
    'join.connected': 'connected the stores by a wish to join',
    'join.code_renewed': 'renewed the join code',
    'join.key_made': 'made a key',
    'join.key_taken_back': 'took a key back',
    'join.missed': 'tried a join code or key that is none',
    'store.added': 'added the store, or gave it its token anew',
    'store.invited': 'added the store, whose owner has to let us in',
    'store.let_in': 'let us in by Shopify',
    'store.read': 'asked the store who it is',
    'store.entered': 'came in',
    'store.signed_out': 'signed its people out',
    'store.forgotten': 'forgot a store that never let us in',
    'store.push': 'switched automatic pushes of the store',
    'store.role_changed': 'changed the role of the store',
    'link.made': 'made a one-time link',
    'operator.password_set': 'set a password',
    'account.created': 'made the account',
    'run.queued': 'asked for a run',
    'run.dropped': 'asked for a run whose like was waiting',
    'run.begun': 'began a run',
    'run.taken_over': 'took a run over',
    'run.given_up': 'gave a run up',
    'run.done': 'ended a run',
    'run.held': 'ended a run that left something for a person',
    'run.failed': 'failed at a run',
    'mirrors.released': 'let money go that waited',
    'lines.approve': 'approved lines of a change set',
    'lines.reject': 'rejected lines of a change set',
    'lines.keep': 'kept what the destination has',
    'lines.replace': 'approved lines with another value',
    'lines.offered_again': 'offered a product again that was rejected',
    'orders.push': 'asked for orders to be pushed',
    'orders.hold': 'held orders back',
    'orders.released': 'released orders',
    'findings.ignored': 'put findings of SKU health aside',
    'upload.variant_map': 'applied a mapping file',
    'movements.released': 'ended stock movements',
}

/** What was chosen for the items when a connection ended. */
const ITEMS: Readonly<Record<string, string>> = {
    leave: 'items left as they are',
    zero: 'stock set to 0',
    draft: 'items made drafts',
    delete: 'items deleted',
}

/** An event of the log in words; one that has none is told by its code. */
export function deedOf({ what, lines, items = null, job = null }: Done): string {
    const deed = deeds[what] ?? what.replaceAll(/[._]/g, ' ')
    const more = lines ?? (items && (ITEMS[items] ?? items)) ?? job?.replaceAll('_', ' ')
    return more ? `${deed} (${more})` : deed
}
