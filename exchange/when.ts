// Times as a person reads them.

/** `14:02`. */
export function clock(time: Date): string {
  return time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

/** `21 Nov 2026, 14:02`: what was sent is known for weeks. */
export function whenOf(time: Date): string {
  return `${dayOf(time)} ${time.getFullYear()}, ${clock(time)}`;
}

/** `14:02` on the day itself, else `21 Nov 14:02`. */
export function shortly(time: Date, now: Date): string {
  return time.toDateString() === now.toDateString() ? clock(time) : `${dayOf(time)} ${clock(time)}`;
}

function dayOf(time: Date): string {
  return time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}
