/** Resolves when the signal is aborted: this process was asked to end. */
export function untilEnded(signal: AbortSignal): Promise<void> {
    // A pending promise alone would not keep the process.
    const stay = setInterval(() => undefined, 2 ** 30)
    return new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        signal.addEventListener('abort', () => resolve(), { once: true })
    }).finally(() => clearInterval(stay))
}
