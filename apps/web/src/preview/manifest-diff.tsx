import '@git-diff-view/react/styles/diff-view-pure.css';
import './manifest-diff.css';
import { DiffModeEnum, DiffView } from '@git-diff-view/react';
import { SegmentedControl, Text, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { stringify } from 'yaml';
import type { PreviewView } from '../api/client';
import { DiffList } from './diff-list';
import { unifiedDiff } from './line-diff';
import { manifestBefore } from './manifest-before';

const toYaml = (value: unknown): string => stringify(value, { sortMapEntries: true, lineWidth: 0 });
const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** What runs now against what will run, side by side or in one column. */
export default function ManifestDiff({ preview }: { preview: PreviewView }) {
  const scheme = useComputedColorScheme('light');
  const narrow = useMediaQuery('(max-width: 62em)');
  const [chosen, setChosen] = useState<'split' | 'unified'>();
  const mode = chosen ?? (narrow ? 'unified' : 'split');
  const data = useMemo(() => {
    const { diff, diff_truncated: cut } = preview.preview;
    const before = cut ? undefined : manifestBefore(preview.manifest, diff);
    if (before === undefined) return undefined;
    const [oldText, newText] = [isEmpty(before) ? '' : toYaml(before), toYaml(preview.manifest)];
    return {
      oldFile: { fileName: 'manifest.yaml', fileLang: 'yaml', content: oldText },
      newFile: { fileName: 'manifest.yaml', fileLang: 'yaml', content: newText },
      hunks: unifiedDiff(oldText, newText),
    };
  }, [preview]);
  if (!data) return <DiffList of={preview.preview} />;
  if (data.hunks.length === 0)
    return (
      <Text size="sm" c="var(--quiet)">
        Nothing in the manifest differs from what runs now.
      </Text>
    );
  return (
    <div className="manifest-diff">
      <SegmentedControl
        size="xs"
        aria-label="Layout of the differences"
        value={mode}
        onChange={(value) => setChosen(value === 'split' ? 'split' : 'unified')}
        data={[
          { value: 'split', label: 'Side by side' },
          { value: 'unified', label: 'Unified' },
        ]}
      />
      <div className="manifest-diff-frame" tabIndex={0} role="region" aria-label="Differences of the manifest">
        <DiffView
          data={data}
          diffViewMode={mode === 'split' ? DiffModeEnum.Split : DiffModeEnum.Unified}
          diffViewTheme={scheme}
          diffViewHighlight
          diffViewWrap
          diffViewFontSize={12}
        />
      </div>
    </div>
  );
}
