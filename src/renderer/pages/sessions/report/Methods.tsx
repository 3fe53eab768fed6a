/** The paragraph for the paper, with every number in it. */
import { Copy } from 'lucide-react'
import { copyText } from '../../../actions.ts'
import type { StudyReport } from '../../../../shared/study-report.ts'
import { Button } from '../../../ui/Button.tsx'

export function Methods({ report }: { readonly report: StudyReport }) {
  return (
    <section className="sheet report-part" aria-labelledby="methods-title">
      <div className="report-head">
        <h3 id="methods-title" className="grow">
          Methods paragraph
        </h3>
        <Button
          icon={<Copy className="icon" aria-hidden="true" />}
          onPress={() => void copyText(report.methods, 'Methods paragraph')}
        >
          Copy
        </Button>
      </div>
      <p className="methods wrap">{report.methods}</p>
    </section>
  )
}
