/** Says by name what a run of the tests left out, for a count alone tells nobody what was not seen. */
import type { Reporter, TestModule } from 'vitest/node'

export class Skipped implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const left = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map(
        (test) => `${module.relativeModuleId}: ${test.fullName}`,
      ),
    )
    if (left.length > 0)
      console.warn(`Left out here, ${String(left.length)}:\n  ${left.join('\n  ')}`)
  }
}
