import { createTheme, type MantineColorsTuple } from '@mantine/core';

const harbour: MantineColorsTuple = [
  '#eaf5fb',
  '#d3e8f4',
  '#a5d0ea',
  '#74b6df',
  '#4ca0d5',
  '#2f8fca',
  '#1b7bb4',
  '#0f699d',
  '#0b5885',
  '#06456a',
];
const dark: MantineColorsTuple = [
  '#d5dce5',
  '#b6c0cd',
  '#97a3b2',
  '#6d7a8a',
  '#3e4957',
  '#2b3340',
  '#1f2732',
  '#161c25',
  '#0f141b',
  '#0a0e13',
];

/** Calm and dense: small type, thin lines, one accent. */
export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 6 },
  colors: { harbour, dark },
  fontFamily: 'Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '32px' },
  headings: {
    fontWeight: '650',
    sizes: { h3: { fontSize: '20px', lineHeight: '28px' }, h5: { fontSize: '15px' }, h6: { fontSize: '13px', lineHeight: '20px' } },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    /* Taking the page's scroll bar away while a drawer is open restyles the whole page; the wheel stays inside without that. */
    Drawer: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, removeScrollProps: { removeScrollBar: false } } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, centered: true } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
  },
});
