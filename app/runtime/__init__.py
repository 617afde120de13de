"""The asyncio thread, jobs, and the bridge from them to Qt's event loop."""
