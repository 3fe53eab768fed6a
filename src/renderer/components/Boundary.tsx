/** Where a page fails to draw, this stands in its place; the rest of the workbench goes on. */
import { Component, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'

interface Fallen {
  readonly message: string | null
}

/** The only way React has to catch what a component throws is a class. */
export class Boundary extends Component<{ readonly children: ReactNode }, Fallen> {
  override readonly state: Fallen = { message: null }

  static getDerivedStateFromError(error: unknown): Fallen {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    const { message } = this.state
    if (message === null) return this.props.children
    return (
      <main className="centred" role="alert">
        <div className="empty">
          <p>This page could not be drawn. Nothing in the workspace is lost.</p>
          <code className="wrap">{message}</code>
          <Button look="primary" onPress={() => location.reload()}>
            Load it again
          </Button>
        </div>
      </main>
    )
  }
}
