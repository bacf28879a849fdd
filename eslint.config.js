import js from '@eslint/js'
import node from 'eslint-plugin-n'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

const SIZES = {
  'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': [
    'error',
    { max: 40, skipBlankLines: true, skipComments: true, IIFEs: true },
  ],
  complexity: ['error', 10],
}

export default ts.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.cache/**',
      'data/**',
      'web/src/generated/**',
      '**/test-results/**',
      '**/playwright-report/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,vue}'],
    extends: [...ts.configs.recommended],
    languageOptions: {
      parserOptions: {
        parser: ts.parser,
        project: [
          './api/tsconfig.json',
          './web/tsconfig.json',
          './e2e/tsconfig.json',
          './tsconfig.json',
        ],
        extraFileExtensions: ['.vue'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      ...SIZES,
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['web/**/*.vue'] })),
  {
    files: ['web/**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true }],
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'off',
    },
  },
  {
    files: ['api/src/**/*.ts'],
    ignores: ['api/src/config/**', '**/*.test.ts'],
    plugins: { n: node },
    rules: { 'n/no-process-env': 'error', 'no-console': 'error' },
  },
  {
    // A table of cases reads best in one piece.
    files: ['**/*.test.ts', '**/*.e2e.ts', 'api/test/**', 'e2e/**', 'api/src/db/migrations/**'],
    rules: { 'max-lines-per-function': 'off', complexity: 'off', 'no-console': 'off' },
  },
  { files: ['api/src/cli/**', 'api/src/main.ts'], rules: { 'no-console': 'off' } },
  { files: ['web/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.{js,mjs,cjs}', 'e2e/**', 'api/**'],
    languageOptions: { globals: { ...globals.node } },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
)
