import { html, svg } from 'lit';

// Drawn on 96 × 96: `b` is the body, `p` what stands out, `l` a line.
const parcel = svg`<path class="b" d="M18 36l30-14 30 14v34L48 84 18 70z"/><path class="l" d="M18 36l30 14 30-14M48 50v34"/><path class="p" d="M33 29l30 14v12l-8-4v-5L26 33z"/>`;

/** What is drawn, by the words of the product's id or name; anything else comes in a parcel. @type {[RegExp, unknown][]} */
const DRAWINGS = [
  [/rice.?cooker|pressure|cooker/i, svg`<path class="b" d="M20 44h56v22a12 12 0 0 1-12 12H32a12 12 0 0 1-12-12z"/><path class="p" d="M22 44c0-14 11-20 26-20s26 6 26 20z"/><path class="l" d="M44 20h8M14 52h6M76 52h6"/><circle class="p" cx="48" cy="61" r="6"/>`],
  [/fryer/i, svg`<rect class="b" x="26" y="14" width="44" height="66" rx="16"/><rect class="p" x="33" y="46" width="30" height="24" rx="5"/><path class="l" d="M42 56h12M38 28h20"/>`],
  [/\bhob/i, svg`<rect class="b" x="12" y="32" width="72" height="36" rx="7"/><circle class="l" cx="32" cy="50" r="11"/><circle class="l" cx="64" cy="50" r="11"/><circle class="p" cx="32" cy="50" r="4"/><circle class="p" cx="64" cy="50" r="4"/>`],
  [/oven|microwave/i, svg`<rect class="b" x="12" y="24" width="72" height="48" rx="7"/><rect class="p" x="20" y="33" width="42" height="30" rx="4"/><circle class="l" cx="73" cy="39" r="4"/><circle class="l" cx="73" cy="56" r="4"/><path class="l" d="M26 72v5M70 72v5"/>`],
  [/blender|juicer/i, svg`<path class="b" d="M33 20h30l-4 34H37z"/><path class="p" d="M35 38h26l-2 16H37z"/><path class="b" d="M36 54h24l7 26H29z"/><circle class="p" cx="48" cy="68" r="4"/><path class="l" d="M63 26h9v16H61M38 14h20"/>`],
  [/kettle|thermo/i, svg`<path class="b" d="M34 30h26l9 46H25z"/><path class="p" d="M38 20h18l4 10H34z"/><path class="l" d="M63 36c18 0 20 24 4 28M33 40l-11-8"/>`],
  [/phin|dripper/i, svg`<path class="b" d="M34 24h28v24H34z"/><path class="p" d="M24 48h48v6H24z"/><path class="b" d="M36 54h24l-3 28H39z"/><path class="p" d="M38 68h20l-1 14H39z"/><path class="l" d="M30 24h36M44 17h8"/>`],
  [/coffee|espresso/i, svg`<path class="b" d="M24 16h48v16H48v32h24v16H24z"/><path class="p" d="M52 46h18v8a9 9 0 0 1-18 0z"/><path class="l" d="M61 32v6M32 25h8M32 72h32"/>`],
  [/hood/i, svg`<path class="b" d="M38 14h20v24H38z"/><path class="p" d="M14 60c0-14 18-22 34-22s34 8 34 22z"/><path class="l" d="M30 68v9M48 68v9M66 68v9"/>`],
  [/purifier|dehumidifier/i, svg`<rect class="b" x="27" y="11" width="42" height="72" rx="9"/><path class="l" d="M37 24h22M37 32h22M37 40h22"/><circle class="p" cx="48" cy="62" r="10"/>`],
  [/fridge|refrigerator/i, svg`<rect class="b" x="27" y="9" width="42" height="76" rx="6"/><path class="l" d="M27 36h42M35 19v9M35 45v14"/><circle class="p" cx="58" cy="23" r="5"/>`],
  [/hair/i, svg`<path class="b" d="M22 24h38a17 17 0 0 1 0 34H22z"/><path class="p" d="M46 58h15l-4 26H44z"/><path class="l" d="M12 30v22M22 24v34"/><circle class="p" cx="60" cy="41" r="6"/>`],
  [/dishwasher|washer|washing|dryer/i, svg`<rect class="b" x="20" y="12" width="56" height="72" rx="7"/><path class="l" d="M20 29h56M28 21h12"/><circle class="p" cx="48" cy="56" r="18"/><circle class="b" cx="48" cy="56" r="10"/>`],
  [/aircon|air condition/i, svg`<rect class="b" x="10" y="22" width="76" height="28" rx="8"/><path class="l" d="M20 41h56M30 58c0 7-5 7-5 14M48 58c0 7-5 7-5 14M66 58c0 7-5 7-5 14"/><circle class="p" cx="74" cy="31" r="3"/>`],
  [/\bfan\b/i, svg`<circle class="b" cx="48" cy="36" r="26"/><path class="p" d="M48 36c-6-20 14-22 12-10s-12 10-12 10 20 2 16 12-16-12-16-12-6 20-16 14 16-14 16-14-18-4-12-14 12 12 12 12z"/><path class="l" d="M48 62v18M34 82h28"/>`],
  [/robot/i, svg`<circle class="b" cx="48" cy="48" r="33"/><circle class="p" cx="48" cy="48" r="11"/><path class="l" d="M25 36a27 27 0 0 1 46 0M48 66v7"/>`],
  [/vacuum/i, svg`<path class="l" d="M64 12L38 68"/><path class="b" d="M55 20l15 6-8 20-15-6z"/><path class="p" d="M26 66h30l4 14H22z"/>`],
  [/iron|steamer/i, svg`<path class="b" d="M16 64c4-22 18-30 38-30h16l8 30z"/><path class="p" d="M12 64h70v9H12z"/><path class="l" d="M40 34c2-16 30-16 34 0M46 50h18"/>`],
  [/\btv\b/i, svg`<rect class="b" x="10" y="18" width="76" height="48" rx="5"/><rect class="p" x="17" y="25" width="62" height="34" rx="2"/><path class="l" d="M34 78h28M48 66v12"/>`],
  [/laptop/i, svg`<rect class="b" x="20" y="20" width="56" height="42" rx="5"/><rect class="p" x="27" y="27" width="42" height="28" rx="2"/><path class="b" d="M10 62h76l-6 13H16z"/>`],
  [/earbuds|headphone/i, svg`<path class="l" d="M20 56V46a28 28 0 0 1 56 0v10"/><rect class="b" x="12" y="52" width="16" height="28" rx="7"/><rect class="b" x="68" y="52" width="16" height="28" rx="7"/><path class="p" d="M24 52h4v28h-4zM68 52h4v28h-4z"/>`],
  [/phone|tablet/i, svg`<rect class="b" x="31" y="9" width="34" height="76" rx="8"/><rect class="p" x="36" y="18" width="24" height="54" rx="2"/><path class="l" d="M44 79h8"/>`],
  [/soundbar/i, svg`<rect class="b" x="6" y="50" width="60" height="18" rx="9"/><rect class="b" x="70" y="28" width="20" height="40" rx="4"/><circle class="p" cx="80" cy="54" r="6"/><path class="l" d="M18 59h30"/>`],
  [/speaker/i, svg`<rect class="b" x="28" y="11" width="40" height="74" rx="12"/><circle class="p" cx="48" cy="58" r="14"/><circle class="l" cx="48" cy="29" r="7"/>`],
  [/power.?bank|battery/i, svg`<rect class="b" x="29" y="12" width="38" height="72" rx="8"/><path class="p" d="M51 26L37 52h10l-4 20 17-28H50z"/>`],
  [/lock/i, svg`<rect class="b" x="28" y="10" width="32" height="76" rx="10"/><circle class="p" cx="44" cy="30" r="9"/><path class="l" d="M48 54h26M38 70h12"/>`],
];
const TINTS = 6;

/** A picture of a product, always the same for the same one. @param {{productId: string, name: string}} product */
export function picture({ productId, name }) {
  const words = `${productId} ${name}`;
  const drawing = DRAWINGS.find(([pattern]) => pattern.test(words))?.[1] ?? parcel;
  const sum = [...productId].reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) >>> 0, 7);
  return html`<svg class="picture tint-${sum % TINTS}" viewBox="0 0 96 96" aria-hidden="true">${drawing}</svg>`;
}
