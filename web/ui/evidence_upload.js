// Evidence goes up file by file and shows how far it is: a connection that breaks costs no more than the file on
// its way, and what has arrived stays. Without this script the form is sent as one.
"use strict";

{
  const tries_max = 5;
  const left = new WeakMap(); // of each form, the files that are not handed in yet

  const file_field = (form) => form.querySelector("input[type=file]");

  const body_with = (form, file) => {
    const body = new FormData(form);
    body.set(file_field(form).name, file);
    return body;
  };

  /** The server's answer to one file; rejected when there was none. */
  const send = (form, file, show) =>
    new Promise((answered, broken) => {
      const sending = new XMLHttpRequest();
      sending.open("POST", form.action);
      sending.responseType = "document";
      sending.upload.onprogress = (told) => told.lengthComputable && show(told.loaded / told.total);
      sending.onload = () => answered(sending);
      sending.onerror = broken;
      sending.send(body_with(form, file));
    });

  const send_patiently = async (form, file, show) => {
    const said = form.querySelector("output");
    for (let tries = 1; ; ++tries) {
      try {
        const answer = await send(form, file, show);
        said.value = "";
        return answer;
      } catch (broken) {
        if (tries === tries_max) throw broken;
        said.value = form.dataset.again;
        await new Promise((later) => setTimeout(later, 500 * 2 ** tries));
      }
    }
  };

  /** The answer to the last file, or to the first that was refused. */
  const send_all = async (form, files) => {
    const bar = form.querySelector("progress");
    const count = file_field(form).files.length;
    bar.hidden = false;
    for (;;) {
      const done = count - files.length;
      const answer = await send_patiently(form, files[0], (part) => (bar.value = ((done + part) / count) * bar.max));
      if (answer.status >= 400 || files.length === 1) return answer;
      files.shift();
    }
  };

  document.addEventListener("change", ({ target }) => target.form?.dataset.upload !== undefined && left.delete(target.form));

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.dataset.upload === undefined) return;
    event.preventDefault();
    if (!left.has(form)) left.set(form, [...file_field(form).files]);
    const files = left.get(form);
    try {
      const answer = await send_all(form, files);
      // The answer of a form is a page, here as everywhere: show it.
      history.replaceState(null, "", answer.responseURL);
      document.replaceChild(document.adoptNode(answer.response.documentElement), document.documentElement);
    } catch {
      // The same button goes on with the file that was cut off.
      delete form.dataset.sent;
      form.querySelector("output").value = form.dataset.cutOff.replace("{}", file_field(form).files.length - files.length);
    }
  });
}
