import { WISH_SLOTS } from '../../../shared/sections/wishes.ts';
import type { ShopPacket } from '../sections.ts';

/** Writes a wish into its slot, or takes it out with an empty item. The protocol has no answer; the list is shown at the next entry. */
export const wishlistAdd: ShopPacket<'CLI_WISHLIST_ADD'> = ({ sections }, { index, item }) => {
  if (index >= WISH_SLOTS) return { refused: 'bad_slot' };
  const { [String(index)]: _before, ...others } = sections.wishes?.slots ?? {};
  const { header } = item.header;
  const wish = { [String(index)]: { header, data: item.data.count } };
  return {
    state: {
      sections: { wishes: { ...sections.wishes, slots: header === 0 ? others : { ...others, ...wish } } },
    },
  };
};
