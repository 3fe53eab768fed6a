/** Names and types of exported columns; every data format writes the same ones. */
export type DataValue = string | number | boolean | null
export type DataRow = readonly DataValue[]

export interface DataColumn {
  readonly name: string
  readonly type: 'text' | 'number' | 'integer' | 'boolean'
}

export const text = (name: string): DataColumn => ({ name, type: 'text' })
export const number = (name: string): DataColumn => ({ name, type: 'number' })
export const integer = (name: string): DataColumn => ({ name, type: 'integer' })

/** One row a cell. The first fourteen are the results format of the product; the rest make it traceable. */
export const LONG_COLUMNS: readonly DataColumn[] = [
  text('image'),
  text('image_sha256'),
  text('alt_kind'),
  text('alt_text'),
  text('model'),
  text('model_sha256'),
  integer('seed'),
  number('temperature'),
  number('top_p'),
  text('caption'),
  integer('n_tokens'),
  number('clip_score'),
  text('clip_model'),
  text('created_at'),
  integer('top_k'),
  { name: 'greedy', type: 'boolean' },
  text('variant'),
  text('clip_model_sha256'),
  number('clip_score_delta'),
  text('clip_score_baseline'),
  number('log_prob'),
  text('class_name'),
  text('run_id'),
  text('cell_id'),
  /** JSON arrays of marks, or null where none were made. */
  text('alt_marks'),
  text('caption_marks'),
  /** What a reader must know of the row, e.g. that it changed on disk. */
  text('notes'),
  /** Of a caption that leaves another one: which, at which token (from 0), and the text that was forced there. */
  text('branch_of'),
  integer('branch_token'),
  text('branch_forced'),
  /** As the Statistics table counts them; entities and copying against the alt-text of the row, entities where it is empty against the image's own. */
  integer('n_words'),
  integer('n_sentences'),
  integer('alt_entities'),
  integer('alt_entities_kept'),
  { name: 'copied_whole', type: 'boolean' },
]

/** In the order of METRICS. */
const METRIC_NAMES = [
  ...['bleu1', 'meteor', 'rouge_l', 'cider', 'np_f1', 'np_precision', 'np_recall', 'bleu4'],
]

/** After LONG_COLUMNS where references are named: of this caption alone, so that BLEU is not Table 1's of a whole corpus. */
export const MEASURED_COLUMNS: readonly DataColumn[] = [
  ...METRIC_NAMES.map(number),
  number('length_ratio'),
]

/** One row a condition and captioner: means over images. */
export const MEANS_COLUMNS: readonly DataColumn[] = [
  text('alt_kind'),
  text('model'),
  text('model_sha256'),
  integer('captions'),
  integer('images'),
  number('clip_score'),
  integer('clip_score_n'),
  number('clip_score_delta'),
  integer('clip_score_delta_n'),
  /** What all differences are to: a kind of alt-text, 'alt-text' itself, or CAPTIONER,KIND. */
  text('clip_score_baseline'),
  number('n_words'),
  text('clip_model'),
  text('clip_model_sha256'),
  /** Captions that what people wrote measures; all x 100. Null without references. */
  integer('reference_n'),
  ...METRIC_NAMES.flatMap((name) => [number(name), number(`${name}_delta`)]),
  /** Words to words of the references. */
  number('length_ratio'),
  /** Captions that the differences of these metrics are over. */
  integer('reference_delta_n'),
]

/** Columns of the wide form: what is known of the image, then four for every condition. */
export const WIDE_IMAGE_COLUMNS: readonly DataColumn[] = [
  text('image'),
  text('image_sha256'),
  text('class_name'),
]

export const WIDE_CONDITION_COLUMNS = ['alt_text', 'caption', 'clip_score', 'cell_id'] as const

export const wideColumns = (keys: readonly string[]): readonly DataColumn[] => [
  ...WIDE_IMAGE_COLUMNS,
  ...keys.flatMap((key) =>
    WIDE_CONDITION_COLUMNS.map((name) =>
      name === 'clip_score' ? number(`${key}_${name}`) : text(`${key}_${name}`),
    ),
  ),
]
