/** Electron's security checklist, row by row, held against our own settings (FAULTS R4, R7, R8). */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { isTrustedSender } from '../../src/main/trusted-sender.ts'
import { mayNavigate, windowPreferences } from '../../src/main/window-preferences.ts'
import { CONTENT_SECURITY_POLICY } from '../../src/server/headers.ts'

describe('desktop security', () => {
  test('every window is sandboxed, isolated and without Node', () => {
    expect(windowPreferences('preload.cjs')).toEqual({
      preload: 'preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
  })

  test('fuses are set for a release', () => {
    const config = parse(readFileSync('electron-builder.yml', 'utf8')) as {
      electronFuses: Record<string, boolean>
    }
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test('the main process enables the sandbox and denies permissions before any window', () => {
    const source = readFileSync('src/main/main.ts', 'utf8')
    expect(source).toContain('app.enableSandbox()')
    expect(source.indexOf('denyPermissions()')).toBeLessThan(source.indexOf('await show()'))
    expect(source).not.toMatch(/openExternal|nodeIntegration: true|webSecurity: false/)
  })

  test('the page policy starts from nothing', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'")
    expect(CONTENT_SECURITY_POLICY).toContain("script-src 'self'")
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|\*/)
  })

  const PLACES: readonly (readonly [string, boolean])[] = [
    ['app://realign/index.html', true],
    ['app://realign/', true],
    ['app://realign/rate.html#token=x', true],
    ...[
      'app://evil/index.html',
      'app://realign.evil/index.html',
      'https://example.org/',
      'http://127.0.0.1:4100/',
      'file:///etc/passwd',
      'smb://server/share',
      'ms-msdt:/id',
      'javascript:alert(1)',
      'data:text/html,x',
      'blob:app://realign/x',
      'about:blank',
      'vbscript:x',
      'realign-picture://p/x',
      'https://app://realign/',
      '//realign/index.html',
      '\tjavascript:alert(1)',
      'java\nscript:alert(1)',
      'chrome://settings',
      'devtools://x',
      'view-source:app://realign/',
      'mailto:a@b.c',
      '',
      'not a url',
    ].map((url) => [url, false] as const),
  ]
  test.each(PLACES)('navigation to %j: %s', (url, allowed) => {
    expect(mayNavigate(url)).toBe(allowed)
  })

  test('only the top frame of our own page may send', () => {
    expect(isTrustedSender({ url: 'app://realign/index.html', parent: null })).toBe(true)
    const frames = [
      null,
      undefined,
      { url: '' },
      { url: 'about:blank' },
      { url: 'app://evil/index.html' },
      { url: 'app://realign.evil/' },
      { url: 'https://app://realign/' },
      { url: 'app://realign/index.html', parent: { url: 'app://realign/index.html' } },
      { url: 'file:///x' },
    ]
    expect(frames.map(isTrustedSender)).toEqual(frames.map(() => false))
  })
})
