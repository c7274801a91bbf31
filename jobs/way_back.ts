import type { ConnectionRow } from '../sql/stores/stores.ts'

/** How a connection that is not connected is connected again (D14). */
const WAY_BACK = {
    requested: 'it waits to be accepted',
    blocked: 'see crossdock unblock',
    disconnected: 'see crossdock reconnect',
}

/** What a person is told of a connection that stands still: its state and the way back; null of one that is connected. */
export function stillOf({ connection_id, state }: ConnectionRow): string | null {
    return state === 'connected' ? null : `Connection ${connection_id} is ${state}: ${WAY_BACK[state]}.`
}
