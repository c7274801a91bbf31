import { statfs } from 'node:fs/promises'

/** Parallel hash joins at our work_mem share up to this much; many containers give /dev/shm 64 MB. */
const ENOUGH_SHARED_MEMORY = 512 * 1024 * 1024

/** What fits bulk loads and whole-table comparisons on one small machine. */
const BASE = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    random_page_cost: '1.1',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // No replicas: so a COPY into a table made in the same transaction need not be logged.
    wal_level: 'minimal',
    max_wal_senders: '0',
    // A statement whose client was killed ends within a second instead of working on for nobody.
    client_connection_check_interval: '1s',
    jit: 'off',
    log_checkpoints: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
}

/** For servers whose data may be lost with the machine: tests and benches. */
const EXPENDABLE = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

/** The server's settings as command line arguments. */
export async function serverArguments(port: number, expendable: boolean): Promise<string[]> {
    const all = {
        ...BASE,
        ...(expendable ? EXPENDABLE : {}),
        ...((await isSharedMemoryScarce()) ? { dynamic_shared_memory_type: 'mmap' } : {}),
        port: String(port),
    }
    return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function isSharedMemoryScarce(): Promise<boolean> {
    const shared = await statfs('/dev/shm').catch(() => null) // absent on macOS, where it is not used
    return shared !== null && shared.bavail * shared.bsize < ENOUGH_SHARED_MEMORY
}
