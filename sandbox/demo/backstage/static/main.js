/** Back stage, as the workspace's page loads it: the pane, and the tour over the page. */

export { Pane as default } from "/backstage/pane.js";
export { Tour as Guide } from "/backstage/tour.js";

for (const name of ["backstage", "account", "tour"]) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = `/backstage/${name}.css`;
  document.head.append(link);
}
