/** Back stage, as the workspace's page loads it: the pane, and the tour over the page. */

export { Pane as default } from "/panel/panel.js";
export { Tour as Guide } from "/panel/tour.js";

for (const name of ["panel", "account", "tour"]) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = `/panel/${name}.css`;
  document.head.append(link);
}
