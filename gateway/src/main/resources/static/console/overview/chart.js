import { html } from 'lit';
import uPlot from 'uplot';
import { t } from '../../shared/language.js';
import { View, wordsOr } from '../../shared/view.js';
import { clock, measure } from '../words.js';

/** @import { Series } from '../api.js' */

const HEIGHT = 150;
const COLOURS = ['--line-1', '--line-2', '--line-3', '--line-4'];

/** The last hour of a figure: a line for each that has it. */
class ConsoleChart extends View {
  /** @type {Series[]} */
  #lines = [];
  /** The lines that are drawn. @type {Series[] | undefined} */
  #drawn;
  /** @type {uPlot | undefined} */
  #plot;
  /** Which moment is pointed at; the last one when none is. @type {number | null | undefined} */
  #pointed;
  #room = new ResizeObserver(() => this.#plot?.setSize({ width: this.clientWidth, height: HEIGHT }));

  set lines(/** @type {Series[]} */ lines) {
    this.#lines = lines;
    this.requestUpdate();
  }

  connectedCallback() {
    super.connectedCallback();
    this.#room.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#room.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#drawn = undefined;
  }

  render() {
    const name = wordsOr(`series.${this.#lines[0]?.name}`, this.#lines[0]?.name ?? '');
    const values = this.#lines.map((line, index) => ({ label: labelOf(line), value: this.#valueOf(line, index) }));
    return html`<figure>
      <figcaption>
        <strong>${name}</strong>
        ${values.map(({ label, value }, index) => html`<span class="line-${index + 1}">${this.#lines.length > 1 ? label : ''} <b>${value}</b></span>`)}
      </figcaption>
      <div class="plot" role="img" aria-label="${name}, ${t('chart.lastHour')}: ${values.map(({ label, value }) => `${label} ${value}`).join('; ')}"></div>
    </figure>`;
  }

  /** @param {Series} line @param {number} index */
  #valueOf(line, index) {
    const drawn = this.#plot?.data[index + 1];
    const pointed = drawn && this.#pointed !== null && this.#pointed !== undefined ? drawn[this.#pointed] : undefined;
    const value = pointed ?? line.values.findLast((one) => one !== null);
    return value === undefined || value === null ? '–' : measure(value, line.unit);
  }

  updated() {
    if (this.#drawn === this.#lines) {
      return;
    }
    const data = uPlot.join(this.#lines.map(table));
    if (this.#plot && this.#drawn?.length === this.#lines.length) {
      this.#plot.setData(data);
    } else {
      this.#plot?.destroy();
      const place = /** @type {HTMLElement} */ (this.querySelector('.plot'));
      this.#plot = new uPlot(this.#options(), data, place);
    }
    this.#drawn = this.#lines;
    this.requestUpdate();
  }

  /** Colours are asked for at each drawing: light or dark. @param {string} name */
  #colour = (name) => () => getComputedStyle(this).getPropertyValue(name);

  /** @returns {uPlot.Options} */
  #options() {
    const axis = { stroke: this.#colour('--soft'), grid: { stroke: this.#colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui' };
    return {
      width: this.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      hooks: {
        setCursor: [
          (plot) => {
            this.#pointed = plot.cursor.idx;
            this.requestUpdate();
          },
        ],
      },
      scales: { y: { range: (_, least, most) => [Math.min(0, least ?? 0), Math.max(most ?? 0, this.#lines[0]?.unit === 's' ? 1e-3 : 1) * 1.1] } },
      axes: [
        { ...axis, size: 26, gap: 4, space: 60, values: (_, moments) => moments.map((each) => clock(new Date(each * 1000).toISOString()).slice(0, 5)) },
        { ...axis, size: 64, space: 35, values: (_, values) => values.map((each) => measure(each, this.#lines[0]?.unit === '1/min' ? '' : this.#lines[0]?.unit)) },
      ],
      series: [{}, ...this.#lines.map((_, index) => ({ stroke: this.#colour(COLOURS[index % COLOURS.length]), width: 2, points: { show: false } }))],
    };
  }
}

/** @param {Series} line */
const labelOf = (line) => [line.of ?? line.service, line.instance].filter(Boolean).join(' ');

/** Lines whose steps begin at other moments have their points in the same place. @param {Series} line @returns {uPlot.AlignedData} */
function table({ from, stepSeconds, values }) {
  const first = Math.floor(Date.parse(from) / 1000 / stepSeconds) * stepSeconds;
  return [values.map((_, index) => first + index * stepSeconds), values];
}

/** The charts of some figures of the last hour. @param {Series[]} series */
export function charts(series) {
  const byName = Map.groupBy(series, ({ name }) => name);
  return [...byName.values()].map((lines) => html`<console-chart .lines=${lines}></console-chart>`);
}

customElements.define('console-chart', ConsoleChart);
