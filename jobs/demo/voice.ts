import type { WriteStream } from 'node:tty'
import { styleText } from 'node:util'

/** What is said fits here; longer lines are cut. */
export const WIDTH = 80

/** Says lines to a person; colours only where they are at a terminal. */
export type Voice = {
    say(line?: string): void
    /** A step of the demo, with the command that a person would type for it. */
    step(text: string, command?: string): void
    bold(text: string): string
    dim(text: string): string
    good(text: string): string
    bad(text: string): string
}

export function createVoice(stream: WriteStream | NodeJS.WriteStream): Voice {
    const style = (format: Parameters<typeof styleText>[0]) => (text: string) => styleText(format, text, { stream })
    const voice: Voice = {
        say: (line = '') => void stream.write(`${line}\n`),
        step(text, command) {
            const gap = Math.max(2, WIDTH - text.length - (command?.length ?? 0))
            voice.say()
            voice.say(voice.bold(text) + (command ? ' '.repeat(gap) + voice.dim(command) : ''))
        },
        bold: style('bold'),
        dim: style('dim'),
        good: style('green'),
        bad: style('red'),
    }
    return voice
}

/** 1,834 */
export function count(n: number): string {
    return n.toLocaleString('en-GB')
}

/** `3 products`, `1 product` */
export function several(n: number, noun: string): string {
    return `${count(n)} ${noun}${n === 1 ? '' : 's'}`
}

/** A text cut to so many characters. */
export function cut(text: string, width: number): string {
    const line = text.replaceAll(/\s+/g, ' ').trim()
    return line.length > width ? `${line.slice(0, width - 1)}…` : line
}

/** `corner-shop` of corner-shop.example: the shops of the demo all end alike. */
export function short(domain: string): string {
    return domain.replace(/\.example$/, '')
}
