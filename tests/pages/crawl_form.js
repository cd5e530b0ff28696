// Everything that a reader can find in an endpoint's form: each field sent, each kind chosen, an item and a key added to
// whatever takes some. `[the page's data, the endpoint's name]` → its words, values and choices.
([data, name]) => {
  const { apispec } = globalThis;
  document.getElementById("api-data")?.remove();
  const block = Object.assign(document.createElement("div"), { id: "api-data", hidden: true });
  block.dataset.json = data;
  document.body.append(block);
  const endpoint = apispec.page().get("endpoints").get(name);
  const { element } = apispec.ui.form(endpoint);
  const place = document.createElement("main");
  place.append(element);
  document.body.append(place);
  const found = [];
  const done = new WeakSet();
  const note = () => {
    found.push(place.textContent);
    for (const input of place.querySelectorAll("input, textarea")) found.push(input.value, input.accept ?? "");
  };
  for (let round = 0; round < 300; round += 1) {
    note();
    let changed = false;
    for (const box of place.querySelectorAll("input[type=checkbox]")) {
      if (done.has(box)) continue;
      done.add(box);
      const isNull = Boolean(box.closest(".api-null"));
      if (box.checked === isNull) box.click();
      changed = true;
    }
    for (const button of place.querySelectorAll("button")) {
      if (done.has(button) || !/^Add /.test(button.textContent)) continue;
      done.add(button);
      button.click();
      changed = true;
    }
    if (changed) continue; // what came into sight is looked at before another kind is chosen
    const select = [...place.querySelectorAll(".api-group > select")].findLast((one) => !done.has(one) || Number(one.dataset.next) < one.options.length);
    if (!select) break;
    done.add(select);
    const next = Number(select.dataset.next ?? 0);
    select.dataset.next = next + 1;
    select.selectedIndex = next;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  note();
  place.remove();
  return found.join("\n");
}
