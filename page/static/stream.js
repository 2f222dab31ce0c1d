// Talks to the assistant: what takes its time through Gradio's queue, the rest by plain requests.

export async function post(path, value, options) {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(value),
    ...options,
  });
}

// Yield what an endpoint tells on its way, step by step.
export async function* ask(name, values, signal) {
  const joined = await post(`gradio_api/call/${name}`, { data: values }, { signal });
  if (!joined.ok) {
    const busy = joined.status === 503 || joined.status === 429;
    throw Object.assign(new Error("refused"), { busy });
  }
  const { event_id: id } = await joined.json();
  const response = await fetch(`gradio_api/call/${name}/${id}`, { signal });
  let event = "";
  for await (const line of lines(response)) {
    if (line.startsWith("event:")) event = line.slice(6).trim();
    if (!line.startsWith("data:") || event === "heartbeat") continue;
    if (event === "error") throw new Error("failed");
    const data = JSON.parse(line.slice(5));
    if (event === "complete") return;
    if (Array.isArray(data) && data[0]) yield data[0];
  }
}

async function* lines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const parts = (rest + read.value).split("\n");
    rest = parts.pop();
    yield* parts;
  }
  if (rest) yield rest;
}
