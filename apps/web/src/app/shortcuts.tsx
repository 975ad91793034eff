import { Kbd, Modal, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Place } from './shell';
import { useFocusGivenBack } from '../display/focus-given-back';

const IN_LISTS: readonly (readonly [readonly string[], string])[] = [
  [['j', 'k'], 'the next row, the one before; the arrows do it, too'],
  [['Enter'], 'opens the row'],
  [['Space'], 'chooses the row, where several can be decided at once'],
  [['1', '2', '3'], 'the inbox’s tabs: mine, pending, all'],
  [['/'], 'searches the inbox'],
  [['Esc'], 'closes a drawer or a dialog, back to the row'],
];

/** What can be done by keys, everywhere and in lists. */
export default function Shortcuts({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  useFocusGivenBack();
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="md">
      <Table fz="sm" verticalSpacing={6} aria-label="Keyboard shortcuts">
        <Table.Tbody>
          {places.map(({ key, label }) => (
            <Shortcut key={key} keys={['Alt', key]} joint="+" says={`goes to ${label}`} />
          ))}
          {IN_LISTS.map(([keys, says]) => (
            <Shortcut key={says} keys={keys} joint=" " says={says} />
          ))}
          <Shortcut keys={['?']} joint="" says="shows this" />
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

const Shortcut = ({ keys, joint, says }: { keys: readonly string[]; joint: string; says: string }) => (
  <Table.Tr>
    <Table.Th fw={400} scope="row" w={130}>
      {keys.flatMap((key, index): ReactNode[] => [index > 0 && joint, <Kbd key={key}>{key}</Kbd>])}
    </Table.Th>
    <Table.Td>{says}</Table.Td>
  </Table.Tr>
);
