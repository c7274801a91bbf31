import type { Story } from './story.ts'

const RUNS = ['hourly', 'hourly', 'nightly'] as const
type Runs = readonly (typeof RUNS)[number][]

/** So much later that no index hides anything, and whatever was sent is there or never will be. */
export const later = (story: Story) => story.sandbox.control('clock.advance', { seconds: 11 * 60 })

/** Runs that far apart, whatever the oracle would say of them. */
export const runsLater = (story: Story, jobs: Runs = RUNS) => each(story, jobs, (job) => story.run(job))

/** Runs that far apart, each judged by the oracle. */
export const judgedLater = (story: Story, jobs: Runs = RUNS) => each(story, jobs, (job) => story[job]())

async function each(story: Story, jobs: Runs, run: (job: Runs[number]) => Promise<unknown>): Promise<void> {
    for (const job of jobs) {
        await later(story)
        await run(job)
    }
}
