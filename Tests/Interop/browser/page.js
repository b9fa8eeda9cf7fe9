// The page of till.html: shows what till.js tells, and passes on what is typed.

import {Protos} from "./protos.js";
import {Store} from "./store.js";
import {Till} from "./till.js";

const at = id => document.getElementById(id);
const state = words => { at("state").textContent = words; };
const told = error => state(`${error.reason ?? "FAULT"}: ${error.message}`);

const files = ["frame", "customers", "lanes", "pairing"];
const till = new Till(await Protos.load("/Protos/countertop/v1/", files), await Store.open("countertop"));

function line(words) {
  const item = document.createElement("li");
  item.textContent = words;
  at("scans").append(item);
}

async function work() {
  at("pairing").hidden = true;
  at("basket").hidden = false;
  try {
    await till.watch({
      connected: welcome => { at("store").textContent = welcome.store; },
      lost: error => state(`The edge is away: ${error.reason}`),
      lane: lane => {
        state(`lane ${lane.name}`);
        at("attached").textContent = lane.basket?.customer?.name ?? "";
      },
      scan: scan => line(`scan ${scan.sequence} ${scan.resolution?.customer?.name ?? "nobody"}`),
      applied: scan => { at("applied").textContent = scan.sequence; },
      gap: gap => line(`scans before ${gap.next_sequence} are missing`),
    });
  } catch (error) {
    told(error);
    at("pairing").hidden = false;
  }
}

at("pairing").onsubmit = async event => {
  event.preventDefault();
  try {
    const paired = await till.pair(at("host").value, at("code").value);
    state(`paired as ${paired.id}`);
    work();
  } catch (error) {
    told(error);
  }
};
at("open").onclick = () => till.openBasket().catch(told);
at("basket").onsubmit = event => {
  event.preventDefault();
  till.attach(at("customer").value).catch(told);
};

if (await till.load()) work();
else at("pairing").hidden = false;
