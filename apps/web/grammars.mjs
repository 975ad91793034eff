/**
 * Vite plugin: the diff viewer's highlighter brings all of highlight.js's grammars, 190 languages; here it brings the named ones. They are
 * a megabyte of script to load and run before the first manifest shows.
 */
export const grammars = (languages) => ({
  name: 'slipway:grammars',
  transform(_code, id) {
    if (!id.endsWith('/lowlight/lib/all.js')) return undefined;
    const imports = languages.map((language) => `import ${language} from 'highlight.js/lib/languages/${language}';`);
    return { code: `${imports.join('\n')}\nexport const grammars = { ${languages.join(', ')} };\n`, map: null };
  },
});
