/** Long work: phase, fraction, time left and, beside it, Cancel. */
export interface ProgressProps {
  readonly label: string
  /** 0 to 1; null while it cannot be known. */
  readonly fraction: number | null
}

export function Progress({ label, fraction }: ProgressProps) {
  const percent = fraction === null ? undefined : Math.round(fraction * 100)
  return (
    <span
      className={fraction === null ? 'track unknown' : 'track'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <i style={{ width: `${percent ?? 30}%` }} />
    </span>
  )
}
