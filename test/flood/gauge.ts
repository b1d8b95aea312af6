// Loaded into the server's process before the server itself: says what the process holds, and counts what nobody caught.
// It speaks over node's own channel, which the protocol on stdio leaves free.

export interface Gauge {
  /** Bytes, after two collections. */
  heap: number;
  outside: number;
  resident: number;
  /** Bytes: the most that was ever resident. */
  peak: number;
  /** Rejections and exceptions that nobody caught. */
  uncaught: number;
}

let uncaught = 0;
process.on('unhandledRejection', () => uncaught++);
process.on('uncaughtExceptionMonitor', () => uncaught++);
process.on('message', () => {
  global.gc?.();
  // What the first collection let go of may hold more.
  setImmediate(() => {
    global.gc?.();
    const { heapUsed: heap, external: outside, rss: resident } = process.memoryUsage();
    const peak = process.resourceUsage().maxRSS * 1024;
    process.send?.({ heap, outside, resident, peak, uncaught } satisfies Gauge);
  });
});
// The channel alone is no reason to live on.
process.channel?.unref();
