import { Module } from '@nestjs/common';
import { BasisReader } from './basis.reader';
import { CurrentBasisReader } from './current.basis';
import { PromotionReader } from './promotion.reader';
import { SecretPins } from './secret.pins';
import { SlotHistoryReader } from './slot.history';

const readers = [BasisReader, SlotHistoryReader, SecretPins, PromotionReader, CurrentBasisReader];

/** What command handlers and reactions read of a release's surroundings. */
@Module({ providers: readers, exports: readers })
export class BasisModule {}
