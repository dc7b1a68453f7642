import { describe, expect, it } from 'vitest';
import { buyPrice, sellPrice } from './formulas-prices.ts';
import { world } from './world.ts';

describe('prices of shops', () => {
  it('follow the rate of the map, and are never nothing', () => {
    expect(buyPrice(50, 100)).toBe(50);
    expect(buyPrice(50_000, 120)).toBe(60_000);
    expect(buyPrice(7, 120)).toBe(9);
    expect(buyPrice(0, 100)).toBe(1);
  });

  it('are 30 % for what is sold, less for what is worn', () => {
    expect(sellPrice(100, 100)).toBe(30);
    expect(sellPrice(100, 120)).toBe(36);
    expect(sellPrice(100, 100, 500)).toBe(15);
    expect(sellPrice(100, 100, 0)).toBe(0);
    expect(sellPrice(3, 100)).toBe(0);
  });

  it('let nobody grow rich by carrying goods from one map to another', () => {
    const rates = [...world.maps.values()].map(({ priceRate }) => priceRate);
    for (const { price } of world.items) {
      if (price === 0) continue;
      const cheapest = Math.min(...rates.map((rate) => buyPrice(price, rate)));
      const dearest = Math.max(...rates.map((rate) => sellPrice(price, rate)));
      expect(dearest).toBeLessThan(cheapest);
    }
  });
});
