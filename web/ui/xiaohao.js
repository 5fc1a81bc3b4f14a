// What a page does beyond links and forms. Nothing here is needed: without it pages are reloaded by hand, and
// forms are sent without a question.
"use strict";

// Questions before what cannot be undone: <button data-confirm="确定终止吗？">
document.addEventListener("submit", (event) => {
  const asked = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (asked && !window.confirm(asked)) event.preventDefault();
});

// One click, one command: a form is not sent twice while the first answer is on its way.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// <button data-print>: the same as the browser's own command.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});

// On a phone filters stand folded above the list.
if (window.matchMedia("(max-width: 44rem)").matches)
  for (const details of document.querySelectorAll("details.filters")) details.open = false;

// Filters take effect as soon as a choice is made: <form data-apply-at-once>
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.dataset.applyAtOnce !== undefined && event.target.matches("select, input[type=date]")) form.requestSubmit();
});

// A picture wider than its frame begins where the item stands now.
for (const frame of document.querySelectorAll(".lifecycle-frame")) {
  const present = frame.querySelector(".state.is-present:not(.holds-others)");
  if (!present) continue;
  const box = present.getBoundingClientRect();
  frame.scrollLeft = box.left + box.width / 2 - frame.getBoundingClientRect().left - frame.clientWidth / 2;
}

// Live updates: when an item changes, the parts of the page that are marked with `data-live` are fetched anew.
// A part in which somebody is typing is left alone.
const stream = document.body.dataset.liveStream;
if (stream && window.EventSource) {
  let waiting = 0;
  const refresh = async () => {
    waiting = 0;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live][id]")) {
      const other = fresh.getElementById(part.id);
      if (!other || part.contains(document.activeElement) || part.isEqualNode(other)) continue;
      const open = new Set([...part.querySelectorAll("details[open][id]")].map((details) => details.id));
      const taken = document.adoptNode(other);
      for (const details of taken.querySelectorAll("details[id]")) details.open ||= open.has(details.id);
      part.replaceWith(taken);
    }
  };
  const later = () => {
    if (!waiting) waiting = setTimeout(refresh, 400 + Math.random() * 1200); // not all readers at once
  };
  let source = null;
  const listen = () => {
    if (document.hidden || source) return;
    source = new EventSource(stream);
    for (const name of ["item", "notice", "reload"]) source.addEventListener(name, later);
    source.onerror = () => {
      // Refused (signed out, too many pages open): do not ask again and again.
      if (source?.readyState === EventSource.CLOSED) source = null;
    };
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else {
      listen();
      later();
    }
  });
  listen();
}
