"""Requests to a page behind its guard, without a server."""

from typing import Any

import httpx

from page.access import Guard

HERE = "http://127.0.0.1:7860"


async def inside(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"access-control-allow-origin", b"*"), (b"x-frame-options", b"ALLOWALL")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"inside"})


def ask(method: str = "GET", path: str = "/", *, guard: Guard | None = None, **headers: str) -> Any:
    import asyncio

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app=guard or Guard(inside))
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            content = b"{}" if method == "POST" else None
            return await client.request(method, path, headers=named, content=content)

    return asyncio.run(run())
