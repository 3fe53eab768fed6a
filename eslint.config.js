/** Lint rules: few, all errors, each with a reason a reader can guess. */
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const door = (name, file) => ({
  name,
  message: `Only ${file} may import ${name}.`,
  allowTypeImports: true,
})
const DOORS = [
  ['onnxruntime-node', 'src/engine/ort.ts'],
  ['sharp', 'src/engine/image/decode.ts'],
  ['better-sqlite3', 'src/store/database.ts'],
  ['openai', 'src/endpoints/ask.ts'],
  ['undici', 'src/endpoints/connection.ts'],
]

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', 'coverage', 'test-results', 'playwright-report'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.node.json', './tsconfig.web.json', './tsconfig.ui-test.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'max-lines': ['error', 400],
      'max-params': ['error', 4],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-implied-eval': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Captions are hostile text: text nodes only.' },
        { property: 'outerHTML', message: 'Captions are hostile text: text nodes only.' },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: DOORS.map(([name, file]) => door(name, file)) },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
        {
          selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
          message: 'Captions are hostile text: text nodes only.',
        },
      ],
    },
  },
  ...DOORS.map(([, file]) => ({
    files: [file],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  })),
  {
    files: ['bench/**', 'models/**/*.ts', 'test/**'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off', 'max-params': 'off' },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
)
