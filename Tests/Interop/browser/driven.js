// For tests: types and clicks what it is told to, and tells what the page shows.

// One after the other, so that they arrive in their order.
let telling = Promise.resolve();

function tell(words) {
  telling = telling.then(() => fetch("/told", {method: "POST", body: words}));
}

function shown(id) {
  const element = document.getElementById(id);
  let last = "";
  new MutationObserver(() => {
    const words = (id === "scans" ? element.lastElementChild : element)?.textContent ?? "";
    if (words !== last) tell(`${id}: ${words}`);
    last = words;
  }).observe(element, {childList: true, characterData: true, subtree: true});
}

for (const id of ["store", "state", "attached", "scans", "applied"]) shown(id);
addEventListener("unhandledrejection", event => tell(`fault: ${event.reason}`));
addEventListener("error", event => tell(`fault: ${event.message}`));
await import("./page.js");
tell("ready");
while (true) {
  const {set, click} = await (await fetch("/order")).json();
  for (const [id, value] of Object.entries(set ?? {})) document.getElementById(id).value = value;
  if (click) document.querySelector(click).click();
}
