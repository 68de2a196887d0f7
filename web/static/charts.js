// A line chart per indicator, from the figures in data-chart. A year without value is a gap.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const STYLES = {
    actual: { color: token("--color-primitive-light-blue-1000"), width: 2.5, dash: [], point: "circle" },
    target: { color: token("--color-primitive-orange-800"), width: 1.5, dash: [5, 3], point: "rect" },
    forecast: { color: token("--color-primitive-green-800"), width: 1.5, dash: [5, 3], point: "triangle" },
    baseline: { color: token("--color-neutral-solid-gray-600"), width: 1.5, dash: [2, 3], point: "crossRot" },
  };
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 11;
  Chart.defaults.animation = false;

  const dataset = (line) => {
    const style = STYLES[line.key];
    return {
      label: line.name,
      data: line.points,
      texts: line.texts,
      borderColor: style.color,
      backgroundColor: style.color,
      borderWidth: style.width,
      borderDash: style.dash,
      pointStyle: style.point,
      pointRadius: 3,
      spanGaps: false,
      clip: false,
    };
  };

  const draw = (canvas) => {
    const content = JSON.parse(canvas.dataset.chart);
    new Chart(canvas, {
      type: "line",
      data: { labels: content.labels, datasets: content.lines.map(dataset) },
      options: {
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: { grid: { display: false } },
          y: { ticks: { maxTicksLimit: 5 }, grid: { color: token("--color-neutral-solid-gray-100") } },
        },
        plugins: {
          legend: { position: "bottom", labels: { usePointStyle: true, boxHeight: 6, padding: 8 } },
          tooltip: {
            callbacks: { label: (item) => `${item.dataset.label} ${item.dataset.texts[item.dataIndex]}${content.unit}` },
          },
        },
      },
    });
  };

  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "200px" });
  const canvases = () => document.querySelectorAll("canvas[data-chart]");
  for (const canvas of canvases()) watcher.observe(canvas);
  // an answer of the chat brings its own
  document.addEventListener("htmx:load", (event) => {
    for (const canvas of event.detail.elt.querySelectorAll?.("canvas[data-chart]") ?? []) watcher.observe(canvas);
  });
  window.addEventListener("beforeprint", () => {
    for (const canvas of canvases()) {
      watcher.unobserve(canvas);
      if (!Chart.getChart(canvas)) draw(canvas);
    }
    for (const details of document.querySelectorAll(".about, .charts-box")) details.open = true;
  });
});
