/** Every operation the product offers, once. Hosts, clients, command line and docs derive from it. */
import type { z } from 'zod'
import { annotationOperations } from './contract/annotations.ts'
import { comparisonOperations } from './contract/comparisons.ts'
import { datasetOperations } from './contract/dataset.ts'
import { endpointOperations } from './contract/endpoints.ts'
import { groundingOperations } from './contract/grounding.ts'
import { imageOperations } from './contract/images.ts'
import { modelOperations } from './contract/models.ts'
import { studyOperations } from './contract/studies.ts'
import { tableOperations } from './contract/tables.ts'
import { probeOperations } from './contract/probes.ts'
import { publishOperations } from './contract/publish.ts'
import { triangulationOperations } from './contract/triangulation.ts'

export const contract = {
  ...imageOperations,
  ...comparisonOperations,
  ...modelOperations,
  ...endpointOperations,
  ...groundingOperations,
  ...probeOperations,
  ...studyOperations,
  ...publishOperations,
  ...datasetOperations,
  ...triangulationOperations,
  ...tableOperations,
  ...annotationOperations,
}

export type Contract = typeof contract
export type Name = keyof Contract
export type TaskName = {
  [K in Name]: Contract[K]['kind'] extends 'task' ? K : never
}[Name]
export type CallName = Exclude<Name, TaskName>
/** What a caller writes (defaults may be left out). */
export type Input<K extends Name> = z.input<Contract[K]['input']>
/** What a handler receives (defaults filled in). */
export type Parsed<K extends Name> = z.output<Contract[K]['input']>
export type Output<K extends Name> = z.output<Contract[K]['output']>
export type TaskEvent<K extends TaskName> = Contract[K] extends { event: infer E extends z.ZodType }
  ? z.output<E>
  : never

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

/** What the renderer, the command line and the tests hold. They cannot tell which host is behind it. */
export interface Client {
  call<K extends CallName>(name: K, input: Input<K>, options?: CallOptions): Promise<Output<K>>
  run<K extends TaskName>(
    name: K,
    input: Input<K>,
    options?: CallOptions,
  ): AsyncGenerator<TaskEvent<K>, Output<K>>
}
