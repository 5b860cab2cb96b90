// The one place that knows ECharts: only what the reports draw, in the colours of the theme.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { ChartSpec } from "./spec.ts";

use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function draw(target: HTMLElement, spec: ChartSpec): EChartsType {
  const chart = init(target, null, { renderer: "svg" });
  chart.setOption(options(spec, target.clientWidth < NARROW));
  return chart;
}

/** Pixels: below it the names of a pie's parts have no room beside it. */
const NARROW = 440;

interface Part {
  name: string;
  percent: number;
}

function options(spec: ChartSpec, narrow: boolean): Record<string, unknown> {
  const [ink, line, surface] = [token("--ink-2"), token("--line"), token("--surface")];
  const palette = Array.from({ length: 8 }, (_, at) => token(`--chart-${at + 1}`));
  const shared = {
    animation: false,
    color: palette,
    textStyle: { color: ink, fontFamily: token("--font") },
    tooltip: {
      trigger: spec.kind === "pie" ? "item" : "axis",
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: ink },
      valueFormatter: (value: unknown) => spec.format(String(value)),
    },
  };
  if (spec.kind === "pie") {
    const data = spec.names.map((name, at) => ({ name, value: spec.series[0]?.values[at] ?? 0 }));
    const label = {
      color: ink,
      formatter: ({ name, percent }: Part) => `${name} ${percent.toFixed(1)}%`,
      overflow: "truncate",
      width: 130,
    };
    const legend = { type: "scroll", bottom: 0, textStyle: { color: ink } };
    if (narrow)
      return {
        ...shared,
        legend,
        series: [{ type: "pie", radius: ["38%", "66%"], center: ["50%", "45%"], label: { show: false }, data }],
      };
    return { ...shared, series: [{ type: "pie", radius: ["42%", "70%"], label, data }] };
  }
  const names = { color: ink, hideOverlap: true, width: narrow ? 112 : 200, overflow: "truncate" };
  const category = { type: "category", data: spec.names, axisLabel: names };
  const value = {
    type: "value",
    minInterval: spec.whole ? 1 : undefined,
    splitNumber: narrow ? 3 : 5, // a phone has room for no more amounts side by side
    axisLabel: { color: ink, hideOverlap: true, formatter: (one: number) => spec.format(String(one)) },
    splitLine: { lineStyle: { color: line } },
  };
  // Stages lie one below the other, as people draw a funnel; a stage may hold more than the one before.
  const upright = spec.kind === "line" || spec.months || (spec.kind !== "funnel" && spec.names.length <= UPRIGHT);
  const named = spec.series.length > 1 || spec.goal !== null;
  return {
    ...shared,
    legend: named ? { type: "scroll", top: 0, textStyle: { color: ink } } : undefined,
    grid: { left: 8, right: 16, top: named ? 32 : 12, bottom: 4, outerBoundsMode: "same" },
    xAxis: upright ? category : value,
    yAxis: upright ? value : { ...category, inverse: true },
    series: [
      ...spec.series.map((one) => ({
        type: spec.kind === "funnel" ? "bar" : spec.kind,
        name: one.name,
        data: one.values,
        stack: spec.stacked ? "all" : undefined,
        barMaxWidth: 28,
      })),
      ...(spec.goal ? [goalSeries(spec.goal, spec.months, upright)] : []),
    ],
  };
}

/** Months are joined by a dashed line; people have nothing between them, each gets a mark across the bar. */
function goalSeries({ name, values }: NonNullable<ChartSpec["goal"]>, joined: boolean, upright: boolean) {
  const colour = token("--ink-2");
  return {
    type: "line",
    name,
    data: values,
    symbol: joined ? "none" : "rect",
    symbolSize: upright ? [34, 3] : [3, 30],
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: joined ? 2 : 0, type: "dashed" },
  };
}
const UPRIGHT = 8;
