/** The bar on top: name, screens, search, theme. Only what exists has a tab. */
import { Contrast, Moon, Search, Sun, Upload } from 'lucide-react'
import { openExport } from '../export/export-store.ts'
import { SCREENS } from '../screens.ts'
import { showScreen, showSheet, useScreen } from '../stores/screen.ts'
import { nextTheme, useTheme, type Theme } from '../stores/theme.ts'
import { Button } from '../ui/Button.tsx'
import { Kbd } from '../ui/Kbd.tsx'

const THEMES: Readonly<Record<Theme, { readonly label: string; readonly icon: typeof Sun }>> = {
  system: { label: 'Theme: follow the system', icon: Contrast },
  light: { label: 'Theme: light', icon: Sun },
  dark: { label: 'Theme: dark', icon: Moon },
}

function Brand() {
  return (
    <div className="brand">
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <path d="M3 4.5h9" stroke="var(--ink)" strokeWidth="2" opacity=".38" />
        <path d="M6.5 10H17" stroke="currentColor" strokeWidth="2.4" />
        <path d="M3 15.5h14" stroke="var(--ink)" strokeWidth="2" />
      </svg>
      Realign
    </div>
  )
}

function ThemeButton() {
  const theme = useTheme((state) => state.theme)
  const { label, icon: Icon } = THEMES[theme]
  return (
    <button
      type="button"
      className="btn quiet"
      aria-label={label}
      title={label}
      onClick={nextTheme}
    >
      <Icon className="icon" aria-hidden="true" />
    </button>
  )
}

export function TopBar() {
  const screen = useScreen((state) => state.screen)
  return (
    <header className="bar">
      <Brand />
      <nav className="tabs" aria-label="Screens">
        {SCREENS.map((tab, index) => (
          <button
            key={tab.screen}
            type="button"
            aria-current={tab.screen === screen ? 'page' : undefined}
            aria-keyshortcuts={String(index + 1)}
            title={`${tab.title}, key ${index + 1}`}
            onClick={() => showScreen(tab.screen)}
          >
            {tab.title}
          </button>
        ))}
      </nav>
      <button
        type="button"
        className="palette-button"
        aria-keyshortcuts="Control+K"
        onClick={() => showSheet('palette')}
      >
        <Search className="icon" aria-hidden="true" />
        <span className="grow">Search or run a command</span>
        <span aria-hidden="true">
          <Kbd keys="Ctrl K" />
        </span>
      </button>
      <Button
        icon={<Upload className="icon" aria-hidden="true" />}
        label="Export (Shift E)"
        onPress={openExport}
      >
        Export
      </Button>
      <ThemeButton />
    </header>
  )
}
